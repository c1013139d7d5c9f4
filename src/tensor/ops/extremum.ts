import { formatShape, ShapeError } from '../errors.js';
import { reducedShape, sizeOf } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { apply, type GradientContext, type TensorSpec } from './define.js';
import { asTensors } from './operands.js';
import type { ReduceParams } from './primitives.js';
import { expandReduced } from './reduction.js';

/** Shape rule of the reductions to the largest or smallest element. @throws {ShapeError} if there is none. */
export function extremumSpec(
  operation: string,
  inputs: readonly Tensor[],
  { axes, keepDims }: ReduceParams,
): TensorSpec {
  const { shape, dtype } = inputs[0] as Tensor;
  if (sizeOf(axes.map((axis) => shape[axis] as number)) === 0) {
    throw new ShapeError({
      operation,
      expected: 'at least one element to reduce',
      received: formatShape(shape),
      remedy: 'Of no elements none is the largest or smallest.',
    });
  }
  return { shape: reducedShape(shape, axes, keepDims), dtype };
}

/** The gradient goes to the elements that were chosen. Those that tie share it evenly, as in TensorFlow. */
export function extremumGradient({ dy, inputs, output, params }: GradientContext<'max' | 'min'>): readonly Tensor[] {
  const [x] = inputs as readonly [Tensor];
  const [spread, zero] = asTensors(expandReduced(dy, x, params), 0);
  const chosen = apply('equal', [x, expandReduced(output, x, params)], null);
  const count = apply('sum', [apply('cast', [chosen], { dtype: x.dtype })], { axes: params.axes, keepDims: true });
  return [apply('where', [chosen, apply('div', [spread, count], null), zero], null)];
}

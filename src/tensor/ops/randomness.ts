import { type FloatDType, floatx } from '../dtype.js';
import { ArgumentError, DTypeError, formatShape, formatValue } from '../errors.js';
import { checkShape, type Shape } from '../shape.js';
import { Tensor, wrap } from '../tensor.js';
import type { TensorSpec } from './define.js';
import type { RandomParams } from './primitives.js';

/** Options of the random operations. */
export interface RandomOptions {
  /** An integer; one seed fixes a whole program. @defaultValue `0` */
  readonly seed?: number;
  /** An integer that keeps users of the same seed apart. @defaultValue `0` */
  readonly stream?: number;
  /** Which draw this is: a number, or a scalar `int32` tensor when a plan shall draw afresh at every run. @defaultValue `0` */
  readonly step?: number | Tensor;
  /** @defaultValue `floatx()` */
  readonly dtype?: FloatDType;
}

export function stepTensor(step: number | Tensor = 0): Tensor {
  return step instanceof Tensor ? step : wrap(Int32Array.of(step), [], 'int32');
}

/** @throws {ArgumentError} unless seed and stream are integers. */
export function resolveRandom(operation: string, shape: Shape, options: RandomOptions): RandomParams {
  const { seed = 0, stream = 0, dtype = floatx() } = options;
  for (const [name, value] of Object.entries({ seed, stream })) {
    if (!Number.isInteger(value)) {
      throw new ArgumentError({
        operation,
        expected: `${name} to be an integer`,
        received: formatValue(value),
        remedy: 'Only its lowest 32 bits count.',
      });
    }
  }
  return { shape: checkShape(operation, [...shape]), dtype, seed: seed | 0, stream: stream | 0 };
}

/** Shape rule of a random operation. */
export function randomSpec(operation: string, inputs: readonly Tensor[], params: RandomParams): TensorSpec {
  const [step] = inputs as readonly [Tensor];
  if (step.dtype !== 'int32' || step.rank !== 0) {
    throw new DTypeError(operation, 'an int32 scalar as step', `${step.dtype} ${formatShape(step.shape)}`);
  }
  return { shape: params.shape, dtype: params.dtype };
}

/** About what one round of the generator and the conversion cost per number. */
export function randomFlops(_inputs: readonly Tensor[], output: Tensor): number {
  return 40 * output.size;
}

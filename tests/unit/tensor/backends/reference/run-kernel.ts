import type { Block, Kernel } from '../../../../../src/tensor/backends/reference/block.js';
import { referenceKernels } from '../../../../../src/tensor/backends/reference/kernels/index.js';
import { allocate, type DType, toTypedArray } from '../../../../../src/tensor/dtype.js';
import type { PrimitiveName, PrimitiveParams } from '../../../../../src/tensor/ops/primitives.js';
import { type Shape, sizeOf } from '../../../../../src/tensor/shape.js';

export function block(shape: Shape, values: ArrayLike<number>, dtype: DType = 'float32'): Block {
  if (values.length !== sizeOf(shape)) throw new Error(`[${shape}] does not hold ${values.length} numbers`);
  return { shape, dtype, data: toTypedArray(dtype, values) };
}

/** Integers from -4 to 4 in no obvious order: their products and sums are exact, whatever the dtype and the order. */
export function integers(shape: Shape, seed = 1): number[] {
  let state = seed;
  return Array.from({ length: sizeOf(shape) }, () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return ((state >>> 16) % 9) - 4;
  });
}

export function integerBlock(shape: Shape, seed = 1, dtype: DType = 'float32'): Block {
  return block(shape, integers(shape, seed), dtype);
}

/** Runs one kernel. What the output held before is made recognisable, so that an element left unwritten shows. */
export function run<K extends PrimitiveName>(
  name: K,
  shape: Shape,
  inputs: readonly Block[],
  params: PrimitiveParams[K],
  dtype: DType = inputs[0]?.dtype ?? 'float32',
): number[] {
  const output: Block = { shape, dtype, data: allocate(dtype, sizeOf(shape)).fill(77) };
  const kernel: Kernel<K> = referenceKernels[name];
  kernel(output, inputs, params);
  return [...output.data];
}

/** Every position in an array of shape `shape`, in row-major order. */
export function positions(shape: Shape): number[][] {
  return Array.from({ length: sizeOf(shape) }, (_, flat) => {
    let rest = flat;
    return shape.map((_size, axis) => {
      const stride = sizeOf(shape.slice(axis + 1));
      const index = Math.floor(rest / stride);
      rest -= index * stride;
      return index;
    });
  });
}

/** The element of `x` at a position; 0 outside. */
export function at({ data, shape }: Block, position: readonly number[]): number {
  let flat = 0;
  for (const [axis, size] of shape.entries()) {
    const index = position[axis] as number;
    if (index < 0 || index >= size) return 0;
    flat = flat * size + index;
  }
  return data[flat] as number;
}

/** The transpose of a linear function of an array of shape `shape`, applied to `dy`, one unit vector after another. */
export function transposeOf(linear: (x: Block) => number[], shape: Shape, dy: ArrayLike<number>): number[] {
  return positions(shape).map((_, i) => {
    const unit = new Array<number>(sizeOf(shape)).fill(0);
    unit[i] = 1;
    return linear(block(shape, unit)).reduce((sum, value, k) => sum + value * (dy[k] as number), 0);
  });
}

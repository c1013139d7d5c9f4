import { ArgumentError, formatValue } from '../errors.js';
import { sameShape } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { apply, definePrimitive, noFlops } from './define.js';
import type { PadPair } from './primitives.js';

export const slicePrimitive = definePrimitive('slice', {
  infer: ([x], { size }) => ({ shape: size, dtype: (x as Tensor).dtype }),
  gradient: ({ dy, inputs, params: { begin, size } }) => {
    const { shape } = inputs[0] as Tensor;
    const padding = shape.map((full, axis): PadPair => {
      const start = begin[axis] as number;
      return [start, full - start - (size[axis] as number)];
    });
    return [apply('pad', [dy], { padding, value: 0 })];
  },
  flops: noFlops,
});

/**
 * The block of `x` that starts at `begin` and has `size` elements along each axis; `-1` takes all that is left. Axes
 * beyond the given ones are kept whole.
 * @throws {ArgumentError} if the block does not lie inside `x`.
 */
export function slice(x: Tensor, begin: readonly number[], size: readonly number[]): Tensor {
  const start = x.shape.map((_, axis) => begin[axis] ?? 0);
  const extent = x.shape.map((full, axis) => {
    const wanted = size[axis] ?? -1;
    return wanted === -1 ? full - (start[axis] as number) : wanted;
  });
  const inside = x.shape.every((full, axis) => {
    const [from, count] = [start[axis] as number, extent[axis] as number];
    return Number.isInteger(from) && Number.isInteger(count) && from >= 0 && count >= 0 && from + count <= full;
  });
  if (!inside || begin.length > x.rank || size.length > x.rank) {
    throw new ArgumentError({
      operation: 'slice',
      expected: `a block inside ${formatValue([...x.shape])}`,
      received: `begin ${formatValue([...begin])}, size ${formatValue([...size])}`,
      remedy: 'Begin counts from 0; begin + size may not pass the end.',
    });
  }
  return sameShape(extent, x.shape) ? x : apply('slice', [x], { begin: start, size: extent });
}

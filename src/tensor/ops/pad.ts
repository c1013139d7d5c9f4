import { ArgumentError, formatValue } from '../errors.js';
import { type Tensor, wrap } from '../tensor.js';
import { apply, definePrimitive, noFlops } from './define.js';
import type { PadPair } from './primitives.js';

/** Options of `pad`. */
export interface PadOptions {
  /** What to add: `value`, or the picture mirrored at its edge without repeating the edge. @defaultValue `'constant'` */
  readonly mode?: 'constant' | 'reflect';
  /** @defaultValue `0` */
  readonly value?: number;
}

export const padPrimitive = definePrimitive('pad', {
  infer: ([x], { padding }) => {
    const { shape, dtype } = x as Tensor;
    return { shape: shape.map((size, axis) => size + (padding[axis]?.[0] ?? 0) + (padding[axis]?.[1] ?? 0)), dtype };
  },
  gradient: ({ dy, inputs, params: { padding } }) => [
    apply('slice', [dy], { begin: padding.map(([before]) => before), size: (inputs[0] as Tensor).shape }),
  ],
  flops: noFlops,
});

/**
 * Adds elements around `x`: `padding[axis] = [before, after]`.
 * @throws {ArgumentError} for a wrong number of pairs, negative counts, or a reflection longer than the axis allows.
 */
export function pad(x: Tensor, padding: readonly PadPair[], options: PadOptions = {}): Tensor {
  const reflect = options.mode === 'reflect';
  const fits = (count: number, axis: number): boolean =>
    Number.isInteger(count) && count >= 0 && (!reflect || count < (x.shape[axis] as number) || count === 0);
  if (
    padding.length !== x.rank ||
    !padding.every((pair, axis) => pair.length === 2 && pair.every((n) => fits(n, axis)))
  ) {
    throw new ArgumentError({
      operation: 'pad',
      expected: `${x.rank} pairs of counts${reflect ? ', each smaller than its axis' : ''}`,
      received: formatValue(padding.flat()),
      remedy: 'Give [before, after] for every axis; [0, 0] leaves one alone.',
    });
  }
  if (padding.every(([before, after]) => before === 0 && after === 0)) return x;
  return reflect
    ? reflectPad(x, padding)
    : apply('pad', [x], { padding: padding.map(copyPair), value: options.value ?? 0 });
}

const copyPair = ([before, after]: PadPair): PadPair => [before, after];

/** Reflection reads existing elements, so it is a gather along each padded axis. */
function reflectPad(x: Tensor, padding: readonly PadPair[]): Tensor {
  return padding.reduce((padded, [before, after], axis) => {
    if (before === 0 && after === 0) return padded;
    const size = x.shape[axis] as number;
    const positions = Array.from({ length: before + size + after }, (_, i) => {
      const source = Math.abs(i - before);
      return source < size ? source : 2 * (size - 1) - source;
    });
    return apply('gather', [padded, wrap(Int32Array.from(positions), [positions.length], 'int32')], { axis });
  }, x);
}

import { mul, reshape } from '../../ops/index.js';
import type { Tensor } from '../../tensor.js';

/** An array and what its channels (the last axis) are multiplied by, or what is added to them. */
export interface ChannelPair {
  readonly x: Tensor;
  /** One number for each channel, or one for all of them. */
  readonly vector: Tensor;
}

/** Whether `vector` has one number for each channel of `x`, or one for all of them. */
export function isChannelVector(vector: Tensor, x: Tensor): boolean {
  const { rank, size, shape } = vector;
  return rank <= x.rank && (size === 1 || (size === x.shape.at(-1) && shape.at(-1) === size));
}

/** The ways to read `a ∘ b` as an array with a number for each of its channels: none, one, or both. */
export function channelPairs({ inputs, size, rank }: Tensor): readonly ChannelPair[] {
  const [a, b] = inputs as readonly [Tensor, Tensor];
  return [
    { x: a, vector: b },
    { x: b, vector: a },
  ].filter(({ x, vector }) => x.size === size && x.rank === rank && isChannelVector(vector, x));
}

/** A channel vector as `[channels]`, or `[1]`. */
export function asRow(vector: Tensor): Tensor {
  return reshape(vector, [vector.size]);
}

/** A channel vector as `[channels, 1]`, or `[1, 1]`. */
export function asColumn(vector: Tensor): Tensor {
  return reshape(vector, [vector.size, 1]);
}

/**
 * The filter of a convolution with its output channels scaled. That of a depthwise one, `[h, w, channels, multiplier]`,
 * has them in two axes.
 */
export function scaledFilter(operation: string, filter: Tensor, scale: Tensor): Tensor {
  const inTwoAxes = operation.startsWith('depthwise') && scale.size > 1;
  return mul(filter, inTwoAxes ? reshape(scale, filter.shape.slice(2)) : asRow(scale));
}

import { type Tensor, transpose } from '../tensor/index.js';
import type { DataFormat } from './options.js';

// Channels come last everywhere in this library. A layer that says they come first gets and gives them first, and
// computes in between with channels last.

/** The axis of the channels. */
export function channelAxis(dataFormat: DataFormat): number {
  return dataFormat === 'channels_last' ? -1 : 1;
}

/** `compute` on channels-last tensors, for a tensor in either format. Shape: that of `compute`, in the format of `x`. */
export function onChannelsLast(x: Tensor, dataFormat: DataFormat, compute: (x: Tensor) => Tensor): Tensor {
  return dataFormat === 'channels_last' ? compute(x) : channelsFirst(compute(channelsLast(x)));
}

/** `[batch, channels, ...space] -> [batch, ...space, channels]`. */
function channelsLast(x: Tensor): Tensor {
  return transpose(x, [0, ...axesFrom(x, 2), 1]);
}

function channelsFirst(x: Tensor): Tensor {
  return transpose(x, [0, x.rank - 1, ...axesFrom(x, 1).slice(0, -1)]);
}

function axesFrom(x: Tensor, first: number): readonly number[] {
  return x.shape.map((_, axis) => axis).slice(first);
}

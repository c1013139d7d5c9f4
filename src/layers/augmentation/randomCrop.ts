import { add, gather, resize, type Size2d, slice, type Tensor, tensor } from '../../tensor/index.js';
import { cropToAspectRatio } from '../preprocessing/aspectRatio.js';
import type { AugmentationOptions } from './options.js';
import { type AugmentationRecord, seeded } from './record.js';

/**
 * Cuts a part of `height` by `width` out of all pictures of a batch, at one place drawn for it. Pictures that are not larger
 * than that in both directions are cut in the middle and brought to the size.
 *
 * In inference it is the part in the middle that has the shape asked for, brought to the size: what Keras documents. Keras
 * 3.15 announces that size and then leaves pictures as they are.
 */
export const randomCrop: AugmentationRecord = {
  className: 'RandomCrop',
  required: ['height', 'width'],
  optional: seeded,
  prepare: (options) => {
    const size = sizeOf(options);
    return ([, height, width], random) => {
      if (height <= size[0] || width <= size[1]) return { pictures: (x) => cutMiddle(x, size) };
      const row = random.integers([], 0, height - size[0] + 1);
      const column = random.integers([], 0, width - size[1] + 1);
      return { pictures: (x) => gather(gather(x, from(row, size[0]), 1), from(column, size[1]), 2) };
    };
  },
  infer: (options) => {
    const size = sizeOf(options);
    return (x) => resize(cropToAspectRatio(x, size), size);
  },
};

function sizeOf(options: AugmentationOptions): Size2d {
  const count = (name: string): number => options.number(name, { min: 1, integer: true });
  return [count('height'), count('width')];
}

/** The numbers `start … start + count - 1`. */
function from(start: Tensor, count: number): Tensor {
  return add(tensor(Int32Array.from({ length: count }, (_, i) => i)), start);
}

/** As Keras cuts in training: from where the largest part of the right shape begins, and no further than the size asked for. */
function cutMiddle(x: Tensor, size: Size2d): Tensor {
  const [, height, width] = x.shape as [number, number, number, number];
  const rows = Math.max(Math.min(height, Math.trunc((width * size[0]) / size[1])), 1);
  const columns = Math.max(Math.min(width, Math.trunc((height * size[1]) / size[0])), 1);
  const [top, left] = [Math.trunc((height - rows) / 2), Math.trunc((width - columns) / 2)];
  const cut = [Math.min(size[0], height - top), Math.min(size[1], width - left)];
  const part = slice(x, [0, top, left], [-1, ...cut]);
  return cut[0] === size[0] && cut[1] === size[1] ? part : resize(part, size);
}

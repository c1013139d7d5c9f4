import { gather, lessEqual, type Tensor, tensor, where } from '../../tensor/index.js';
import { type AugmentationRecord, seeded } from './record.js';

const modes = ['horizontal', 'vertical', 'horizontal_and_vertical'] as const;

/**
 * Mirrors every other picture, on average. With `'horizontal_and_vertical'` a picture is mirrored both ways or not at all:
 * turned by half a turn, as in Keras 3.
 */
export const randomFlip: AugmentationRecord = {
  className: 'RandomFlip',
  optional: { mode: 'horizontal_and_vertical', ...seeded },
  prepare: (options) => {
    const mode = options.choice('mode', modes);
    const axes = [...(mode === 'vertical' ? [] : [2]), ...(mode === 'horizontal' ? [] : [1])];
    return (_, random) => {
      const isFlipped = lessEqual(random.uniform(['batch', 1, 1, 1]), 0.5);
      return { pictures: (x) => where(isFlipped, axes.reduce(reverse, x), x) };
    };
  },
};

function reverse(x: Tensor, axis: number): Tensor {
  const size = x.shape[axis] as number;
  return gather(x, tensor(Int32Array.from({ length: size }, (_, i) => size - 1 - i)), axis);
}

import { add, div, mul, neg, reshape, slice, sub, type Tensor, where } from '../../tensor/index.js';
import { project } from './affine.js';
import { chosen } from './chosen.js';
import { type AugmentationRecord, seeded } from './record.js';
import { sampleInterpolations } from './sample.js';

/**
 * Tilts a picture with a probability drawn from `factor`: each of its corners moves, as seen from the first one, by up to half
 * of `scale` nearer or further in either direction. What is outside is `fillValue`.
 */
export const randomPerspective: AugmentationRecord = {
  className: 'RandomPerspective',
  optional: { factor: 1, scale: 1, interpolation: 'bilinear', fillValue: 0, ...seeded },
  prepare: (options) => {
    const probability = options.range('factor', { min: 0, max: 1 });
    const scale = options.number('scale', { min: 0, max: 1 });
    const sampling = {
      interpolation: options.choice('interpolation', sampleInterpolations),
      fillMode: 'constant',
      fillValue: options.number('fillValue'),
    } as const;
    return ([batch, height, width], random) => {
      const isTilted = chosen(random, probability);
      const stretch = add(random.uniform(['batch', 4, 2], -0.5 * scale, 0.5 * scale), 1);
      const corner = (i: number, axis: number): Tensor => reshape(slice(stretch, [0, i, axis], [-1, 1, 1]), [batch]);
      const [right, below, farRight, farBelow] = [corner(1, 0), corner(2, 1), corner(3, 0), corner(3, 1)];
      // The unit square's corners (0, 0), (1, 0), (0, 1), (1, 1) come to lie at (0, 0), (right, 0), (0, below) and
      // (farRight, farBelow) under x = s farRight u / k, y = s farBelow v / k with k = g u + h v + 1; this is its inverse.
      const [p, q] = [div(farRight, right), div(farBelow, below)];
      const s = div(1, sub(add(p, q), 1));
      const [g, h] = [sub(mul(s, p), 1), sub(mul(s, q), 1)];
      const [across, down] = [mul(s, farRight), mul(s, farBelow)];
      const none = mul(s, 0);
      const per = (size: number): number => 1 / Math.max(size - 1, 1);
      const projection = {
        a: [div(1, across), none, none],
        b: [none, div(1, down), none],
        c: [neg(mul(div(g, across), per(width))), neg(mul(div(h, down), per(height)))],
      } as const;
      return { pictures: (x) => where(isTilted, project(x, projection, sampling), x) };
    };
  },
};

import { add, gather, sqrt, sub, where } from '../../tensor/index.js';
import { randomBoxes } from './box.js';
import { blendRows } from './mixUp.js';
import { type AugmentationRecord, seeded } from './record.js';

/**
 * Pastes a box of another picture of the batch into each one; labels are blended by area. How large the box is comes from the
 * beta distribution, whose parameter is drawn from `factor` for the whole batch (Yun et al., "CutMix", 2019).
 */
export const cutMix: AugmentationRecord = {
  className: 'CutMix',
  optional: { factor: 1, ...seeded },
  mixesSamples: true,
  prepare: (options) => {
    const [low, high] = options.range('factor', { min: 0, max: 1 });
    return (shape, random) => {
      const kept = random.beta(['batch'], add(random.uniform([], low, high), 1e-6));
      const part = sqrt(sub(1, kept));
      const { inside, area } = randomBoxes(shape, random, part, part);
      const partners = random.order();
      return {
        pictures: (x) => where(inside, gather(x, partners), x),
        labels: (y) => blendRows(y, partners, sub(1, area)),
      };
    };
  },
};

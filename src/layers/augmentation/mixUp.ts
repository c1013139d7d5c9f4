import { add, gather, mul, reshape, sub, type Tensor } from '../../tensor/index.js';
import { type AugmentationRecord, seeded } from './record.js';

/**
 * Blends each picture with another one of its batch, and their labels alike, by a weight from the beta distribution with both
 * parameters `alpha` (Zhang et al., "mixup: beyond empirical risk minimization", 2018).
 */
export const mixUp: AugmentationRecord = {
  className: 'MixUp',
  optional: { alpha: 0.2, ...seeded },
  mixesSamples: true,
  prepare: (options) => {
    const alpha = options.number('alpha', { above: 0 });
    return (_, random) => {
      const partners = random.order();
      const weight = random.beta(['batch'], alpha);
      const blend = (x: Tensor): Tensor => blendRows(x, partners, weight);
      return { pictures: blend, labels: blend };
    };
  },
};

/** `weight * x + (1 - weight) * x[partners]`, row by row. */
export function blendRows(x: Tensor, partners: Tensor, weight: Tensor): Tensor {
  const own = reshape(weight, [weight.size, ...new Array<number>(x.rank - 1).fill(1)]);
  return add(mul(x, own), mul(gather(x, partners), sub(1, own)));
}

import { add, clip, gather, mul, sub, type Tensor, tensor } from '../../tensor/index.js';
import { anyChange } from './anyChange.js';
import { type AugmentationRecord, colored } from './record.js';

/**
 * Blends pictures with what several chains of changes make of them. A chain has `chainDepth` links, and each link is drawn for
 * the whole batch: nothing, shear, translation, rotation, posterization, solarization, auto contrast or equalization, and with
 * `allOps` brightness, colour degeneration, contrast or sharpness; all as strong as `factor`. Shares of the chains come from
 * the Dirichlet distribution, the share of the picture itself from the beta distribution, with `alpha` as their parameters
 * (Hendrycks et al., "AugMix", 2020). Keras draws the links once for each graph that it builds; here every batch has its own.
 */
export const augMix: AugmentationRecord = {
  className: 'AugMix',
  optional: {
    numChains: 3,
    chainDepth: 3,
    factor: 0.3,
    alpha: 1,
    allOps: true,
    interpolation: 'bilinear',
    ...colored,
  },
  mixesSamples: true,
  prepare: (options) => {
    const chains = options.number('numChains', { min: 1, integer: true });
    const depth = options.number('chainDepth', { min: 0, integer: true });
    const alpha = options.number('alpha', { above: 0 });
    const range = options.valueRange();
    const change = anyChange('AugMix', options, [
      'posterization',
      'solarization',
      'autoContrast',
      'equalization',
      ...(options.flag('allOps') ? (['brightness', 'colorDegeneration', 'contrast', 'sharpness'] as const) : []),
    ]);
    return (shape, random) => {
      const shares = random.dirichlet(chains, alpha);
      const own = random.beta([], alpha);
      const link = (): ((x: Tensor) => Tensor) => {
        const choice = random.integers([], 0, change.count + 1);
        const apply = change.draw(shape, random);
        return (x) => apply(x, choice);
      };
      const list = Array.from({ length: chains }, () => Array.from({ length: depth }, link));
      const share = (i: number): Tensor => gather(shares, tensor(Int32Array.of(i), { shape: [] }));
      return {
        pictures: (x) => {
          const changed = list.map((links, i) =>
            mul(
              links.reduce((y, apply) => apply(y), x),
              share(i),
            ),
          );
          return clip(add(mul(x, own), mul(changed.reduce(add), sub(1, own))), ...range);
        },
      };
    };
  },
};

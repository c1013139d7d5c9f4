import { gather, type Tensor, tensor } from '../../tensor/index.js';
import { anyChange } from './anyChange.js';
import { type AugmentationRecord, colored } from './record.js';

/**
 * `numOps` changes one after the other, each of them one of eleven for the whole batch: shear, translation, rotation,
 * brightness, colour degeneration, contrast, sharpness, posterization, solarization, auto contrast and equalization, as strong
 * as `factor` (Cubuk et al., "RandAugment", 2020).
 */
export const randAugment: AugmentationRecord = {
  className: 'RandAugment',
  optional: { numOps: 2, factor: 0.5, interpolation: 'bilinear', ...colored },
  mixesSamples: true,
  prepare: (options) => {
    const count = options.number('numOps', { min: 0, integer: true });
    const change = anyChange('RandAugment', options, [
      'brightness',
      'colorDegeneration',
      'contrast',
      'sharpness',
      'posterization',
      'solarization',
      'autoContrast',
      'equalization',
    ]);
    return (shape, random) => {
      const choices = random.integers([count], 0, change.count);
      const apply = change.draw(shape, random);
      const choice = (i: number): Tensor => gather(choices, tensor(Int32Array.of(i), { shape: [] }));
      return { pictures: (x) => Array.from({ length: count }, (_, i) => choice(i)).reduce(apply, x) };
    };
  },
};

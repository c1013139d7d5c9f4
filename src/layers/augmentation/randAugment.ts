import { add, equal, gather, mul, type Tensor, tensor, where } from '../../tensor/index.js';
import { type Projection, project } from './affine.js';
import { autoContrast } from './autoContrast.js';
import type { Change, DrawChange } from './change.js';
import { equalization } from './equalization.js';
import { AugmentationOptions, type Range } from './options.js';
import { rotation, shear, translation } from './projections.js';
import { randomBrightness } from './randomBrightness.js';
import { randomColorDegeneration } from './randomColorDegeneration.js';
import { randomContrast } from './randomContrast.js';
import { randomPosterization } from './randomPosterization.js';
import { randomSharpness } from './randomSharpness.js';
import { type AugmentationRecord, colored } from './record.js';
import { sampleInterpolations } from './sample.js';
import { solarization } from './solarization.js';

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
    const factor = options.range('factor', { min: 0, max: 1 });
    const colors = colorChanges(factor, options.valueRange());
    const sampling = {
      interpolation: options.choice('interpolation', sampleInterpolations),
      fillMode: 'reflect',
      fillValue: 0,
    } as const;
    return (shape, random) => {
      const choices = random.integers([count], 0, 3 + colors.length);
      const warps = [
        shear(random, factor, factor),
        translation(shape, random, factor, factor),
        rotation(shape, random, factor),
      ];
      const changes = colors.map((draw): Change => draw(shape, random));
      const once = (x: Tensor, choice: Tensor): Tensor => {
        // Of the first three at most one happens, and a warp costs most: one does for all.
        const warped = project(x, oneOf(warps, choice), sampling);
        return changes.reduce(
          (y, change, i) => where(equal(choice, i + warps.length), change.pictures(warped), y),
          warped,
        );
      };
      return {
        pictures: (x) =>
          Array.from({ length: count }, (_, i) => gather(choices, tensor(Int32Array.of(i), { shape: [] }))).reduce(
            once,
            x,
          ),
      };
    };
  },
};

/** The changes of colour, in Keras's order. */
function colorChanges(factor: Range, valueRange: Range): readonly DrawChange[] {
  const prepare = (record: AugmentationRecord, options: Readonly<Record<string, Range | number>>): DrawChange =>
    record.prepare(new AugmentationOptions('RandAugment', { valueRange, bins: 256, ...options }));
  return [
    prepare(randomBrightness, { factor }),
    prepare(randomColorDegeneration, { factor }),
    prepare(randomContrast, { factor }),
    prepare(randomSharpness, { factor }),
    prepare(randomPosterization, { factor: Math.max(1, Math.trunc(8 * factor[1])) }),
    prepare(solarization, { additionFactor: factor, thresholdFactor: factor }),
    prepare(autoContrast, {}),
    prepare(equalization, {}),
  ];
}

/** The projection that was chosen, or the one that changes nothing. */
function oneOf(projections: readonly Projection[], choice: Tensor): Projection {
  const none = mul((projections[0] as Projection).a[0], 0);
  const one = add(none, 1);
  const term = (otherwise: Tensor, read: (projection: Projection) => Tensor): Tensor =>
    projections.reduce((value, projection, i) => where(equal(choice, i), read(projection), value), otherwise);
  return {
    a: [term(one, ({ a }) => a[0]), term(none, ({ a }) => a[1]), term(none, ({ a }) => a[2])],
    b: [term(none, ({ b }) => b[0]), term(one, ({ b }) => b[1]), term(none, ({ b }) => b[2])],
  };
}

import { add, equal, mul, type Tensor, where } from '../../tensor/index.js';
import { type Projection, project } from './affine.js';
import { autoContrast } from './autoContrast.js';
import type { Change, DrawChange, PictureShape } from './change.js';
import { equalization } from './equalization.js';
import { AugmentationOptions, type Range } from './options.js';
import { rotation, shear, translation } from './projections.js';
import { randomBrightness } from './randomBrightness.js';
import { randomColorDegeneration } from './randomColorDegeneration.js';
import { randomContrast } from './randomContrast.js';
import type { RandomNumbers } from './randomNumbers.js';
import { randomPosterization } from './randomPosterization.js';
import { randomSharpness } from './randomSharpness.js';
import type { AugmentationRecord } from './record.js';
import { sampleInterpolations } from './sample.js';
import { solarization } from './solarization.js';

const colorRecords = {
  brightness: randomBrightness,
  colorDegeneration: randomColorDegeneration,
  contrast: randomContrast,
  sharpness: randomSharpness,
  posterization: randomPosterization,
  solarization,
  autoContrast,
  equalization,
} as const;

/** A change of colour that can be chosen. */
export type ColorChange = keyof typeof colorRecords;

/** Pictures under the change of this number, a scalar: see `AnyChange`. Shape: unchanged. */
export type Apply = (x: Tensor, choice: Tensor) => Tensor;

/** One of several changes for a whole batch; which one is known only when a plan runs. */
export interface AnyChange {
  /** How many there are. Numbers from this on change nothing. */
  readonly count: number;
  /** Draws what each of them needs. */
  readonly draw: (shape: PictureShape, random: RandomNumbers) => Apply;
}

/**
 * Shear, translation, rotation and then the changes of colour named, in this order, as strong as the option `factor` says;
 * with the options `valueRange` and `interpolation`.
 * @throws {ArgumentError} if one of the options is not what it should be.
 */
export function anyChange(className: string, options: AugmentationOptions, names: readonly ColorChange[]): AnyChange {
  const factor = options.range('factor', { min: 0, max: 1 });
  const colors = colorChanges(className, names, factor, options.valueRange());
  const interpolation = options.choice('interpolation', sampleInterpolations);
  const sampling = { interpolation, fillMode: 'reflect', fillValue: 0 } as const;
  return {
    count: 3 + colors.length,
    draw: (shape, random) => {
      const warps = [
        shear(random, factor, factor),
        translation(shape, random, factor, factor),
        rotation(shape, random, factor),
      ];
      const changes = colors.map((draw): Change => draw(shape, random));
      return (x, choice) => {
        // Of the first three at most one happens, and a warp costs most: one does for all.
        const warped = project(x, oneOf(warps, choice), sampling);
        return changes.reduce(
          (y, change, i) => where(equal(choice, i + warps.length), change.pictures(warped), y),
          warped,
        );
      };
    },
  };
}

function colorChanges(
  className: string,
  names: readonly ColorChange[],
  factor: Range,
  valueRange: Range,
): readonly DrawChange[] {
  const given: Partial<Record<ColorChange, Readonly<Record<string, Range | number>>>> = {
    posterization: { factor: Math.max(1, Math.trunc(8 * factor[1])) },
    solarization: { additionFactor: factor, thresholdFactor: factor },
  };
  return names.map((name) => {
    const record: AugmentationRecord = colorRecords[name];
    return record.prepare(new AugmentationOptions(className, { valueRange, bins: 256, factor, ...given[name] }));
  });
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

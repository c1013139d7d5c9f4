import fc from 'fast-check';
import { inEitherFormat, type LayerSpec, type Options, one, options, seed, size, smallPicture } from './draws.js';

const tinyPicture = fc.tuple(size(2), size(3), size(3), size(2));
const colored = fc.tuple(size(2), size(3), size(3), fc.constant(3));

/** A layer that augments smoothly: its gradients are checked in training too. */
const smooth = (optional: Options, required: Options = {}, picture: typeof tinyPicture = tinyPicture): LayerSpec => ({
  draws: one(picture, options({ ...optional }, required)),
});

/** One that goes in steps, or has kinks where no test can see them: goldens say what it does in training. */
const stepwise = (optional: Options, required: Options = {}): LayerSpec => ({
  ...smooth(optional, required),
  inferenceOnly: true,
});

const factor = fc.constantFrom<unknown>(0.5, [-0.25, 0.5]);
const share = fc.constantFrom<unknown>(0.5, [0.25, 0.5]);
// Far from what is drawn: where pixels are cut off there is a kink.
const wide = { seed };
const far: Options = { valueRange: fc.constant([-200, 200]) };
const range: Options = { valueRange: fc.constantFrom([0, 1], [0, 255]), seed };
const warp: Options = {
  fillMode: fc.constantFrom('reflect', 'nearest', 'wrap', 'constant'),
  interpolation: fc.constantFrom('bilinear', 'nearest'),
  fillValue: size(2),
  seed,
};
const height = size(4);
const width = size(4);

export const augmentationSpecs = {
  AugMix: stepwise({ ...range, numChains: size(3), chainDepth: size(2), allOps: fc.boolean() }),
  // Its brightest and darkest pixels do not move at all: a narrow range keeps the rounding of differences small.
  AutoContrast: smooth({}, { valueRange: fc.constant([-1, 1]) }),
  ContrastLimitedAdaptiveHistogramEqualization: stepwise(
    { clipLimit: fc.constantFrom(0, 4), tileGridSize: fc.constantFrom([2, 2], [1, 3]) },
    // It goes in steps in inference too: 80 of them to 1, half a step from the 80ths that are drawn and from 0 and 1.
    { valueRange: fc.constant([-1.00625, 2.18125]) },
  ),
  CutMix: smooth({ seed, factor: share }),
  Equalization: stepwise({ bins: fc.constant(256) }),
  MixUp: smooth({ seed, alpha: fc.constant(0.5) }),
  RandAugment: stepwise({ ...range, numOps: size(3), factor: share }),
  RandomBrightness: smooth(wide, { ...far, factor }),
  RandomColorDegeneration: smooth(wide, { ...far, factor }, colored),
  RandomColorJitter: stepwise({ ...range, hueFactor: share }),
  RandomContrast: smooth(wide, { ...far, factor: share }),
  RandomCrop: { draws: inEitherFormat(one(smallPicture, options({ seed }, { height, width }))) },
  RandomElasticTransform: stepwise({ ...range, ...warp, factor: share }),
  RandomErasing: smooth({ seed, scale: fc.constant([0.1, 0.9]) }, far),
  RandomFlip: smooth({ seed, mode: fc.constantFrom('horizontal', 'vertical', 'horizontal_and_vertical') }),
  RandomGaussianBlur: smooth({ seed, kernelSize: fc.constantFrom(3, [3, 3], [1, 5]), sigma: share }, far),
  RandomGrayscale: smooth({ seed, factor: fc.constant(0.25) }, {}, colored),
  RandomHeight: stepwise({ seed }, { factor }),
  RandomHue: stepwise(range, { factor: share }),
  RandomInvert: smooth({ ...range, factor: share }),
  RandomPerspective: smooth({ seed, factor: share, scale: fc.constant(0.5) }),
  RandomPosterization: stepwise(range, { factor: fc.constantFrom(4, 8, [2, 6]) }),
  RandomRotation: smooth(warp, { factor }),
  RandomSaturation: stepwise(range, { factor }),
  RandomSharpness: smooth(wide, { ...far, factor: share }),
  RandomShear: smooth({ ...warp, xFactor: share, yFactor: share }),
  RandomTranslation: smooth(warp, { heightFactor: factor, widthFactor: factor }),
  RandomWidth: stepwise({ seed }, { factor }),
  RandomZoom: smooth({ ...warp, widthFactor: factor }, { heightFactor: factor }),
  Solarization: stepwise({ ...range, additionFactor: share }),
} satisfies Readonly<Record<string, LayerSpec>>;

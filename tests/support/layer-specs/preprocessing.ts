import fc from 'fast-check';
import {
  inEitherFormat,
  type LayerDraw,
  type LayerSpec,
  type Options,
  one,
  options,
  sample,
  seed,
  size,
  smallPicture,
} from './draws.js';

const normalization: fc.Arbitrary<LayerDraw> = one(
  sample,
  fc.oneof(
    options({ axis: fc.constantFrom(-1, 1, [-1], [], null), invert: fc.boolean() }),
    options({ invert: fc.boolean() }, { mean: fc.constant(0.5), variance: fc.constant(2) }),
    options({ invert: fc.boolean() }, { mean: fc.constant([0.25]), variance: fc.constant([0.5]) }),
  ),
);

const tinyPicture = fc.tuple(size(2), size(3), size(3), size(2));

/** A layer that augments in training, and runs in inference only. */
const augmentation = (optional: Options, required: Options = {}): LayerSpec => ({
  draws: one(tinyPicture, options({ ...optional }, required)),
  inferenceOnly: true,
});

const factor = fc.constantFrom<unknown>(0.5, [-0.25, 0.5]);
const share = fc.constantFrom<unknown>(0.5, [0.25, 0.5]);
const range: Options = { valueRange: fc.constantFrom([0, 1], [0, 255]), seed };
const warp: Options = { fillMode: fc.constantFrom('reflect', 'nearest'), fillValue: size(2), seed };
const height = size(4);
const width = size(4);

const augmentationSpecs: Readonly<Record<string, LayerSpec>> = {
  AugMix: augmentation({ ...range, numChains: size(3), allOps: fc.boolean() }),
  CutMix: augmentation({ seed, factor }),
  Equalization: augmentation({ bins: fc.constant(256) }),
  MixUp: augmentation({ seed, alpha: fc.constant(0.5) }),
  RandAugment: augmentation({ ...range, numOps: size(3) }),
  RandomBrightness: augmentation(range, { factor }),
  RandomColorDegeneration: augmentation(range, { factor }),
  RandomColorJitter: augmentation({ ...range, hueFactor: factor }),
  RandomContrast: augmentation(range, { factor }),
  RandomCrop: { ...augmentation({}), draws: inEitherFormat(one(smallPicture, options({ seed }, { height, width }))) },
  RandomElasticTransform: augmentation({ ...range, ...warp, factor }),
  RandomErasing: augmentation({ ...range, scale: fc.constant([0.1, 0.3]) }),
  RandomFlip: augmentation({ seed, mode: fc.constantFrom('horizontal', 'vertical') }),
  RandomGaussianBlur: augmentation({ ...range, kernelSize: fc.constant([3, 3]) }),
  RandomGrayscale: augmentation({ factor: fc.constant(0.25) }),
  RandomHeight: augmentation({ seed }, { factor }),
  RandomHue: augmentation(range, { factor }),
  RandomInvert: augmentation({ ...range, factor }),
  RandomPerspective: augmentation({ seed, factor }),
  RandomPosterization: augmentation(range, { factor: fc.constantFrom(4, 8) }),
  RandomRotation: augmentation(warp, { factor }),
  RandomSaturation: augmentation(range, { factor }),
  RandomSharpness: augmentation(range, { factor }),
  RandomShear: augmentation({ ...warp, xFactor: share, yFactor: share }),
  RandomTranslation: augmentation(warp, { heightFactor: factor, widthFactor: factor }),
  RandomWidth: augmentation({ seed }, { factor }),
  RandomZoom: augmentation({ ...warp, widthFactor: factor }, { heightFactor: factor }),
  Solarization: augmentation({ ...range, additionFactor: share }),
};

export const preprocessingSpecs = {
  ...augmentationSpecs,
  CenterCrop: { draws: inEitherFormat(one(smallPicture, options({}, { height, width }))) },
  Normalization: {
    draws: normalization,
    fixed: ({ mean = null }) => (mean === null ? ['mean', 'variance', 'count'] : []),
  },
  Resizing: {
    draws: inEitherFormat(
      one(
        smallPicture,
        fc
          .tuple(
            options(
              {
                interpolation: fc.constantFrom('nearest', 'bilinear', 'bicubic', 'area', 'lanczos3', 'lanczos5'),
                antialias: fc.boolean(),
                fillValue: fc.constantFrom(0, 1.5),
              },
              { height, width },
            ),
            fc.constantFrom({}, { cropToAspectRatio: true }, { padToAspectRatio: true }),
          )
          .map(([config, aspect]) => ({ ...config, ...aspect })),
      ),
    ),
  },
  Rescaling: {
    draws: one(
      fc.tuple(size(2), size(3), fc.constant(2)),
      options({ offset: fc.constantFrom(-1, [0.5, 0]) }, { scale: fc.constantFrom(0.5, [2, 0.25]) }),
    ),
  },
} satisfies Readonly<Record<string, LayerSpec>>;

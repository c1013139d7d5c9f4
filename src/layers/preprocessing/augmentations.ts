import { type Config, resize, type Tensor } from '../../tensor/index.js';
import { onChannelsLast } from '../channels.js';
import { checkCount, checkDataFormat, type DataFormat } from '../options.js';
import type { LayerClass } from '../registry.js';
import { cropToAspectRatio } from './aspectRatio.js';
import { Augmentation, type AugmentationConfig, type AugmentationDescription } from './augmentation.js';

/** A class of layers that augment. */
interface AugmentationClass extends LayerClass {
  new (config?: AugmentationConfig): Augmentation;
}

function augmentation(className: string, optional: Config, required: readonly string[] = []): AugmentationClass {
  const description: AugmentationDescription = { className, required, optional };
  return class extends Augmentation {
    static override readonly className = className;

    /** @throws {ArgumentError} */
    constructor(config: AugmentationConfig = {}) {
      super(description, config);
    }
  };
}

// What many of them have.
const seeded: Config = { seed: null, dataFormat: 'channels_last' };
const colored: Config = { valueRange: [0, 255], ...seeded };
const warping: Config = { fillMode: 'reflect', interpolation: 'bilinear', fillValue: 0, ...seeded };

/** Mirrors pictures. */
export const RandomFlip = augmentation('RandomFlip', { mode: 'horizontal_and_vertical', ...seeded });

/** Turns pictures. */
export const RandomRotation = augmentation('RandomRotation', warping, ['factor']);

/** Enlarges or shrinks pictures. */
export const RandomZoom = augmentation('RandomZoom', { widthFactor: null, ...warping }, ['heightFactor']);

/** Shifts pictures. */
export const RandomTranslation = augmentation('RandomTranslation', warping, ['heightFactor', 'widthFactor']);

/** Slants pictures. */
export const RandomShear = augmentation('RandomShear', { xFactor: 0, yFactor: 0, ...warping });

/** Tilts pictures. */
export const RandomPerspective = augmentation('RandomPerspective', {
  factor: 1,
  scale: 1,
  interpolation: 'bilinear',
  fillValue: 0,
  ...seeded,
});

/** Warps pictures. */
export const RandomElasticTransform = augmentation('RandomElasticTransform', {
  factor: 1,
  scale: 1,
  valueRange: [0, 255],
  ...warping,
});

/** Changes the contrast of pictures. */
export const RandomContrast = augmentation('RandomContrast', colored, ['factor']);

/** Lightens or darkens pictures. */
export const RandomBrightness = augmentation('RandomBrightness', colored, ['factor']);

/** Changes the hue of pictures. */
export const RandomHue = augmentation('RandomHue', colored, ['factor']);

/** Changes the saturation of pictures. */
export const RandomSaturation = augmentation('RandomSaturation', colored, ['factor']);

/** Sharpens or softens pictures. */
export const RandomSharpness = augmentation('RandomSharpness', colored, ['factor']);

/** Leaves fewer shades to pictures. */
export const RandomPosterization = augmentation('RandomPosterization', colored, ['factor']);

/** Takes colour from pictures. */
export const RandomColorDegeneration = augmentation('RandomColorDegeneration', colored, ['factor']);

/** Changes the colours of pictures. */
export const RandomColorJitter = augmentation('RandomColorJitter', {
  brightnessFactor: null,
  contrastFactor: null,
  saturationFactor: null,
  hueFactor: null,
  ...colored,
});

/** Takes all colour from pictures. */
export const RandomGrayscale = augmentation('RandomGrayscale', { factor: 0.5, dataFormat: 'channels_last' });

/** Turns pictures into negatives. */
export const RandomInvert = augmentation('RandomInvert', { factor: 1, ...colored });

/** Blurs pictures. */
export const RandomGaussianBlur = augmentation('RandomGaussianBlur', {
  factor: 1,
  kernelSize: 3,
  sigma: 1,
  ...colored,
});

/** Covers a part of pictures. */
export const RandomErasing = augmentation('RandomErasing', {
  factor: 1,
  scale: [0.02, 0.33],
  fillValue: null,
  ...colored,
});

/** Stretches the height of pictures: a layer of Keras 2. */
export const RandomHeight = augmentation('RandomHeight', { interpolation: 'bilinear', seed: null }, ['factor']);

/** Stretches the width of pictures: a layer of Keras 2. */
export const RandomWidth = augmentation('RandomWidth', { interpolation: 'bilinear', seed: null }, ['factor']);

/** Spreads the shades of pictures. */
export const Equalization = augmentation('Equalization', {
  valueRange: [0, 255],
  bins: 256,
  dataFormat: 'channels_last',
});

/** Inverts the light parts of pictures. */
export const Solarization = augmentation('Solarization', { additionFactor: 0, thresholdFactor: 0, ...colored });

/** Blends pairs of pictures. */
export const MixUp = augmentation('MixUp', { alpha: 0.2, ...seeded });

/** Pastes parts of one into another of pictures. */
export const CutMix = augmentation('CutMix', { factor: 1, ...seeded });

/** Blends several changes of pictures. */
export const AugMix = augmentation('AugMix', {
  numChains: 3,
  chainDepth: 3,
  factor: 0.3,
  alpha: 1,
  allOps: true,
  interpolation: 'bilinear',
  ...colored,
});

/** Chains random changes of pictures. */
export const RandAugment = augmentation('RandAugment', {
  numOps: 2,
  factor: 0.5,
  interpolation: 'bilinear',
  ...colored,
});

/**
 * Cuts a random part out of pictures. In inference it is the part in the middle that has the shape asked for, brought to
 * the size. (Keras 3.15 leaves pictures of another size as they are, although it announces the new size.)
 *
 * Shape: `[batch, any, any, channels] -> [batch, height, width, channels]`.
 */
export class RandomCrop extends Augmentation {
  static override readonly className = 'RandomCrop';
  readonly height: number;
  readonly width: number;
  readonly dataFormat: DataFormat;

  /** @throws {ArgumentError} */
  constructor(config: AugmentationConfig) {
    super({ className: 'RandomCrop', required: ['height', 'width'], optional: seeded }, config);
    this.height = checkCount(this.className, 'height', this.options.height);
    this.width = checkCount(this.className, 'width', this.options.width);
    this.dataFormat = checkDataFormat(this.className, this.options.dataFormat);
  }

  protected override infer(input: Tensor): Tensor {
    const size = [this.height, this.width] as const;
    return onChannelsLast(input, this.dataFormat, (x) => resize(cropToAspectRatio(x, size), size));
  }
}

/** All of them, for the registry. */
export const augmentations: readonly LayerClass[] = [
  AugMix,
  CutMix,
  Equalization,
  MixUp,
  RandAugment,
  RandomBrightness,
  RandomColorDegeneration,
  RandomColorJitter,
  RandomContrast,
  RandomCrop,
  RandomElasticTransform,
  RandomErasing,
  RandomFlip,
  RandomGaussianBlur,
  RandomGrayscale,
  RandomHeight,
  RandomHue,
  RandomInvert,
  RandomPerspective,
  RandomPosterization,
  RandomRotation,
  RandomSaturation,
  RandomSharpness,
  RandomShear,
  RandomTranslation,
  RandomWidth,
  RandomZoom,
  Solarization,
];

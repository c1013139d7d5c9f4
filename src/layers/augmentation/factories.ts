import type { Augmentation, AugmentationConfig } from './augmentation.js';
import {
  AugMix,
  AutoContrast,
  ContrastLimitedAdaptiveHistogramEqualization,
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
} from './augmentations.js';

// They change pictures at random in training and nothing in inference; see each class for its options.

/** Mirrors pictures. */
export function randomFlip(config: AugmentationConfig = {}): Augmentation {
  return new RandomFlip(config);
}

/** Turns pictures. */
export function randomRotation(config: AugmentationConfig = {}): Augmentation {
  return new RandomRotation(config);
}

/** Enlarges or shrinks pictures. */
export function randomZoom(config: AugmentationConfig = {}): Augmentation {
  return new RandomZoom(config);
}

/** Shifts pictures. */
export function randomTranslation(config: AugmentationConfig = {}): Augmentation {
  return new RandomTranslation(config);
}

/** Slants pictures. */
export function randomShear(config: AugmentationConfig = {}): Augmentation {
  return new RandomShear(config);
}

/** Tilts pictures. */
export function randomPerspective(config: AugmentationConfig = {}): Augmentation {
  return new RandomPerspective(config);
}

/** Warps pictures. */
export function randomElasticTransform(config: AugmentationConfig = {}): Augmentation {
  return new RandomElasticTransform(config);
}

/** Changes the contrast of pictures. */
export function randomContrast(config: AugmentationConfig = {}): Augmentation {
  return new RandomContrast(config);
}

/** Lightens or darkens pictures. */
export function randomBrightness(config: AugmentationConfig = {}): Augmentation {
  return new RandomBrightness(config);
}

/** Changes the hue of pictures. */
export function randomHue(config: AugmentationConfig = {}): Augmentation {
  return new RandomHue(config);
}

/** Changes the saturation of pictures. */
export function randomSaturation(config: AugmentationConfig = {}): Augmentation {
  return new RandomSaturation(config);
}

/** Sharpens or softens pictures. */
export function randomSharpness(config: AugmentationConfig = {}): Augmentation {
  return new RandomSharpness(config);
}

/** Leaves fewer shades to pictures. */
export function randomPosterization(config: AugmentationConfig = {}): Augmentation {
  return new RandomPosterization(config);
}

/** Takes colour from pictures. */
export function randomColorDegeneration(config: AugmentationConfig = {}): Augmentation {
  return new RandomColorDegeneration(config);
}

/** Changes the colours of pictures. */
export function randomColorJitter(config: AugmentationConfig = {}): Augmentation {
  return new RandomColorJitter(config);
}

/** Takes all colour from pictures. */
export function randomGrayscale(config: AugmentationConfig = {}): Augmentation {
  return new RandomGrayscale(config);
}

/** Turns pictures into negatives. */
export function randomInvert(config: AugmentationConfig = {}): Augmentation {
  return new RandomInvert(config);
}

/** Blurs pictures. */
export function randomGaussianBlur(config: AugmentationConfig = {}): Augmentation {
  return new RandomGaussianBlur(config);
}

/** Covers a part of pictures. */
export function randomErasing(config: AugmentationConfig = {}): Augmentation {
  return new RandomErasing(config);
}

/** Stretches the height of pictures. */
export function randomHeight(config: AugmentationConfig = {}): Augmentation {
  return new RandomHeight(config);
}

/** Stretches the width of pictures. */
export function randomWidth(config: AugmentationConfig = {}): Augmentation {
  return new RandomWidth(config);
}

/** Spreads the shades of pictures. */
export function equalization(config: AugmentationConfig = {}): Augmentation {
  return new Equalization(config);
}

/** Spreads each channel of pictures over the whole range, also in inference. */
export function autoContrast(config: AugmentationConfig = {}): Augmentation {
  return new AutoContrast(config);
}

/** Spreads the shades of tiles of pictures, also in inference. */
export function contrastLimitedAdaptiveHistogramEqualization(config: AugmentationConfig = {}): Augmentation {
  return new ContrastLimitedAdaptiveHistogramEqualization(config);
}

/** Inverts the light parts of pictures. */
export function solarization(config: AugmentationConfig = {}): Augmentation {
  return new Solarization(config);
}

/** Blends pairs of pictures. */
export function mixUp(config: AugmentationConfig = {}): Augmentation {
  return new MixUp(config);
}

/** Pastes parts of one into another of pictures. */
export function cutMix(config: AugmentationConfig = {}): Augmentation {
  return new CutMix(config);
}

/** Blends several changes of pictures. */
export function augMix(config: AugmentationConfig = {}): Augmentation {
  return new AugMix(config);
}

/** Chains random changes of pictures. */
export function randAugment(config: AugmentationConfig = {}): Augmentation {
  return new RandAugment(config);
}

/** Cuts a random part out of pictures. */
export function randomCrop(config: AugmentationConfig = {}): Augmentation {
  return new RandomCrop(config);
}

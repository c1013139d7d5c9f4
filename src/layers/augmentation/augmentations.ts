import type { LayerClass } from '../layerClasses.js';
import { augMix } from './augMix.js';
import { Augmentation, type AugmentationConfig } from './augmentation.js';
import { autoContrast } from './autoContrast.js';
import { contrastLimitedAdaptiveHistogramEqualization } from './contrastLimitedAdaptiveHistogramEqualization.js';
import { cutMix } from './cutMix.js';
import { equalization } from './equalization.js';
import { randomHeight, randomWidth } from './inert.js';
import { mixUp } from './mixUp.js';
import { randAugment } from './randAugment.js';
import { randomBrightness } from './randomBrightness.js';
import { randomColorDegeneration } from './randomColorDegeneration.js';
import { randomColorJitter } from './randomColorJitter.js';
import { randomContrast } from './randomContrast.js';
import { randomCrop } from './randomCrop.js';
import { randomElasticTransform } from './randomElasticTransform.js';
import { randomErasing } from './randomErasing.js';
import { randomFlip } from './randomFlip.js';
import { randomGaussianBlur } from './randomGaussianBlur.js';
import { randomGrayscale } from './randomGrayscale.js';
import { randomHue } from './randomHue.js';
import { randomInvert } from './randomInvert.js';
import { randomPerspective } from './randomPerspective.js';
import { randomPosterization } from './randomPosterization.js';
import { randomRotation } from './randomRotation.js';
import { randomSaturation } from './randomSaturation.js';
import { randomSharpness } from './randomSharpness.js';
import { randomShear } from './randomShear.js';
import { randomTranslation } from './randomTranslation.js';
import { randomZoom } from './randomZoom.js';
import type { AugmentationRecord } from './record.js';
import { solarization } from './solarization.js';

/** A class of layers that augment. */
export interface AugmentationClass extends LayerClass {
  new (config?: AugmentationConfig): Augmentation;
}

function layerClass(record: AugmentationRecord): AugmentationClass {
  return class extends Augmentation {
    static override readonly className = record.className;

    /** @throws {ArgumentError} */
    constructor(config: AugmentationConfig = {}) {
      super(record, config);
    }
  };
}

export const AugMix = layerClass(augMix);
export const AutoContrast = layerClass(autoContrast);
export const ContrastLimitedAdaptiveHistogramEqualization = layerClass(contrastLimitedAdaptiveHistogramEqualization);
export const CutMix = layerClass(cutMix);
export const Equalization = layerClass(equalization);
export const MixUp = layerClass(mixUp);
export const RandAugment = layerClass(randAugment);
export const RandomBrightness = layerClass(randomBrightness);
export const RandomColorDegeneration = layerClass(randomColorDegeneration);
export const RandomColorJitter = layerClass(randomColorJitter);
export const RandomContrast = layerClass(randomContrast);
export const RandomCrop = layerClass(randomCrop);
export const RandomElasticTransform = layerClass(randomElasticTransform);
export const RandomErasing = layerClass(randomErasing);
export const RandomFlip = layerClass(randomFlip);
export const RandomGaussianBlur = layerClass(randomGaussianBlur);
export const RandomGrayscale = layerClass(randomGrayscale);
export const RandomHeight = layerClass(randomHeight);
export const RandomHue = layerClass(randomHue);
export const RandomInvert = layerClass(randomInvert);
export const RandomPerspective = layerClass(randomPerspective);
export const RandomPosterization = layerClass(randomPosterization);
export const RandomRotation = layerClass(randomRotation);
export const RandomSaturation = layerClass(randomSaturation);
export const RandomSharpness = layerClass(randomSharpness);
export const RandomShear = layerClass(randomShear);
export const RandomTranslation = layerClass(randomTranslation);
export const RandomWidth = layerClass(randomWidth);
export const RandomZoom = layerClass(randomZoom);
export const Solarization = layerClass(solarization);

/** All of them, for the registry. */
export const augmentations: readonly LayerClass[] = [
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
];

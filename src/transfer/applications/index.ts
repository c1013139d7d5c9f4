export type {
  Application,
  ApplicationMetadata,
  ApplicationOptions,
  LayerMark,
  PublishedWeights,
  Settings,
} from './application.js';
export { type ImagenetClass, imagenetClasses } from './classIndex.js';
export {
  type ConvNeXtOptions,
  convNeXtBase,
  convNeXtLarge,
  convNeXtSmall,
  convNeXtTiny,
  convNeXtXLarge,
} from './convNeXt.js';
export { type DecodeOptions, decodePredictions, type Prediction } from './decodePredictions.js';
export type { ApplicationBuilder, BuildOptions } from './defineApplication.js';
export { denseNet121, denseNet169, denseNet201 } from './denseNet.js';
export {
  efficientNetB0,
  efficientNetB1,
  efficientNetB2,
  efficientNetB3,
  efficientNetB4,
  efficientNetB5,
  efficientNetB6,
  efficientNetB7,
} from './efficientNet.js';
export {
  type EfficientNetV2Options,
  efficientNetV2B0,
  efficientNetV2B1,
  efficientNetV2B2,
  efficientNetV2B3,
  efficientNetV2L,
  efficientNetV2M,
  efficientNetV2S,
} from './efficientNetV2.js';
export { inceptionResNetV2 } from './inceptionResNetV2.js';
export { inceptionV3 } from './inceptionV3.js';
export { list } from './list.js';
export { type MobileNetOptions, mobileNet } from './mobileNet.js';
export { type MobileNetV2Options, mobileNetV2 } from './mobileNetV2.js';
export { type MobileNetV3Options, mobileNetV3Large, mobileNetV3Small } from './mobileNetV3.js';
export { nasNetLarge, nasNetMobile } from './nasNet.js';
export { type PreprocessInput, preprocessor } from './preprocessInput.js';
export type { PreprocessingMode } from './preprocessing.js';
export { resNet50, resNet101, resNet152 } from './resNet.js';
export { resNet50V2, resNet101V2, resNet152V2 } from './resNetV2.js';
export { vgg16, vgg19 } from './vgg.js';
export { xception } from './xception.js';

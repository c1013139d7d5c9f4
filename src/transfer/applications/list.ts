import { convNeXtBase, convNeXtLarge, convNeXtSmall, convNeXtTiny, convNeXtXLarge } from './convNeXt.js';
import type { ApplicationBuilder } from './defineApplication.js';
import { denseNet121, denseNet169, denseNet201 } from './denseNet.js';
import {
  efficientNetB0,
  efficientNetB1,
  efficientNetB2,
  efficientNetB3,
  efficientNetB4,
  efficientNetB5,
  efficientNetB6,
  efficientNetB7,
} from './efficientNet.js';
import {
  efficientNetV2B0,
  efficientNetV2B1,
  efficientNetV2B2,
  efficientNetV2B3,
  efficientNetV2L,
  efficientNetV2M,
  efficientNetV2S,
} from './efficientNetV2.js';
import { inceptionResNetV2 } from './inceptionResNetV2.js';
import { inceptionV3 } from './inceptionV3.js';
import { mobileNet } from './mobileNet.js';
import { mobileNetV2 } from './mobileNetV2.js';
import { mobileNetV3Large, mobileNetV3Small } from './mobileNetV3.js';
import { nasNetLarge, nasNetMobile } from './nasNet.js';
import { resNet50, resNet101, resNet152 } from './resNet.js';
import { resNet50V2, resNet101V2, resNet152V2 } from './resNetV2.js';
import { vgg16, vgg19 } from './vgg.js';
import { xception } from './xception.js';

/** Every application, in the order of Keras's documentation. */
export function list(): readonly ApplicationBuilder[] {
  return [
    xception,
    vgg16,
    vgg19,
    resNet50,
    resNet50V2,
    resNet101,
    resNet101V2,
    resNet152,
    resNet152V2,
    inceptionV3,
    inceptionResNetV2,
    mobileNet,
    mobileNetV2,
    mobileNetV3Small,
    mobileNetV3Large,
    denseNet121,
    denseNet169,
    denseNet201,
    nasNetMobile,
    nasNetLarge,
    efficientNetB0,
    efficientNetB1,
    efficientNetB2,
    efficientNetB3,
    efficientNetB4,
    efficientNetB5,
    efficientNetB6,
    efficientNetB7,
    efficientNetV2B0,
    efficientNetV2B1,
    efficientNetV2B2,
    efficientNetV2B3,
    efficientNetV2S,
    efficientNetV2M,
    efficientNetV2L,
    convNeXtTiny,
    convNeXtSmall,
    convNeXtBase,
    convNeXtLarge,
    convNeXtXLarge,
  ];
}

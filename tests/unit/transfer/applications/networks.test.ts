import { loadModel } from 'mapache/io';
import { cloneModel } from 'mapache/layers';
import { applications } from 'mapache/transfer';
import { describe, expect, test } from 'vitest';
import { linesOf } from '../../../support/application-lines.js';
import { infer } from '../../../support/real-models.js';
import { randomTensor } from '../../../support/tensors.js';

const { convNeXtTiny, efficientNetB0, inceptionResNetV2, mobileNetV2, mobileNetV3Small, nasNetMobile } = applications;
const small = { inputShape: [32, 32, 3], classes: 7 } as const;

describe('networks of applications', () => {
  // One of each kind of graph: operators, nested models, layers of their own, branches.
  test.each([
    ['MobileNetV3Small', () => mobileNetV3Small.build(small)],
    ['ConvNeXtTiny', () => convNeXtTiny.build(small)],
    ['InceptionResNetV2', () => inceptionResNetV2.build({ includeTop: false })],
    ['NASNetMobile', () => nasNetMobile.build(small)],
    ['EfficientNetB0', () => efficientNetB0.build(small)],
  ])('%s is made again of its description', (_, build) => {
    const model = build();
    // Sequential models do not keep the names of their inputs.
    const lines = (made: typeof model) =>
      linesOf(made).map((line) => line.replaceAll(/input_layer_\d+/g, 'input_layer'));
    expect(lines(cloneModel(model))).toEqual(lines(model));
  });

  test.each([
    ['MobileNetV3Small', () => mobileNetV3Small.build(small)],
    ['ConvNeXtTiny', () => convNeXtTiny.build(small)],
    ['EfficientNetB0', () => efficientNetB0.build(small)],
  ])('%s gives probabilities', async (_, build) => {
    const probabilities = await infer(build(), randomTensor([2, 32, 32, 3], 1));
    expect(probabilities).toHaveLength(14);
    expect(probabilities.subarray(0, 7).reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 4);
  });

  test('what a model asks of its input is saved with it', async () => {
    const model = mobileNetV2.build({ alpha: 0.35, inputShape: [32, 32, 3], classes: ['raccoon', 'tanuki'] });
    const { files } = await model.save('memory');
    const { metadata } = await loadModel(files);
    expect(metadata).toEqual({
      application: 'MobileNetV2',
      groups: [...mobileNetV2.record.groups, 'predictions'],
      preprocessing: 'tf',
      inputRange: [-1, 1],
      classNames: ['raccoon', 'tanuki'],
    });
  });
});

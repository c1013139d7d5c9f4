import { expect, test } from 'vitest';
import { type NetworkName, networks } from '../../../benchmarks/models/networks.js';

// Parameters, weights and layers of keras.applications.*(include_top=False), Keras 3.15.
test.each<[NetworkName, number, number, number, readonly (number | null)[]]>([
  ['MobileNetV2 0.35/96', 410_208, 260, 154, [null, 3, 3, 1280]],
  ['MobileNetV2 1.0/160', 2_257_984, 260, 154, [null, 5, 5, 1280]],
  ['MobileNetV1 0.25/128', 218_544, 135, 86, [null, 4, 4, 256]],
  ['ResNet50/224', 23_587_712, 318, 175, [null, 7, 7, 2048]],
  ['VGG16/224', 14_714_688, 26, 19, [null, 7, 7, 512]],
])('%s has as many parameters as that of Keras', (name, parameters, weights, layers, outputShape) => {
  const model = networks[name].build();
  expect(model.countParams()).toBe(parameters);
  expect(model.weights).toHaveLength(weights);
  expect(model.layers).toHaveLength(layers);
  expect(model.outputShapes).toEqual([outputShape]);
});

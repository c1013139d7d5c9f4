import { expect, test } from 'vitest';
import { mobileNetV2 } from '../../../benchmarks/training/architecture.js';

// Parameters and weights of keras.applications.MobileNetV2(include_top=False).
test.each([
  [0.35, 96, 410_208, 3],
  [1, 160, 2_257_984, 5],
])('MobileNetV2 %f has as many parameters as that of Keras', (alpha, size, parameters, side) => {
  const model = mobileNetV2({ alpha, size });
  expect(model.countParams()).toBe(parameters);
  expect(model.weights).toHaveLength(260);
  expect(model.layers).toHaveLength(154);
  expect(model.outputShapes).toEqual([[null, side, side, 1280]]);
});

import { lookupKey, snakeCase } from 'mapache/tensor';
import { expect, it } from 'vitest';

it.each([
  ['Dense', 'dense'],
  ['Conv2D', 'conv2d'],
  ['BatchNormalization', 'batch_normalization'],
  ['ReLU', 're_lu'],
  ['GlobalAveragePooling2D', 'global_average_pooling2d'],
  ['already_snake', 'already_snake'],
])('Keras names a layer of class %s %s', (name, expected) => {
  expect(snakeCase(name)).toBe(expected);
});

it('all spellings of a name have one key', () => {
  expect(new Set(['GlorotUniform', 'glorot_uniform', 'glorotUniform'].map(lookupKey))).toEqual(
    new Set(['glorotuniform']),
  );
});

import { input, layers } from 'mapache/layers';
import { ShapeError } from 'mapache/tensor';
import { expect, test } from 'vitest';

test('maps of unknown size may have thousands of channels', () => {
  const x = input({ shape: [null, null, 2048] });
  expect(layers.dense({ units: 8192 }).apply(x).shape).toEqual([null, null, null, 8192]);
});

test('maps of unknown size may be seen through wide windows', () => {
  const x = input({ shape: [null, null, 2] });
  expect(layers.maxPooling2d({ poolSize: 80, strides: 1 }).apply(x).shape).toEqual([null, null, null, 2]);
});

test('what no size would make fit is refused', () => {
  const [a, b] = [input({ shape: [null, 3] }), input({ shape: [null, 4] })];
  expect(() => layers.add().apply([a, b])).toThrow(ShapeError);
});

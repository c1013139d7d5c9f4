import { input, layers } from 'mapache/layers';
import { ShapeError } from 'mapache/tensor';
import { expect, test } from 'vitest';

test('PReLU refuses inputs that lack an axis it shares slopes along', () => {
  const layer = layers.prelu({ sharedAxes: [1, 3] });
  expect(() => layer.apply(input({ shape: [4, 2] }))).toThrow(ShapeError);
  expect(layer.apply(input({ shape: [4, 2, 3] })).shape).toEqual([null, 4, 2, 3]);
});

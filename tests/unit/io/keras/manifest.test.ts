import { describe, expect, it } from 'vitest';
import { byteLengthOf, readManifest, totalBytes } from '../../../../src/io/keras/manifest.js';
import { ModelFormatError } from '../../../../src/io/modelFormatError.js';

const weight = { name: 'dense/kernel', shape: [2, 3], dtype: 'float32' };
const read = (manifest: unknown, maxBytes = 2 ** 32) => readManifest('model.json', manifest, maxBytes);
const withWeight = (changes: object) => [{ paths: ['a.bin'], weights: [{ ...weight, ...changes }] }];

describe('readManifest', () => {
  it('reads groups, and counts bytes as they are stored', () => {
    const quantized = { ...weight, quantization: { dtype: 'uint16', scale: 0.5, min: -1 } };
    const half = { ...weight, quantization: { dtype: 'float16' } };
    const groups = read([
      { paths: ['a.bin', 'b.bin'], weights: [weight, quantized] },
      { paths: ['c.bin'], weights: [half, { ...weight, dtype: 'bool', shape: [] }] },
    ]);
    expect(groups.map(({ byteLength }) => byteLength)).toEqual([24 + 12, 12 + 1]);
    expect(totalBytes(groups)).toBe(49);
    expect(groups[0]?.weights.map(byteLengthOf)).toEqual([24, 12]);
  });

  it.each([
    ['no manifest', undefined],
    ['a manifest that is no list', {}],
    ['a group without paths', [{ weights: [] }]],
    ['a group without weights', [{ paths: [] }]],
    ['a path that leaves the folder', [{ paths: ['../a.bin'], weights: [] }]],
    ['a file that is named twice', [{ paths: ['a.bin', 'a.bin'], weights: [] }]],
    ['a weight without a name', withWeight({ name: undefined })],
    ['a negative size', withWeight({ shape: [-1, 3] })],
    ['a fraction as a size', withWeight({ shape: [1.5] })],
    ['NaN as a size', withWeight({ shape: [Number.NaN] })],
    ['text as a size', withWeight({ shape: ['3'] })],
    ['no shape', withWeight({ shape: null })],
    ['a shape that is too large', withWeight({ shape: [2 ** 30] })],
    ['sizes whose product is too large', withWeight({ shape: [2 ** 20, 2 ** 20, 2 ** 20] })],
    ['a size beyond exact numbers', withWeight({ shape: [1e300] })],
    ['too many dimensions', withWeight({ shape: Array(100).fill(1) })],
    ['an unknown dtype', withWeight({ dtype: 'complex64' })],
    ['strings as weights', withWeight({ dtype: 'string' })],
    ['a dtype of a prototype', withWeight({ dtype: 'constructor' })],
    ['an unknown quantization', withWeight({ quantization: { dtype: 'int4', scale: 1, min: 0 } })],
    ['a quantization without a scale', withWeight({ quantization: { dtype: 'uint8', min: 0 } })],
    ['an infinite scale', withWeight({ quantization: { dtype: 'uint8', scale: Number.POSITIVE_INFINITY, min: 0 } })],
    ['a quantized bool', withWeight({ dtype: 'bool', quantization: { dtype: 'uint8', scale: 1, min: 0 } })],
    ['a half-precision integer', withWeight({ dtype: 'int32', quantization: { dtype: 'float16' } })],
  ])('refuses %s', (_, manifest) => {
    expect(() => read(manifest)).toThrow(ModelFormatError);
  });

  it('refuses more bytes than allowed, and says how to allow them', () => {
    expect(() => read(withWeight({}), 23)).toThrow('maxBytes');
    expect(read(withWeight({}), 24)).toHaveLength(1);
  });
});

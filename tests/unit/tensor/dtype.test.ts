import { ArgumentError, add, bytesPerElement, floatx, isFloating, setFloatx, tensor } from 'mapache/tensor';
import { afterEach, describe, expect, it } from 'vitest';
import { allocate, dtypeOf, dtypes, isTypedArray, toTypedArray, viewOf } from '../../../src/tensor/dtype.js';

afterEach(() => setFloatx('float32'));

it.each([
  ['float32', 4, Float32Array],
  ['float64', 8, Float64Array],
  ['int32', 4, Int32Array],
  ['uint8', 1, Uint8Array],
  ['bool', 1, Uint8Array],
] as const)('%s takes %d bytes and lives in its typed array', (dtype, bytes, type) => {
  expect(dtypes).toContain(dtype);
  expect(bytesPerElement(dtype)).toBe(bytes);
  expect(allocate(dtype, 3)).toEqual(new type(3));
  expect(viewOf(dtype, new ArrayBuffer(64), 8, 2)).toMatchObject({ byteOffset: 8, length: 2 });
  expect(isTypedArray(new type(1))).toBe(true);
});

it('a typed array tells its dtype, and bytes are numbers rather than truth values', () => {
  expect(dtypeOf(new Float32Array(1))).toBe('float32');
  expect(dtypeOf(new Float64Array(1))).toBe('float64');
  expect(dtypeOf(new Int32Array(1))).toBe('int32');
  expect(dtypeOf(new Uint8Array(1))).toBe('uint8');
  expect(isTypedArray([1])).toBe(false);
  expect(isTypedArray(new Uint16Array(1))).toBe(false);
});

it('numbers stored as bool become 0 or 1', async () => {
  expect([...toTypedArray('bool', [0, 2, -0.5, Number.NaN])]).toEqual([0, 1, 1, 1]);
  expect(await tensor([0, 7, 0.25], { dtype: 'bool' }).array()).toEqual([0, 1, 1]);
});

it('only float32 and float64 are floating', () => {
  expect(dtypes.filter(isFloating)).toEqual(['float32', 'float64']);
});

describe('floatx', () => {
  it('is the dtype of what is given as plain numbers', () => {
    expect(floatx()).toBe('float32');
    setFloatx('float64');
    expect(tensor([1]).dtype).toBe('float64');
    expect(add(1, 2).dtype).toBe('float64');
  });

  it('refuses what is not floating and stays as it was', () => {
    expect(() => setFloatx('int32' as 'float32')).toThrow(ArgumentError);
    expect(() => setFloatx('float16' as 'float32')).toThrow(/setFloatx: expected 'float32' or 'float64'/);
    expect(floatx()).toBe('float32');
  });
});

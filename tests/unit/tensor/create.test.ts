import { ArgumentError, ShapeError, tensor } from 'mapache/tensor';
import { describe, expect, it } from 'vitest';

describe('tensor', () => {
  it('takes shape and dtype from the data', () => {
    expect(tensor(1)).toMatchObject({ shape: [], dtype: 'float32', op: 'constant' });
    expect(
      tensor([
        [1, 2, 3],
        [4, 5, 6],
      ]),
    ).toMatchObject({ shape: [2, 3], dtype: 'float32' });
    expect(tensor(new Int32Array(3))).toMatchObject({ shape: [3], dtype: 'int32' });
    expect(tensor(new Uint8Array(3))).toMatchObject({ shape: [3], dtype: 'uint8' });
    expect(tensor(new Float64Array(3))).toMatchObject({ shape: [3], dtype: 'float64' });
  });

  it('gives flat data any shape of its size', async () => {
    expect(await tensor([1, 2, 3, 4, 5, 6], { shape: [3, 2] }).array()).toEqual([
      [1, 2],
      [3, 4],
      [5, 6],
    ]);
    expect(await tensor(Float32Array.of(1), { shape: [] }).array()).toBe(1);
  });

  it('converts to the dtype asked for', async () => {
    expect(await tensor([1.7, -1.7], { dtype: 'int32' }).array()).toEqual([1, -1]);
    expect(tensor(new Uint8Array(2), { dtype: 'float32' }).dtype).toBe('float32');
  });

  it('copies: later changes of the data change nothing', async () => {
    const flat = Float32Array.of(1, 2);
    const nested = [3, 4];
    const shape = [2, 1];
    const [a, b, c] = [tensor(flat), tensor(nested), tensor(nested, { shape })];
    flat[0] = 99;
    nested[0] = 99;
    shape[0] = 99;
    expect(await a.array()).toEqual([1, 2]);
    expect(await b.array()).toEqual([3, 4]);
    expect(c.shape).toEqual([2, 1]);
  });

  it.each([
    ['rows of different lengths', [[1, 2], [3]], /an array of 2 at depth 1, received an array of 1/],
    ['a number among rows', [[1], 2], /an array of 1 at depth 1, received number/],
    ['a row among numbers', [1, [2]], /a number at depth 1, received an array of 1/],
    ['text', ['a'], /a number at depth 1, received string/],
    ['nothing', undefined, /a number at depth 0, received undefined/],
    ['a hole', [1, undefined, 3], /received undefined/],
  ])('refuses %s', (_, data, message) => {
    expect(() => tensor(data as never)).toThrow(ArgumentError);
    expect(() => tensor(data as never)).toThrow(message);
  });

  it('refuses a shape that the data does not fill', () => {
    expect(() => tensor([1, 2, 3], { shape: [2, 2] })).toThrow(
      'expected 4 numbers for shape [2, 2], received 3 numbers',
    );
    expect(() => tensor([1, 2], { shape: [-1] })).toThrow(ShapeError);
    expect(() => tensor([], { shape: [2 ** 15, 2 ** 15] })).toThrow(ShapeError);
  });
});

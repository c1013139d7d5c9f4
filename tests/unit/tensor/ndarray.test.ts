import { add, fromNdarray, tensor, toNdarray } from 'mapache/tensor';
import ndarray from 'ndarray';
import { describe, expect, it } from 'vitest';

const counting = (size: number) => Float32Array.from({ length: size }, (_, i) => i);

describe('a strided view goes in in its own order', () => {
  const matrix = ndarray(counting(12), [3, 4]);

  it.each([
    [
      'as it is',
      matrix,
      [
        [0, 1, 2, 3],
        [4, 5, 6, 7],
        [8, 9, 10, 11],
      ],
    ],
    [
      'transposed',
      matrix.transpose(1, 0),
      [
        [0, 4, 8],
        [1, 5, 9],
        [2, 6, 10],
        [3, 7, 11],
      ],
    ],
    [
      'every second column',
      matrix.step(1, 2),
      [
        [0, 2],
        [4, 6],
        [8, 10],
      ],
    ],
    [
      'from an offset',
      matrix.lo(1, 2),
      [
        [6, 7],
        [10, 11],
      ],
    ],
    ['cut off', matrix.hi(2, 1), [[0], [4]]],
    [
      'backwards along both axes',
      matrix.step(-1, -1),
      [
        [11, 10, 9, 8],
        [7, 6, 5, 4],
        [3, 2, 1, 0],
      ],
    ],
    ['one column', matrix.pick(null, 1), [1, 5, 9]],
    [
      'all of it at once',
      matrix.lo(1, 0).step(1, -2).transpose(1, 0),
      [
        [7, 11],
        [5, 9],
      ],
    ],
  ] as const)('%s', async (_, view, expected) => {
    expect(await tensor(view).array()).toEqual(expected);
    expect(await fromNdarray(view).array()).toEqual(expected);
  });

  it('also of no dimensions and of no elements', async () => {
    expect(await fromNdarray(matrix.pick(1, 2)).array()).toBe(6);
    expect(await fromNdarray(matrix.hi(0, 4)).array()).toEqual([]);
  });
});

describe('fromNdarray', () => {
  it('takes the dtype of the array behind the view, or the one asked for', () => {
    expect(fromNdarray(ndarray(new Uint8Array(4), [2, 2])).dtype).toBe('uint8');
    expect(fromNdarray(ndarray(new Float64Array(4), [2, 2])).dtype).toBe('float64');
    expect(fromNdarray(ndarray([1, 2], [2])).dtype).toBe('float32');
    expect(fromNdarray(ndarray(new Uint8Array(4), [2, 2]), 'float32').dtype).toBe('float32');
  });

  it('stores truth values as 0 and 1', async () => {
    expect(await fromNdarray(ndarray([0, 3], [2]), 'bool').array()).toEqual([0, 1]);
  });

  it('copies', async () => {
    const data = counting(2);
    const x = fromNdarray(ndarray(data, [2]));
    data[0] = 99;
    expect(await x.array()).toEqual([0, 1]);
  });
});

it('toNdarray gives a dense array that can be sliced without copying and belongs to the caller', async () => {
  const x = add(
    tensor([
      [1, 2, 3],
      [4, 5, 6],
    ]),
    0,
  );
  const view = await toNdarray(x);
  expect(view.shape).toEqual([2, 3]);
  expect(view.get(1, 2)).toBe(6);
  view.transpose(1, 0).set(0, 1, 99);
  expect(view.get(1, 0)).toBe(99);
  expect(await x.array()).toEqual([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  expect(await fromNdarray(view.transpose(1, 0)).array()).toEqual([
    [1, 99],
    [2, 5],
    [3, 6],
  ]);
});

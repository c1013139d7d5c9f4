import { ArgumentError, add, currentOrigin, mul, Tensor, tensor, withOrigin } from 'mapache/tensor';
import { describe, expect, it } from 'vitest';

describe('a tensor', () => {
  it('knows shape, rank, size and dtype without being computed', () => {
    const product = mul(tensor([[1], [2]]), tensor([3, 4, 5]));
    expect(product).toMatchObject({ op: 'mul', shape: [2, 3], rank: 2, size: 6, dtype: 'float32', storage: null });
    expect(String(product)).toBe('Tensor(mul, [2, 3], float32)');
  });

  it('is computed once, when it is first read', async () => {
    const total = add(tensor([1, 2]), 1);
    expect(total.storage).toBeNull();
    await total.data();
    const { storage } = total;
    expect(storage).not.toBeNull();
    await total.data();
    expect(total.storage).toBe(storage);
  });

  it('is older than what is made of it', () => {
    const x = tensor(1);
    expect(add(x, 1).id).toBeGreaterThan(x.id);
  });

  it('says which part of a program made it, also after a failure there', () => {
    const failing = () =>
      withOrigin('base', () => {
        expect(withOrigin('base/conv', () => tensor(1)).origin).toBe('base/conv');
        expect(currentOrigin()).toBe('base');
        throw new Error('stop');
      });
    expect(failing).toThrow('stop');
    expect(currentOrigin()).toBe('');
  });
});

describe('data', () => {
  it('gives the numbers row-major in the array of the dtype', async () => {
    expect(
      await tensor([
        [1, 2],
        [3, 4],
      ]).data(),
    ).toEqual(Float32Array.of(1, 2, 3, 4));
    expect(await tensor([1], { dtype: 'int32' }).data()).toEqual(Int32Array.of(1));
  });

  it('gives a copy that belongs to the caller', async () => {
    const x = tensor([1, 2]);
    const first = await x.data();
    first[0] = 99;
    expect(await x.array()).toEqual([1, 2]);
    const y = add(x, 1);
    (await y.data())[0] = 99;
    expect(await y.array()).toEqual([2, 3]);
  });
});

describe('array', () => {
  it.each([
    ['a scalar', 5],
    ['a vector', [1, 2]],
    [
      'a cube',
      [
        [[1], [2]],
        [[3], [4]],
      ],
    ],
    ['no elements', []],
    ['rows of no elements', [[], []]],
  ])('gives back %s', async (_, nested) => {
    expect(await tensor(nested).array()).toEqual(nested);
  });
});

describe('item', () => {
  it('is the only number, whatever the rank', async () => {
    expect(await tensor([[[7]]]).item()).toBe(7);
    expect(await add(tensor(3), 4).item()).toBe(7);
  });

  it('is refused where there are more or none', async () => {
    await expect(tensor([1, 2]).item()).rejects.toThrow(ArgumentError);
    await expect(tensor([]).item()).rejects.toThrow('item: expected a tensor of one element, received shape [0]');
  });
});

it('a tensor that no operation made is refused when it is read', async () => {
  await expect(new Tensor('invented', [], null, [1], 'float32').data()).rejects.toThrow(/made by an operation/);
});

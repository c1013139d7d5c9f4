import { ArgumentError, einsum, ShapeMismatchError, type Tensor } from 'mapache/tensor';
import { describe, expect, test } from 'vitest';
import { relativeError } from '../../../support/relative-error.js';
import { normal64 } from '../../../support/rewriting.js';

const sizes: Readonly<Record<string, number>> = { a: 2, b: 3, c: 4, d: 2, e: 3 };

/** The sum, term by term. */
async function naive(equation: string, x: Tensor, y: Tensor): Promise<readonly number[]> {
  const [left = '', right = '', result = ''] = equation.split(/,|->/);
  const [xs, ys] = [await x.data(), await y.data()];
  const letters = [...new Set(left + right)];
  const total = new Array<number>([...result].reduce((size, letter) => size * (sizes[letter] as number), 1)).fill(0);
  const place = (labels: string, at: ReadonlyMap<string, number>): number =>
    [...labels].reduce((offset, letter) => offset * (sizes[letter] as number) + (at.get(letter) as number), 0);
  const walk = (depth: number, at: Map<string, number>): void => {
    const letter = letters[depth];
    if (letter === undefined) {
      const target = place(result, at);
      total[target] = (total[target] as number) + (xs[place(left, at)] as number) * (ys[place(right, at)] as number);
      return;
    }
    for (let i = 0; i < (sizes[letter] as number); i++) walk(depth + 1, at.set(letter, i));
  };
  walk(0, new Map());
  return total;
}

describe('einsum', () => {
  test.each([
    ...['ab,bc->ac', 'ab,cb->ac', 'ba,bc->ca', 'abc,cd->abd', 'abc,cde->abde', 'abcd,cde->abe', 'abc,bd->adc'],
    ...['abcd,aecd->acbe', 'acbe,aecd->abcd', 'a,b->ab', 'ab,ab->', 'abc,bce->a', 'abc,ad->bd', 'ab,ac->a', 'ab,b->a'],
  ])('%s is the sum of products', async (equation) => {
    const [left = '', right = '', result = ''] = equation.split(/,|->/);
    const shape = (labels: string): readonly number[] => [...labels].map((letter) => sizes[letter] as number);
    const [x, y] = [normal64(shape(left), 1), normal64(shape(right), 2)];
    const actual = einsum(equation, x, y);
    expect(actual.shape).toEqual(shape(result));
    expect(relativeError(await actual.data(), await naive(equation, x, y))).toBeLessThan(1e-12);
  });

  test.each([
    ['...b,bc->...c', 'adeb,bc->adec', [2, 2, 3, 3]],
    ['ab...,bc->ac...', 'abde,bc->acde', [2, 3, 2, 3]],
    ['...b,bc->...c', 'b,bc->c', [3]],
  ] as const)('%s stands for %s', async (equation, written, shape) => {
    const [x, y] = [normal64(shape, 1), normal64([3, 4], 2)];
    expect(await einsum(equation, x, y).array()).toEqual(await einsum(written, x, y).array());
  });

  test.each(['ab,bc', 'ab,bc->ad', 'aa,ab->b', 'abc,bc->a', 'a.b,bc->ac', 'ab,bc->aca', ''])(
    'refuses %j',
    (equation) => {
      expect(() => einsum(equation, normal64([2, 3], 1), normal64([3, 4], 2))).toThrow(ArgumentError);
    },
  );

  test('refuses axes of one letter that differ in size', () => {
    expect(() => einsum('ab,bc->ac', normal64([2, 3], 1), normal64([2, 4], 2))).toThrow(ShapeMismatchError);
  });
});

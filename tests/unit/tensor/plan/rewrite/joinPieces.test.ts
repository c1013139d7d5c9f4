import { add, gradients, mul, neg, pad, slice, sum, type Tensor, tanh } from 'mapache/tensor';
import { expect, it, test } from 'vitest';
import { joinPieces } from '../../../../../src/tensor/plan/rewrite/joinPieces.js';
import { expectSameOutputs, normal64, operations } from '../../../../support/rewriting.js';

const x = normal64([2, 6], 1);

/** Columns of `x`, in their place among zeros. */
const piece = (a: Tensor, begin: number, size: number): Tensor =>
  pad(slice(tanh(a), [0, begin], [2, size]), [
    [0, 0],
    [begin, 6 - begin - size],
  ]);

it.each<[string, (x: Tensor) => Tensor, readonly string[]]>([
  ['pieces in a row', (a) => add(add(piece(a, 4, 2), piece(a, 2, 2)), piece(a, 0, 2)), ['concat']],
  ['pieces in another order', (a) => add(piece(a, 0, 3), add(piece(a, 5, 1), piece(a, 3, 2))), ['concat']],
  ['pieces with nothing before and after', (a) => add(piece(a, 1, 2), piece(a, 3, 2)), ['concat', 'pad']],
  ['pieces with a gap', (a) => add(piece(a, 0, 2), piece(a, 4, 2)), ['concat']],
  ['pieces and something else', (a) => add(neg(a), add(piece(a, 0, 2), piece(a, 2, 4))), ['concat', 'add']],
])('%s are joined', async (_, build, steps) => {
  const plan = await expectSameOutputs((a) => [build(a as Tensor)], [x], joinPieces);
  expect(operations(plan).filter((op) => ['add', 'concat', 'pad'].includes(op))).toEqual(steps);
});

it.each<[string, (x: Tensor) => Tensor]>([
  ['overlap', (a) => add(piece(a, 0, 4), piece(a, 3, 3))],
  [
    'lie along different axes',
    (a) =>
      add(
        piece(a, 0, 3),
        pad(slice(tanh(a), [1], [1]), [
          [1, 0],
          [0, 0],
        ]),
      ),
  ],
  [
    'are no zeros around',
    (a) =>
      add(
        pad(
          slice(a, [0, 0], [2, 3]),
          [
            [0, 0],
            [0, 3],
          ],
          { value: 1 },
        ),
        piece(a, 3, 3),
      ),
  ],
])('pieces that %s stay as they are', async (_, build) => {
  const plan = await expectSameOutputs((a) => [build(a as Tensor)], [x], joinPieces);
  expect(plan.rewrites.filter((note) => note.startsWith('join'))).toEqual([]);
});

it('joins a sum that is read twice once, and leaves what else reads a part of it', async () => {
  const build = (a: Tensor): readonly Tensor[] => {
    const part = add(piece(a, 0, 2), piece(a, 2, 2));
    const whole = add(part, piece(a, 4, 2));
    return [mul(whole, whole), neg(part)];
  };
  await expectSameOutputs((a) => build(a as Tensor), [x], joinPieces);
});

test('the gradient of many slices is one joining', async () => {
  const gradient = (a: Tensor): readonly Tensor[] => {
    const parts = Array.from({ length: 6 }, (_, i) => tanh(slice(a, [0, i], [2, 1])));
    const loss = parts.map((part) => sum(part)).reduce((total, part) => add(total, part));
    return gradients(loss, [a]);
  };
  const plan = await expectSameOutputs((a) => gradient(a as Tensor), [x], joinPieces);
  expect(operations(plan)).not.toContain('pad');
  expect(operations(plan).filter((op) => op === 'concat')).toHaveLength(1);
});

import {
  abs,
  add,
  argMax,
  avgPool2d,
  broadcastTo,
  cast,
  concat,
  conv2d,
  type DType,
  depthwiseConv2d,
  equal,
  expandDims,
  fill,
  gather,
  layerNorm,
  logicalNot,
  logSumExp,
  matmul,
  max,
  maxPool2d,
  mean,
  min,
  oneHot,
  ones,
  type PadPair,
  pad,
  randomNormal,
  randomUniform,
  reshape,
  resizeBilinear,
  resizeNearest,
  type Shape,
  scatterAdd,
  slice,
  softmax,
  squeeze,
  stack,
  sum,
  type Tensor,
  transpose,
  variance,
  where,
  zeros,
} from 'mapache/tensor';
import { expect, it } from 'vitest';

const f = (...shape: Shape): Tensor => ones(shape);
const ids = (...shape: Shape): Tensor => zeros(shape, 'int32');
const yes = (...shape: Shape): Tensor => ones(shape, 'bool');

type Row = readonly [what: string, result: Tensor, shape: Shape, dtype?: DType];

const rows: readonly Row[] = [
  ['add of a row to a matrix', add(f(2, 3), f(3)), [2, 3]],
  ['add of a column to a row', add(f(2, 1), f(3)), [2, 3]],
  ['add of a number to integers', add(ids(2), 1), [2], 'int32'],
  ['add with a number on the left', add(1, ids(2)), [2], 'int32'],
  ['a comparison', equal(f(2, 1), f(1, 3)), [2, 3], 'bool'],
  ['logicalNot', logicalNot(yes(2)), [2], 'bool'],
  ['where with three shapes', where(yes(4, 1, 1), f(3, 1), f(2)), [4, 3, 2]],
  ['where with numbers', where(yes(2), 1, 0), [2]],
  ['abs of integers', abs(ids(2)), [2], 'int32'],
  ['cast', cast(f(2), 'uint8'), [2], 'uint8'],

  ['sum of everything', sum(f(2, 3)), []],
  ['sum along an axis', sum(f(2, 3, 4), { axes: -1 }), [2, 3]],
  ['sum along axes that stay', sum(f(2, 3, 4), { axes: [0, 2], keepDims: true }), [1, 3, 1]],
  ['sum of integers', sum(ids(2)), [], 'int32'],
  ['sum of nothing', sum(f(0, 3), { axes: 0 }), [3]],
  ['max along no axis', max(f(2, 3), { axes: [] }), [2, 3]],
  ['min along an axis', min(f(2, 3), { axes: 0 }), [3]],
  ['mean', mean(f(2, 3), { axes: 1 }), [2]],
  ['variance', variance(f(2, 3), { axes: 0, keepDims: true }), [1, 3]],
  ['logSumExp', logSumExp(f(2, 3), { axes: 1 }), [2]],
  ['logSumExp that keeps its axes', logSumExp(f(2, 3), { axes: 1, keepDims: true }), [2, 1]],
  ['argMax', argMax(f(2, 3)), [2], 'int32'],
  ['argMax of an axis', argMax(f(2, 3), 0), [3], 'int32'],

  ['matmul', matmul(f(2, 3), f(3, 4)), [2, 4]],
  ['matmul with both transposed', matmul(f(3, 2), f(4, 3), { transposeA: true, transposeB: true }), [2, 4]],
  ['matmul of a batch with one matrix', matmul(f(5, 2, 3), f(3, 4)), [5, 2, 4]],
  ['matmul of a batch with one transposed matrix', matmul(f(5, 2, 3), f(4, 3), { transposeB: true }), [5, 2, 4]],
  ['matmul of a transposed batch with one matrix', matmul(f(5, 3, 2), f(3, 4), { transposeA: true }), [5, 2, 4]],
  ['matmul of batches that broadcast', matmul(f(5, 1, 2, 3), f(6, 3, 4)), [5, 6, 2, 4]],
  ['matmul over nothing', matmul(f(2, 0), f(0, 4)), [2, 4]],

  ['conv2d', conv2d(f(2, 8, 9, 3), f(3, 3, 3, 4)), [2, 6, 7, 4]],
  ['conv2d padded to the same size', conv2d(f(1, 8, 9, 3), f(3, 3, 3, 4), { padding: 'same' }), [1, 8, 9, 4]],
  ['conv2d with strides', conv2d(f(1, 8, 9, 3), f(3, 3, 3, 4), { padding: 'same', strides: [2, 3] }), [1, 4, 3, 4]],
  ['conv2d with dilations', conv2d(f(1, 8, 9, 3), f(3, 3, 3, 4), { dilations: [2, 1] }), [1, 4, 7, 4]],
  ['conv2d in groups', conv2d(f(1, 4, 4, 6), f(1, 1, 2, 9), { groups: 3 }), [1, 4, 4, 9]],
  [
    'conv2d with its own padding',
    conv2d(f(1, 4, 4, 1), f(3, 3, 1, 1), {
      padding: [
        [1, 0],
        [2, 2],
      ],
    }),
    [1, 3, 6, 1],
  ],
  ['depthwiseConv2d', depthwiseConv2d(f(1, 5, 5, 3), f(3, 3, 3, 2)), [1, 3, 3, 6]],
  ['maxPool2d', maxPool2d(f(1, 5, 5, 3)), [1, 2, 2, 3]],
  ['maxPool2d padded to the same size', maxPool2d(f(1, 5, 5, 3), { padding: 'same' }), [1, 3, 3, 3]],
  ['avgPool2d', avgPool2d(f(1, 5, 4, 3), { poolSize: [3, 2], strides: 1 }), [1, 3, 3, 3]],
  ['resizeBilinear', resizeBilinear(f(1, 5, 4, 3), [7, 2]), [1, 7, 2, 3]],
  ['resizeNearest of bytes', resizeNearest(zeros([1, 2, 2, 3], 'uint8'), [4, 4]), [1, 4, 4, 3], 'uint8'],

  ['reshape', reshape(f(2, 6), [3, -1]), [3, 4]],
  ['reshape of nothing', reshape(f(0, 3), [-1]), [0]],
  ['transpose', transpose(f(2, 3, 4)), [4, 3, 2]],
  ['transpose by a permutation', transpose(f(2, 3, 4), [0, -1, 1]), [2, 4, 3]],
  ['broadcastTo', broadcastTo(f(3, 1), [2, 3, 4]), [2, 3, 4]],
  ['broadcastTo of a number', broadcastTo(7, [2]), [2]],
  [
    'pad',
    pad(f(2, 3), [
      [1, 0],
      [0, 2],
    ]),
    [3, 5],
  ],
  [
    'pad by reflection',
    pad(
      f(2, 3),
      [
        [1, 1],
        [2, 0],
      ],
      { mode: 'reflect' },
    ),
    [4, 5],
  ],
  ['slice', slice(f(4, 5), [1], [2]), [2, 5]],
  ['slice to the end', slice(f(4, 5), [1, 2], [-1, -1]), [3, 3]],
  ['slice of nothing', slice(f(4, 5), [4, 0], [0, 5]), [0, 5]],
  ['concat', concat([f(2, 3), f(2, 1)]), [2, 4]],
  ['concat along the first axis', concat([f(2, 3), f(1, 3), f(4, 3)], 0), [7, 3]],
  ['stack', stack([f(2), f(2)]), [2, 2]],
  ['stack at the end', stack([f(2), f(2), f(2)], -1), [2, 3]],
  ['gather of rows', gather(f(5, 3), ids(2, 4)), [2, 4, 3]],
  ['gather along the last axis', gather(f(5, 3), ids(), -1), [5]],
  ['scatterAdd', scatterAdd(f(4, 3), ids(4), { size: 7 }), [7, 3]],
  ['oneHot', oneHot(ids(2, 3), 5), [2, 3, 5]],
  ['expandDims', expandDims(f(2, 3), -1), [2, 3, 1]],
  ['squeeze', squeeze(f(1, 2, 1)), [2]],
  ['squeeze of some axes', squeeze(f(1, 2, 1), 0), [2, 1]],

  ['softmax', softmax(f(2, 3), 0), [2, 3]],
  ['layerNorm', layerNorm(f(2, 3)), [2, 3]],
  ['fill', fill([2, 2], 3, 'int32'), [2, 2], 'int32'],
  ['randomUniform', randomUniform([2, 3]), [2, 3]],
  ['randomNormal in float64', randomNormal([4], { dtype: 'float64' }), [4], 'float64'],
];

const cases = rows.map(([what, result, shape, dtype = 'float32']) => ({ what, result, shape, dtype }));

it.each(cases)(
  'the shape rule of $what holds when it is made and when it is read',
  async ({ result, shape, dtype }) => {
    expect(result).toMatchObject({ shape, dtype });
    const data = await result.data();
    expect(data).toHaveLength(result.size);
    expect(data.constructor).toBe((await zeros([], dtype).data()).constructor);
  },
);

it('an operation that would change nothing gives its input back', () => {
  const x = f(2, 3);
  expect(reshape(x, [2, 3])).toBe(x);
  expect(broadcastTo(x, [2, 3])).toBe(x);
  expect(cast(x, 'float32')).toBe(x);
  expect(slice(x, [0], [-1])).toBe(x);
  expect(
    pad(x, [
      [0, 0],
      [0, 0],
    ]),
  ).toBe(x);
  expect(concat([x])).toBe(x);
  expect(squeeze(x)).toBe(x);
});

it('an operation makes its own copy of what it is given', async () => {
  const shape = [2, 3];
  const pair: [number, number] = [1, 0];
  const padding: [PadPair, PadPair] = [pair, pair];
  const made = [
    reshape(f(6), shape),
    broadcastTo(1, shape),
    fill(shape, 1),
    randomUniform(shape),
    pad(f(1, 2), padding),
    slice(f(4, 4), [0, 0], shape),
    maxPool2d(f(1, 1, 2, 1), { poolSize: 1, padding }),
  ];
  shape[0] = 99;
  pair[0] = 99;
  const expected = made.map((result) => (result.rank === 4 ? [1, 2, 3, 1] : [2, 3]));
  expect(made.map((result) => result.shape)).toEqual(expected);
  for (const result of made) expect(await result.data()).toHaveLength(6);
});

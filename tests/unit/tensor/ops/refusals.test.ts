import {
  ArgumentError,
  AxisError,
  add,
  apply,
  argMax,
  avgPool2d,
  broadcastTo,
  concat,
  conv2d,
  DTypeError,
  depthwiseConv2d,
  div,
  dropout,
  equal,
  erf,
  exp,
  expandDims,
  gather,
  layerNorm,
  logicalAnd,
  logicalNot,
  logicalOr,
  MapacheError,
  matmul,
  max,
  maxPool2d,
  mean,
  min,
  mul,
  neg,
  oneHot,
  ones,
  type PrimitiveName,
  pad,
  pow,
  randomNormal,
  randomUniform,
  relu,
  reshape,
  resizeBilinear,
  resizeNearest,
  type Shape,
  ShapeError,
  ShapeMismatchError,
  scatterAdd,
  sigmoid,
  slice,
  softmax,
  sqrt,
  squeeze,
  stack,
  sub,
  sum,
  type Tensor,
  transpose,
  where,
} from 'mapache/tensor';
import { expect, it } from 'vitest';

const f = (...shape: Shape): Tensor => ones(shape);
const ids = (...shape: Shape): Tensor => ones(shape, 'int32');
const yes = (...shape: Shape): Tensor => ones(shape, 'bool');

type Row = readonly [
  operation: string,
  why: string,
  build: () => Tensor,
  ErrorClass: new (...args: never[]) => MapacheError,
];

const elementwise = { add, sub, mul, div, pow };
const smooth = { exp, sqrt, erf, sigmoid, relu };

const rows: readonly Row[] = [
  ...Object.entries(elementwise).flatMap(([name, op]): Row[] => [
    [name, 'shapes that do not broadcast', () => op(f(2, 3), f(2)), ShapeMismatchError],
    [name, 'two dtypes', () => op(f(2), ids(2)), DTypeError],
    [name, 'truth values', () => op(yes(2), yes(2)), DTypeError],
  ]),
  ...Object.entries(smooth).map(([name, op]): Row => [name, 'integers', () => op(ids(2)), DTypeError]),
  ['neg', 'truth values', () => neg(yes(2)), DTypeError],
  ['equal', 'two dtypes', () => equal(f(2), ids(2)), DTypeError],
  ['equal', 'shapes that do not broadcast', () => equal(f(2), f(3)), ShapeMismatchError],
  ['logicalAnd', 'numbers', () => logicalAnd(f(2), f(2)), DTypeError],
  ['logicalOr', 'numbers', () => logicalOr(ids(2), ids(2)), DTypeError],
  ['logicalNot', 'numbers', () => logicalNot(f(2)), DTypeError],
  ['where', 'a condition of numbers', () => where(f(2), f(2), f(2)), DTypeError],
  ['where', 'branches of two dtypes', () => where(yes(2), f(2), ids(2)), DTypeError],
  ['where', 'a condition of another shape', () => where(yes(3), f(2), f(2)), ShapeMismatchError],

  ['sum', 'an axis outside', () => sum(f(2, 3), { axes: 2 }), AxisError],
  ['sum', 'truth values', () => sum(yes(2)), DTypeError],
  ['mean', 'an axis outside', () => mean(f(2, 3), { axes: [-3] }), AxisError],
  ['max', 'nothing', () => max(f(0, 3), { axes: 0 }), ShapeError],
  ['min', 'nothing', () => min(f(2, 0)), ShapeError],
  ['argMax', 'an empty axis', () => argMax(f(2, 0)), ShapeError],
  ['argMax', 'a scalar', () => argMax(f()), AxisError],
  ['softmax', 'a scalar', () => softmax(f()), AxisError],
  ['layerNorm', 'an axis outside', () => layerNorm(f(2), { axes: 1 }), AxisError],

  ['matmul', 'a vector', () => matmul(f(3), f(3, 2)), ShapeError],
  ['matmul', 'inner sizes that differ', () => matmul(f(2, 3), f(4, 5)), ShapeMismatchError],
  [
    'matmul',
    'inner sizes that differ once transposed',
    () => matmul(f(2, 3), f(3, 5), { transposeB: true }),
    ShapeMismatchError,
  ],
  ['matmul', 'batches that do not broadcast', () => matmul(f(2, 2, 3), f(3, 3, 2)), ShapeMismatchError],
  ['matmul', 'two dtypes', () => matmul(f(2, 2), ids(2, 2)), DTypeError],
  ['matmul', 'integers', () => matmul(ids(2, 2), ids(2, 2)), DTypeError],

  ['conv2d', 'images without a batch', () => conv2d(f(8, 8, 3), f(3, 3, 3, 4)), ShapeError],
  ['conv2d', 'a filter of rank 3', () => conv2d(f(1, 8, 8, 3), f(3, 3, 3)), ShapeError],
  ['conv2d', 'channels that differ', () => conv2d(f(1, 8, 8, 3), f(3, 3, 4, 4)), ShapeMismatchError],
  ['conv2d', 'an image smaller than the filter', () => conv2d(f(1, 2, 2, 3), f(3, 3, 3, 4)), ShapeError],
  [
    'conv2d',
    'an image smaller than the dilated filter',
    () => conv2d(f(1, 4, 4, 3), f(3, 3, 3, 4), { dilations: 2 }),
    ShapeError,
  ],
  [
    'conv2d',
    'groups that do not divide the filters',
    () => conv2d(f(1, 8, 8, 4), f(3, 3, 2, 3), { groups: 2 }),
    ShapeMismatchError,
  ],
  ['conv2d', 'groups of nothing', () => conv2d(f(1, 8, 8, 3), f(3, 3, 3, 4), { groups: 0 }), ArgumentError],
  ['conv2d', 'strides of 0', () => conv2d(f(1, 8, 8, 3), f(3, 3, 3, 4), { strides: 0 }), ArgumentError],
  ['conv2d', 'half a dilation', () => conv2d(f(1, 8, 8, 3), f(3, 3, 3, 4), { dilations: [1, 0.5] }), ArgumentError],
  [
    'conv2d',
    'an unknown padding',
    () => conv2d(f(1, 8, 8, 3), f(3, 3, 3, 4), { padding: 'full' as 'same' }),
    ArgumentError,
  ],
  [
    'conv2d',
    'negative padding',
    () =>
      conv2d(f(1, 8, 8, 3), f(3, 3, 3, 4), {
        padding: [
          [-1, 0],
          [0, 0],
        ],
      }),
    ArgumentError,
  ],
  ['conv2d', 'integers', () => conv2d(ids(1, 8, 8, 3), ids(3, 3, 3, 4)), DTypeError],
  ['depthwiseConv2d', 'channels that differ', () => depthwiseConv2d(f(1, 8, 8, 3), f(3, 3, 4, 1)), ShapeMismatchError],
  ['maxPool2d', 'an image smaller than the window', () => maxPool2d(f(1, 2, 2, 3), { poolSize: 3 }), ShapeError],
  ['maxPool2d', 'three sizes', () => maxPool2d(f(1, 8, 8, 3), { poolSize: [1, 2, 3] as never }), ArgumentError],
  ['avgPool2d', 'a matrix', () => avgPool2d(f(8, 8)), ShapeError],
  ['avgPool2d', 'integers', () => avgPool2d(ids(1, 8, 8, 3)), DTypeError],
  ['resizeBilinear', 'integers', () => resizeBilinear(ids(1, 2, 2, 3), [4, 4]), DTypeError],
  ['resizeBilinear', 'a size of 0', () => resizeBilinear(f(1, 2, 2, 3), [0, 4]), ArgumentError],
  ['resizeNearest', 'images without a batch', () => resizeNearest(f(2, 2, 3), [4, 4]), ShapeError],

  ['reshape', 'another number of elements', () => reshape(f(2, 3), [4]), ShapeError],
  ['reshape', 'two unknown sizes', () => reshape(f(2, 3), [-1, -1]), ShapeError],
  ['reshape', 'a size that does not divide', () => reshape(f(2, 3), [4, -1]), ShapeError],
  ['reshape', 'negative sizes whose product fits', () => reshape(f(2, 3), [-2, -3]), ShapeError],
  ['transpose', 'an axis twice', () => transpose(f(2, 3), [0, 0]), ArgumentError],
  ['transpose', 'too few axes', () => transpose(f(2, 3), [0]), ArgumentError],
  ['transpose', 'an axis outside', () => transpose(f(2, 3), [0, 2]), AxisError],
  ['broadcastTo', 'a shape that does not fit', () => broadcastTo(f(2), [3]), ShapeMismatchError],
  ['broadcastTo', 'a smaller shape', () => broadcastTo(f(2, 3), [3]), ShapeMismatchError],
  ['pad', 'too few pairs', () => pad(f(2, 3), [[1, 1]]), ArgumentError],
  ['pad', 'negative counts', () => pad(f(2), [[-1, 1]]), ArgumentError],
  ['pad', 'a reflection longer than the axis', () => pad(f(2), [[2, 0]], { mode: 'reflect' }), ArgumentError],
  ['slice', 'a block that passes the end', () => slice(f(4), [2], [3]), ArgumentError],
  ['slice', 'a negative begin', () => slice(f(4), [-1], [1]), ArgumentError],
  ['slice', 'too many axes', () => slice(f(4), [0, 0], [1, 1]), ArgumentError],
  ['concat', 'nothing', () => concat([]), ArgumentError],
  ['concat', 'other axes that differ', () => concat([f(2, 3), f(3, 3)]), ShapeMismatchError],
  ['concat', 'two ranks', () => concat([f(2, 3), f(2)]), ShapeMismatchError],
  ['concat', 'two dtypes', () => concat([f(2), ids(2)]), DTypeError],
  ['concat', 'scalars', () => concat([f(), f()]), AxisError],
  ['concat', 'shapes that differ, stacked', () => stack([f(2), f(3)]), ShapeMismatchError],
  ['gather', 'floating indices', () => gather(f(3), f(2)), DTypeError],
  ['gather', 'an axis outside', () => gather(f(3), ids(2), 1), AxisError],
  ['scatterAdd', 'floating indices', () => scatterAdd(f(3), f(3), { size: 4 }), DTypeError],
  ['scatterAdd', 'indices of another shape', () => scatterAdd(f(3), ids(2), { size: 4 }), ShapeMismatchError],
  ['scatterAdd', 'a negative size', () => scatterAdd(f(3), ids(3), { size: -1 }), ShapeError],
  ['oneHot', 'floating indices', () => oneHot(f(3), 4), DTypeError],
  ['oneHot', 'a depth of 0', () => oneHot(ids(3), 0), ArgumentError],
  ['expandDims', 'an axis outside', () => expandDims(f(2), 2), AxisError],
  ['squeeze', 'an axis outside', () => squeeze(f(2), 1), AxisError],

  ['randomUniform', 'a fractional seed', () => randomUniform([2], { seed: 0.5 }), ArgumentError],
  ['randomNormal', 'a fractional stream', () => randomNormal([2], { stream: Number.NaN }), ArgumentError],
  ['randomUniform', 'a negative shape', () => randomUniform([-2]), ShapeError],
  ['randomUniform', 'a floating step', () => randomUniform([2], { step: f() }), DTypeError],
  ['randomUniform', 'a step for each element', () => randomUniform([2], { step: ids(2) }), DTypeError],
  ['randomUniform', 'a mask of negative shape', () => dropout(f(2), { rate: 0.5, noiseShape: [-1] }), ShapeError],
  ['dropout', 'a rate above 1', () => dropout(f(2), { rate: 1.5 }), ArgumentError],
  ['dropout', 'a rate that is no number', () => dropout(f(2), { rate: Number.NaN }), ArgumentError],
  ['apply', 'an unknown primitive', () => apply('invented' as PrimitiveName, [f(2)], null as never), ArgumentError],
  ['fill', 'more elements than a tensor may have', () => add(f(2 ** 20, 1), f(2 ** 20)), ShapeError],
];

it.each(rows)('%s refuses %s at the line that asks for it', (operation, _, build, ErrorClass) => {
  const refusal = refusalOf(build);
  expect(refusal).toBeInstanceOf(ErrorClass);
  if (operation !== 'fill') expect(refusal.operation).toBe(operation);
  for (const part of [refusal.expected, refusal.received, refusal.remedy]) expect(part).not.toBe('');
  expect(refusal.message).toBe(
    `${refusal.operation}: expected ${refusal.expected}, received ${refusal.received}. ${refusal.remedy}`,
  );
});

it('nothing is computed before a refusal', () => {
  const lazy = add(f(2, 3), 1);
  expect(() => matmul(lazy, lazy)).toThrow(ShapeMismatchError);
  expect(lazy.storage).toBeNull();
});

it('a mismatch shows the shapes that were given', () => {
  const { message } = refusalOf(() => matmul(f(5, 2, 3), f(4, 6)));
  expect(message).toContain('a shape compatible with [5, 2, 3], received [4, 6]');
});

it('a convolution says how many channels there are and how many it expects', () => {
  const { message } = refusalOf(() => conv2d(f(1, 8, 8, 3), f(3, 3, 4, 4)));
  expect(message).toContain('The input has 3 channels, the filter expects 4.');
});

function refusalOf(build: () => Tensor): MapacheError {
  try {
    build();
  } catch (error) {
    if (error instanceof MapacheError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

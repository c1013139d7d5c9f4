import fc from 'fast-check';
import {
  add,
  broadcastTo,
  concat,
  conv2d,
  depthwiseConv2d,
  gather,
  matmul,
  max,
  mul,
  neg,
  oneHot,
  type PadPair,
  pad,
  reshape,
  sameBits,
  scatterAdd,
  slice,
  softmax,
  sub,
  sum,
  type Tensor,
  tensor,
  transpose,
} from 'mapache/tensor';
import { describe, expect, test } from 'vitest';
import {
  arrays,
  broadcastableShapes,
  integerArray,
  permutations,
  shapes,
  someAxes,
  toTensor,
} from '../../support/arbitraries.js';

const tensors = shapes({ maxRank: 4 })
  .chain((shape) => arrays([shape]))
  .map(([draw]) => toTensor(draw as never));
const matrices = shapes({ minRank: 2, maxRank: 2, extent: 5 })
  .chain((shape) => arrays([shape]))
  .map(([draw]) => toTensor(draw as never));

async function expectSameBits(a: Tensor, b: Tensor): Promise<void> {
  expect(a.shape).toEqual(b.shape);
  expect(sameBits(await a.data(), await b.data())).toBe(true);
}

async function expectClose(a: Tensor, b: Tensor): Promise<void> {
  expect(a.shape).toEqual(b.shape);
  const scale = Math.max(1, ...(await a.data()).map(Math.abs));
  for (const difference of await sub(a, b).data()) expect(Math.abs(difference) / scale).toBeLessThan(1e-12);
}

const check = <T>(arbitrary: fc.Arbitrary<T>, body: (value: T) => Promise<void>): Promise<void> =>
  fc.assert(fc.asyncProperty(arbitrary, body), { numRuns: 40 });

describe('moving numbers', () => {
  test('nested arrays come back as they were', () =>
    check(tensors, async (x) => {
      await expectSameBits(tensor(await x.array(), { dtype: 'float64', shape: x.shape }), x);
    }));

  test('a transpose is undone by the inverse permutation', () =>
    check(
      tensors.chain((x) => permutations(x.rank).map((order) => ({ x, order }))),
      async ({ x, order }) => {
        const inverse = order.map((_, axis) => order.indexOf(axis));
        await expectSameBits(transpose(transpose(x, order), inverse), x);
      },
    ));

  test('what was joined can be cut apart again', () =>
    check(
      fc
        .tuple(shapes({ minRank: 1 }), fc.nat(), fc.array(fc.nat(3), { minLength: 1, maxLength: 4 }))
        .chain(([shape, place, widths]) => {
          const axis = place % shape.length;
          return arrays(widths.map((width) => shape.map((size, i) => (i === axis ? width : size)))).map((parts) => ({
            axis,
            parts: parts.map(toTensor),
          }));
        }),
      async ({ axis, parts }) => {
        const joined = concat(parts, axis);
        let offset = 0;
        for (const part of parts) {
          const begin = part.shape.map((_, i) => (i === axis ? offset : 0));
          offset += part.shape[axis] as number;
          await expectSameBits(slice(joined, begin, part.shape), part);
        }
      },
    ));

  test('what was added around a tensor can be cut off, and is the value asked for', () =>
    check(
      tensors.chain((x) =>
        fc
          .array(fc.tuple(fc.nat(2), fc.nat(2)), { minLength: x.rank, maxLength: x.rank })
          .map((padding: PadPair[]) => ({ x, padding })),
      ),
      async ({ x, padding }) => {
        const padded = pad(x, padding, { value: 7 });
        await expectSameBits(
          slice(
            padded,
            padding.map(([before]) => before),
            x.shape,
          ),
          x,
        );
        const total = await sum(padded).item();
        expect(total).toBeCloseTo((await sum(x).item()) + 7 * (padded.size - x.size), 6);
      },
    ));

  test('broadcasting operands is the same as repeating them first', () =>
    check(
      broadcastableShapes(2).chain((pair) => arrays(pair)),
      async (draws) => {
        const [a, b] = draws.map(toTensor) as [Tensor, Tensor];
        const total = add(a, b);
        await expectSameBits(add(broadcastTo(a, total.shape), broadcastTo(b, total.shape)), total);
      },
    ));
});

describe('reductions', () => {
  test('a sum over several axes is a sum over one after the other', () =>
    check(
      tensors.chain((x) => someAxes(x.rank).map((axes) => ({ x, axes }))),
      async ({ x, axes }) => {
        const oneByOne = axes.reduceRight((partial, axis) => sum(partial, { axes: axis }), x);
        await expectClose(sum(x, { axes }), oneByOne);
      },
    ));

  test('kept axes have size 1 and change no number', () =>
    check(
      tensors.chain((x) => someAxes(x.rank).map((axes) => ({ x, axes }))),
      async ({ x, axes }) => {
        const reduced = max(x, { axes });
        await expectSameBits(reshape(max(x, { axes, keepDims: true }), reduced.shape), reduced);
      },
    ));

  test('softmax is positive, sums to 1 and does not see a shift', () =>
    check(matrices, async (x) => {
      const y = softmax(x);
      expect((await y.data()).every((value) => value > 0)).toBe(true);
      for (const total of await sum(y, { axes: -1 }).data()) expect(total).toBeCloseTo(1, 12);
      await expectClose(softmax(add(x, 3)), y);
    }));
});

describe('products', () => {
  const factors = fc
    .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }))
    .chain(([m, k, n]) =>
      arrays([
        [m, k],
        [k, n],
        [k, n],
      ]),
    )
    .map((draws) => draws.map(toTensor) as [Tensor, Tensor, Tensor]);

  test('a transposed flag means the transposed matrix', () =>
    check(factors, async ([a, b]) => {
      const product = matmul(a, b);
      await expectClose(matmul(transpose(a), b, { transposeA: true }), product);
      await expectClose(matmul(a, transpose(b), { transposeB: true }), product);
      await expectClose(transpose(matmul(transpose(b), transpose(a))), product);
    }));

  test('a product is linear', () =>
    check(factors, async ([a, b, c]) => {
      await expectClose(matmul(a, add(b, c)), add(matmul(a, b), matmul(a, c)));
    }));

  test('a product of batches is the products of their matrices', () =>
    check(
      fc
        .tuple(fc.integer({ min: 1, max: 3 }), fc.boolean())
        .chain(([batch, shared]) =>
          arrays([[batch, 2, 3], shared ? [3, 2] : [batch, 3, 2]]).map(
            (draws) => draws.map(toTensor) as [Tensor, Tensor],
          ),
        ),
      async ([a, b]) => {
        const matrix = (x: Tensor, i: number): Tensor =>
          x.rank === 2 ? x : reshape(slice(x, [i], [1]), x.shape.slice(1));
        const product = matmul(a, b);
        for (let i = 0; i < (a.shape[0] as number); i++) {
          await expectClose(matmul(matrix(a, i), matrix(b, i)), matrix(product, i));
        }
      },
    ));

  test('a convolution with a filter of one pixel is a matrix product', () =>
    check(
      arrays([
        [2, 3, 2, 3],
        [1, 1, 3, 4],
      ]),
      async (draws) => {
        const [x, filter] = draws.map(toTensor) as [Tensor, Tensor];
        const product = matmul(reshape(x, [12, 3]), reshape(filter, [3, 4]));
        await expectClose(conv2d(x, filter), reshape(product, [2, 3, 2, 4]));
      },
    ));

  test('a depthwise convolution is a convolution in as many groups as channels', () =>
    check(
      arrays([
        [1, 4, 4, 3],
        [2, 3, 3, 2],
      ]),
      async (draws) => {
        const [x, filter] = draws.map(toTensor) as [Tensor, Tensor];
        const options = { padding: 'same', strides: [1, 2] } as const;
        const grouped = reshape(transpose(filter, [0, 1, 2, 3]), [2, 3, 1, 6]);
        await expectClose(depthwiseConv2d(x, filter, options), conv2d(x, grouped, { ...options, groups: 3 }));
      },
    ));
});

describe('indexing', () => {
  const indexed = fc.integer({ min: 1, max: 5 }).chain((size) =>
    fc
      .tuple(
        arrays([
          [size, 2],
          [4, 2],
        ]),
        integerArray([4], { min: 0, max: size - 1 }),
      )
      .map(([draws, indices]) => {
        const [x, updates] = draws.map(toTensor) as [Tensor, Tensor];
        return { x, updates, indices: toTensor(indices), size };
      }),
  );

  test('scatterAdd is the transpose of gather', () =>
    check(indexed, async ({ x, updates, indices, size }) => {
      const left = sum(mul(gather(x, indices), updates));
      const right = sum(mul(x, scatterAdd(updates, indices, { size })));
      expect(await left.item()).toBeCloseTo(await right.item(), 9);
    }));

  test('gather is a product with a one-hot table', () =>
    check(indexed, async ({ x, indices, size }) => {
      await expectClose(gather(x, indices), matmul(oneHot(indices, size, 'float64'), x));
    }));
});

test('negating twice changes no bit', () =>
  check(tensors, async (x) => {
    await expectSameBits(neg(neg(x)), x);
  }));

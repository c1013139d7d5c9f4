import fc from 'fast-check';
import {
  averagePool,
  conv,
  convTranspose,
  depthwiseConv,
  maxPool,
  mul,
  type Shape,
  ShapeError,
  ShapeMismatchError,
  sizeOf,
  sum,
  type Tensor,
  tensor,
  zeros,
} from 'mapache/tensor';
import { describe, expect, it } from 'vitest';
import { relativeError } from '../../../support/relative-error.js';
import { type SpatialDraw, spatialDraws } from '../../../support/spatial-cases.js';

/** Numbers that repeat late, so that a wrong index shows. */
function numbers(shape: Shape, from = 0): Tensor {
  return tensor(
    Float32Array.from({ length: sizeOf(shape) }, (_, i) => Math.sin(1 + i + from) * 2),
    { shape },
  );
}

/** Every index of an array of this shape, in order. */
function* indices(shape: readonly number[]): Generator<readonly number[]> {
  if (shape.length === 0) return yield [];
  const [size, ...rest] = shape as [number, ...number[]];
  for (let i = 0; i < size; i++) for (const tail of indices(rest)) yield [i, ...tail];
}

const offset = (shape: readonly number[], index: readonly number[]): number =>
  index.reduce((total, i, axis) => total * (shape[axis] as number) + i, 0);

/** Padding and positions along each axis, as TensorFlow defines them. */
function geometry({ space, window, strides, dilations, padding }: SpatialDraw) {
  return space.map((size, axis) => {
    const [stride, dilation] = [strides[axis] as number, dilations[axis] as number];
    const span = ((window[axis] as number) - 1) * dilation + 1;
    const same = Math.max((Math.ceil(size / stride) - 1) * stride + span - size, 0);
    const pair =
      padding === 'valid' ? [0, 0] : padding === 'same' ? [Math.floor(same / 2), Math.ceil(same / 2)] : padding[axis];
    const [before, after] = pair as readonly [number, number];
    return { before, stride, dilation, count: Math.floor((size + before + after - span) / stride) + 1 };
  });
}

/** For each position of the window the elements it looks at: where they are in space, and where in the window. */
function* windows(draw: SpatialDraw) {
  const axes = geometry(draw);
  for (const position of indices(axes.map(({ count }) => count))) {
    const seen = [...indices(draw.window)].flatMap((tap) => {
      const place = axes.map(
        ({ before, stride, dilation }, axis) =>
          (position[axis] as number) * stride + (tap[axis] as number) * dilation - before,
      );
      return place.every((at, axis) => at >= 0 && at < (draw.space[axis] as number)) ? [{ place, tap }] : [];
    });
    yield { position, seen };
  }
}

/** The sum over each window of `x` times the filter that `filterOf` says, in plain loops. */
async function slowly(
  draw: SpatialDraw,
  x: Tensor,
  filter: Tensor,
  outputs: number,
  terms: (output: number) => readonly (readonly [channel: number, ...filterChannels: number[]])[],
): Promise<number[]> {
  const [xs, ws] = [await x.data(), await filter.data()];
  const result: number[] = [];
  for (const { seen } of windows(draw)) {
    for (let output = 0; output < outputs; output++) {
      let total = 0;
      for (const { place, tap } of seen) {
        for (const [channel, ...rest] of terms(output)) {
          total +=
            (xs[offset(x.shape, [0, ...place, channel])] as number) *
            (ws[offset(filter.shape, [...tap, ...rest])] as number);
        }
      }
      result.push(total);
    }
  }
  return result;
}

describe('operations over one, two and three axes of space', () => {
  it('convolve, in groups, what plain loops convolve', async () => {
    await fc.assert(
      fc.asyncProperty(spatialDraws(2), async (draw) => {
        const x = numbers([1, ...draw.space, 4]);
        const filter = numbers([...draw.window, 2, 6], 0.3);
        const y = conv(x, filter, { ...draw, groups: 2 });
        const expected = await slowly(draw, x, filter, 6, (output) =>
          [0, 1].map((i) => [(output < 3 ? 0 : 2) + i, i, output] as const),
        );
        expect(y.shape).toEqual([1, ...geometry(draw).map(({ count }) => count), 6]);
        expect(relativeError(await y.data(), expected)).toBeLessThan(1e-5);
      }),
      { numRuns: 40 },
    );
  });

  it('convolve each channel on its own', async () => {
    await fc.assert(
      fc.asyncProperty(spatialDraws(2), async (draw) => {
        const x = numbers([1, ...draw.space, 3]);
        const filter = numbers([...draw.window, 3, 2], 0.3);
        const y = depthwiseConv(x, filter, draw);
        const expected = await slowly(draw, x, filter, 6, (output) => [
          [Math.floor(output / 2), Math.floor(output / 2), output % 2],
        ]);
        expect(relativeError(await y.data(), expected)).toBeLessThan(1e-5);
      }),
      { numRuns: 30 },
    );
  });

  it('pool what plain loops pool; padding neither wins nor counts', async () => {
    await fc.assert(
      fc.asyncProperty(spatialDraws(2), async (drawn) => {
        const draw = {
          ...drawn,
          dilations: drawn.dilations.map(() => 1),
          padding: drawn.padding === 'valid' ? drawn.padding : 'same',
        } as const;
        const x = numbers([1, ...draw.space, 1], -400);
        const xs = await x.data();
        const seen = [...windows(draw)].map((position) =>
          position.seen.map(({ place }) => xs[offset(draw.space, place)] as number),
        );
        const options = { poolSize: draw.window, strides: draw.strides, padding: draw.padding };
        expect([...(await maxPool(x, options).data())]).toEqual(seen.map((values) => Math.max(...values)));
        const means = seen.map((values) => values.reduce((total, value) => total + value, 0) / values.length);
        expect(relativeError(await averagePool(x, options).data(), means)).toBeLessThan(1e-5);
      }),
      { numRuns: 40 },
    );
  });

  it('transpose convolutions: the result reaches back as the convolution looked', async () => {
    await fc.assert(
      fc.asyncProperty(spatialDraws(2), fc.boolean(), async (drawn, same) => {
        const padding = same ? 'same' : 'valid';
        const draw = { ...drawn, padding } as const;
        const filter = numbers([...draw.window, 2, 3], 0.3);
        const large = numbers([2, ...draw.space, 2]);
        const small = conv(large, filter, draw);
        const y = numbers(small.shape, 0.7);
        const counts = geometry(draw).map(({ count }) => count);
        // What Keras adds to the least size to come to the size of `large`.
        const outputPadding = draw.space.map((size, axis) => {
          const span = ((draw.window[axis] as number) - 1) * (draw.dilations[axis] as number) + 1;
          return size - ((counts[axis] as number) - 1) * (draw.strides[axis] as number) - (same ? span % 2 : span);
        });
        fc.pre(outputPadding.every((count) => count >= 0));
        const back = convTranspose(y, filter, { ...draw, padding, outputPadding });
        expect(back.shape).toEqual(large.shape);
        // <conv(large), y> = <large, convTranspose(y)>
        const [left, right] = [sum(mul(small, y)), sum(mul(large, back))];
        const scale = Math.max(1, ...(await mul(small, y).data()).map(Math.abs));
        expect(Math.abs((await left.item()) - (await right.item())) / scale).toBeLessThan(1e-4);
      }),
      { numRuns: 60 },
    );
  });

  it('give transposed convolutions the sizes of Keras', () => {
    const size = (options: object, window = 3): number =>
      convTranspose(zeros([1, 5, 2]), zeros([window, 3, 2]), options).shape[1] as number;
    expect(size({ strides: 2, padding: 'same' })).toBe(10);
    expect(size({ strides: 3, padding: 'valid' }, 2)).toBe(15);
    expect(size({ strides: 2, padding: 'valid' })).toBe(11);
    expect(size({ strides: 2, padding: 'same', outputPadding: 1 })).toBe(10);
    expect(size({ strides: 2, padding: 'same', outputPadding: 0 })).toBe(9);
    expect(size({ strides: 2, padding: 'valid', outputPadding: 1 })).toBe(12);
    expect(size({ dilations: 2, padding: 'valid' })).toBe(9);
  });

  it('say what does not fit', () => {
    expect(() => conv(zeros([2, 3]), zeros([1, 1]))).toThrow(ShapeError);
    expect(() => conv(zeros([1, 4, 2]), zeros([3, 3, 2, 1]))).toThrow(/a filter of rank 3/);
    expect(() => conv(zeros([1, 2, 4, 4, 1]), zeros([3, 1, 1, 1, 1]))).toThrow(/a depth of at least 3/);
    expect(() => maxPool(zeros([1, 4, 1]), { poolSize: [2, 2] })).toThrow(
      /poolSize to be an integer of at least 1, or 1 of them/,
    );
    expect(() => convTranspose(zeros([1, 4, 2]), zeros([3, 2, 1]))).toThrow(ShapeMismatchError);
    expect(() => conv(zeros([1, 4, 2]), zeros([3, 2, 1]), { padding: [[-1, 0]] })).toThrow(/non-negative/);
  });
});

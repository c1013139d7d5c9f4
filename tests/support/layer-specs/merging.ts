import fc from 'fast-check';
import { type LayerDraw, type LayerSpec, sample, size } from './draws.js';

/** Two or three inputs that broadcast with the first, whose batch they share. */
const several = (least: number, most: number): fc.Arbitrary<LayerDraw> =>
  fc
    .tuple(
      sample,
      fc.array(fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }), { minLength: least - 1, maxLength: most - 1 }),
    )
    .map(([shape, ones]) => ({
      config: {},
      inputs: [shape, ...ones.map((flags) => shape.map((n, axis) => (axis > 0 && flags[axis] ? 1 : n)))],
    }));

const concatenation: fc.Arbitrary<LayerDraw> = fc
  .tuple(sample, fc.array(size(3), { minLength: 1, maxLength: 3 }))
  .chain(([shape, sizes]) =>
    fc.tuple(fc.integer({ min: 1, max: shape.length - 1 }), fc.boolean()).map(([axis, fromEnd]) => ({
      config: { axis: fromEnd ? axis - shape.length : axis },
      inputs: sizes.map((n) => shape.map((old, i) => (i === axis ? n : old))),
    })),
  );

/** Two inputs with one axis of the same size; the batch is that of both. */
const dot: fc.Arbitrary<LayerDraw> = fc
  .tuple(size(2), size(3), fc.array(size(2), { maxLength: 2 }), fc.array(size(2), { maxLength: 2 }), fc.nat(), fc.nat())
  .chain(([batch, shared, left, right, i, j]) => {
    const insert = (rest: readonly number[], place: number): readonly [number, readonly number[]] => {
      const axis = (place % (rest.length + 1)) + 1;
      return [axis, [batch, ...rest.slice(0, axis - 1), shared, ...rest.slice(axis - 1)]];
    };
    const [[first, x], [second, y]] = [insert(left, i), insert(right, j)];
    const both = fc.constantFrom<unknown>(
      [first, second],
      [first - x.length, second],
      ...(first === second ? [first] : []),
    );
    return fc.tuple(both, fc.constantFrom(undefined, false, true)).map(([axes, normalize]) => ({
      config: { axes, ...(normalize !== undefined && { normalize }) },
      inputs: [x, y],
    }));
  });

export const mergingSpecs = {
  Add: { draws: several(1, 3) },
  Average: { draws: several(1, 3) },
  Concatenate: { draws: concatenation },
  CustomScaleLayer: {
    draws: several(2, 2).chain((draw) =>
      fc.constantFrom(0.25, 1).map((scale) => ({ ...draw, config: { ...draw.config, scale } })),
    ),
  },
  Dot: { draws: dot },
  Maximum: { draws: several(1, 3) },
  Minimum: { draws: several(1, 3) },
  Multiply: { draws: several(1, 3) },
  Subtract: { draws: several(2, 2) },
} satisfies Readonly<Record<string, LayerSpec>>;

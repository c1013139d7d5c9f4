import fc from 'fast-check';
import type { PrimitiveParams, Shape, Size2d } from 'mapache/tensor';
import {
  type ArrayDraw,
  type ArraysOptions,
  above,
  arrays,
  awayFromZero,
  boolArray,
  broadcastableShapes,
  integerArray,
  permutations,
  shapes,
  someAxes,
} from './arbitraries.js';
import type { Draw, GradientCase, PrimitiveCases } from './gradients.js';
import { convolutions, depthwiseConvolutions, padPair, pools } from './windows.js';

type Resize = PrimitiveParams['resizeBilinear'];

/**
 * Params and inputs of every primitive. Numbers are well separated and away from the kinks of the operation.
 * @param extent about how large the dimensions get; differences of every element want small ones.
 */
export function primitiveCases(extent: number): PrimitiveCases {
  const size = fc.integer({ min: 1, max: extent });
  const anyShape = shapes({ extent });

  const unary = (options: ArraysOptions = {}): fc.Arbitrary<Draw<null>> =>
    anyShape.chain((shape) => arrays([shape], options)).map((inputs) => ({ params: null, inputs }));

  const binary = (options: ArraysOptions = {}): fc.Arbitrary<Draw<null>> =>
    broadcastableShapes(2, { extent })
      .chain((pair) => arrays(pair, options))
      .map((inputs) => ({ params: null, inputs }));

  const logical = (operands: number): fc.Arbitrary<Draw<null>> =>
    broadcastableShapes(operands, { extent })
      .chain((list) => fc.tuple(...list.map(boolArray)))
      .map((inputs) => ({ params: null, inputs }));

  const integers = (shape: Shape): fc.Arbitrary<ArrayDraw> =>
    integerArray(shape, { min: -2, max: 3, dtype: 'float64' });
  // The gradient with respect to a fractional exponent needs a positive base; a negative base an integer exponent.
  const pow = fc.oneof(
    binary({ domains: [above(0.5)] }),
    broadcastableShapes(2, { extent })
      .chain(([a, b]) => fc.tuple(arrays([a as Shape], { domains: [awayFromZero(0.5)] }), integers(b as Shape)))
      .map(([[a], b]) => ({ params: null, inputs: [a as ArrayDraw, b], wrt: [0] })),
  );

  const where: GradientCase<'where'> = broadcastableShapes(3, { extent })
    .chain(([condition, a, b]) => fc.tuple(boolArray(condition as Shape), arrays([a as Shape, b as Shape])))
    .map(([condition, branches]) => ({ params: null, inputs: [condition, ...branches] }));

  // On a grid of 1/256 both points of a difference are exact in float32, so that casting rounds nothing; integers are
  // at least a quarter away.
  const castCase: GradientCase<'cast'> = fc
    .tuple(anyShape, fc.constantFrom('float32' as const, 'float64', 'int32', 'uint8', 'bool'))
    .chain(([shape, dtype]) =>
      arrays([shape], { gap: 1, domains: [(value) => Math.round(value * 256) / 256] }).map((inputs) => ({
        params: { dtype },
        inputs,
        epsilon: 2 ** -10,
      })),
    );

  const reduction = anyShape.chain((shape) =>
    fc
      .tuple(someAxes(shape.length), fc.boolean(), arrays([shape]))
      .map(([axes, keepDims, inputs]) => ({ params: { axes, keepDims }, inputs })),
  );

  const argMax: GradientCase<'argMax'> = shapes({ minRank: 1, extent }).chain((shape) =>
    fc.tuple(fc.nat(shape.length - 1), arrays([shape])).map(([axis, inputs]) => ({ params: { axis }, inputs })),
  );

  const matmul: GradientCase<'matmul'> = fc
    .tuple(shapes({ maxRank: 2, extent: 2 }), fc.tuple(size, size, size), fc.boolean(), fc.boolean())
    .chain(([batch, [m, k, n], transposeA, transposeB]) => {
      const a = transposeA ? [k, m] : [m, k];
      const b = transposeB ? [n, k] : [k, n];
      return arrays([
        [...batch, ...a],
        [...batch, ...b],
      ] as Shape[]).map((inputs) => ({ params: { transposeA, transposeB }, inputs }));
    });

  const convolution = convolutions(extent);
  const depthwise = depthwiseConvolutions(extent);
  const pool = pools(extent);

  const reshape: GradientCase<'reshape'> = anyShape
    .chain((shape) => fc.tuple(arrays([shape]), fc.oneof(reorderings(shape), fc.constant([shape.reduce(product, 1)]))))
    .map(([inputs, shape]) => ({ params: { shape }, inputs }));

  const transpose: GradientCase<'transpose'> = shapes({ maxRank: 4, extent }).chain((shape) =>
    fc
      .tuple(permutations(shape.length), arrays([shape]))
      .map(([permutation, inputs]) => ({ params: { permutation }, inputs })),
  );

  const broadcastTo: GradientCase<'broadcastTo'> = broadcastableShapes(2, { extent }).chain(([from, other]) => {
    const rank = Math.max((from as Shape).length, (other as Shape).length);
    const sizeAt = (shape: Shape, axis: number): number => shape[shape.length - rank + axis] ?? 1;
    const shape = Array.from({ length: rank }, (_, axis) =>
      Math.max(sizeAt(from as Shape, axis), sizeAt(other as Shape, axis)),
    );
    return arrays([from as Shape]).map((inputs) => ({ params: { shape }, inputs }));
  });

  const pad: GradientCase<'pad'> = anyShape.chain((shape) =>
    fc
      .tuple(fc.array(padPair(2), { minLength: shape.length, maxLength: shape.length }), fc.integer(), arrays([shape]))
      .map(([padding, value, inputs]) => ({ params: { padding, value: value % 8 }, inputs })),
  );

  const slice: GradientCase<'slice'> = anyShape.chain((shape) =>
    fc.tuple(fc.tuple(...shape.map(stretch)), arrays([shape])).map(([stretches, inputs]) => ({
      params: { begin: stretches.map(([begin]) => begin), size: stretches.map(([, size]) => size) },
      inputs,
    })),
  );

  const concat: GradientCase<'concat'> = fc
    .tuple(shapes({ minRank: 1, extent }), fc.nat(), fc.array(size, { minLength: 1, maxLength: 3 }))
    .chain(([shape, place, widths]) => {
      const axis = place % shape.length;
      return arrays(widths.map((width) => shape.map((size, i) => (i === axis ? width : size)))).map((inputs) => ({
        params: { axis },
        inputs,
      }));
    });

  /** A shape, an axis of it, and the shape of indices into that axis. */
  const indexing = fc
    .tuple(shapes({ minRank: 1, extent }), fc.nat(), shapes({ maxRank: 2, extent }))
    .map(([shape, place, indexShape]) => ({ shape, axis: place % shape.length, indexShape }));

  const gather: GradientCase<'gather'> = indexing.chain(({ shape, axis, indexShape }) =>
    fc
      .tuple(arrays([shape]), integerArray(indexShape, { min: 0, max: (shape[axis] as number) - 1 }))
      .map(([[x], indices]) => ({ params: { axis }, inputs: [x as ArrayDraw, indices] })),
  );

  const scatterAdd: GradientCase<'scatterAdd'> = indexing.chain(({ shape, axis, indexShape }) => {
    const length = shape[axis] as number;
    // One below and one above the axis: such updates are left out.
    return fc
      .tuple(
        arrays([[...shape.slice(0, axis), ...indexShape, ...shape.slice(axis + 1)]]),
        integerArray(indexShape, { min: -1, max: length }),
      )
      .map(([[updates], indices]) => ({ params: { axis, size: length }, inputs: [updates as ArrayDraw, indices] }));
  });

  const oneHot: GradientCase<'oneHot'> = fc.tuple(anyShape, size).chain(([shape, depth]) =>
    integerArray(shape, { min: -1, max: depth }).map((indices) => ({
      params: { depth, dtype: 'float64' as const },
      inputs: [indices],
    })),
  );

  const resizing: fc.Arbitrary<{
    readonly params: Resize;
    readonly x: Shape;
    readonly y: Shape;
    readonly inputSize: Size2d;
  }> = fc
    .tuple(
      fc.tuple(size, size, size, size, size, size),
      fc.constantFrom([false, true] as const, [false, false] as const, [true, false] as const),
    )
    .map(([[batch, depth, height, width, rows, columns], [alignCorners, halfPixelCenters]]) => ({
      params: { size: [rows, columns], alignCorners, halfPixelCenters },
      x: [batch, height, width, depth],
      y: [batch, rows, columns, depth],
      inputSize: [height, width],
    }));
  const resize = resizing.chain(({ params, x }) => arrays([x]).map((inputs) => ({ params, inputs })));
  const resizeGradient = resizing.chain(({ params, inputSize, y }) =>
    arrays([y]).map((inputs) => ({ params: { ...params, inputSize }, inputs })),
  );

  const random: GradientCase<'randomUniform'> = fc
    .record({ shape: anyShape, seed: fc.integer(), stream: fc.integer() })
    .chain((params) =>
      integerArray([], { min: 0, max: 1000 }).map((step) => ({
        params: { ...params, dtype: 'float64' as const },
        inputs: [step],
      })),
    );

  // Kinks at 0 and at the maximum.
  const relu: GradientCase<'relu'> = fc
    .tuple(anyShape, fc.constantFrom(1, 2, Number.POSITIVE_INFINITY))
    .chain(([shape, maximum]) => arrays([shape], { gap: 1 }).map((inputs) => ({ params: { maximum }, inputs })));
  const reluGradient: GradientCase<'reluGradient'> = fc
    .tuple(anyShape, fc.constantFrom(1, 2, Number.POSITIVE_INFINITY))
    .chain(([shape, maximum]) => arrays([shape, shape], { gap: 1 }).map((inputs) => ({ params: { maximum }, inputs })));

  return {
    add: binary(),
    sub: binary(),
    mul: binary(),
    div: binary({ domains: [undefined, awayFromZero(0.5)] }),
    pow,
    maximum: binary(),
    minimum: binary(),

    equal: binary(),
    notEqual: binary(),
    less: binary(),
    lessEqual: binary(),
    greater: binary(),
    greaterEqual: binary(),
    logicalAnd: logical(2),
    logicalOr: logical(2),
    logicalNot: logical(1),
    where,

    neg: unary(),
    abs: unary(),
    exp: unary(),
    log: unary({ domains: [above(0.5)] }),
    log1p: unary({ domains: [above(-0.5)] }),
    sqrt: unary({ domains: [above(0.5)] }),
    tanh: unary(),
    sigmoid: unary(),
    erf: unary(),
    relu,
    reluGradient,
    cast: castCase,

    sum: reduction,
    max: reduction,
    min: reduction,
    argMax,
    matmul,

    conv2d: convolution.chain(({ params, x, filter }) => arrays([x, filter]).map((inputs) => ({ params, inputs }))),
    conv2dInputGradient: convolution.chain(({ params, x, filter, y }) =>
      arrays([y, filter]).map((inputs) => ({ params: { ...params, inputShape: x }, inputs })),
    ),
    conv2dFilterGradient: convolution.chain(({ params, x, filter, y }) =>
      arrays([x, y]).map((inputs) => ({ params: { ...params, filterShape: filter }, inputs })),
    ),
    depthwiseConv2d: depthwise.chain(({ params, x, filter }) =>
      arrays([x, filter]).map((inputs) => ({ params, inputs })),
    ),
    depthwiseConv2dInputGradient: depthwise.chain(({ params, x, filter, y }) =>
      arrays([y, filter]).map((inputs) => ({ params: { ...params, inputShape: x }, inputs })),
    ),
    depthwiseConv2dFilterGradient: depthwise.chain(({ params, x, filter, y }) =>
      arrays([x, y]).map((inputs) => ({ params: { ...params, filterShape: filter }, inputs })),
    ),

    maxPool2d: pool.chain(({ params, x }) => arrays([x]).map((inputs) => ({ params, inputs }))),
    maxPool2dGradient: pool.chain(({ params, x, y }) => arrays([x, y]).map((inputs) => ({ params, inputs }))),
    maxPool2dSelect: pool.chain(({ params, x }) => arrays([x, x]).map((inputs) => ({ params, inputs }))),
    avgPool2d: pool.chain(({ params, x }) => arrays([x]).map((inputs) => ({ params, inputs }))),
    avgPool2dGradient: pool.chain(({ params, x, y }) =>
      arrays([y]).map((inputs) => ({ params: { ...params, inputShape: x }, inputs })),
    ),

    reshape,
    transpose,
    broadcastTo,
    pad,
    slice,
    concat,
    gather,
    scatterAdd,
    oneHot,

    resizeBilinear: resize,
    resizeBilinearGradient: resizeGradient,
    resizeNearest: resize,
    resizeNearestGradient: resizeGradient,

    randomUniform: random,
    randomNormal: random,
  };
}

const product = (a: number, b: number): number => a * b;

/** The same dimensions in another order. */
function reorderings(shape: Shape): fc.Arbitrary<Shape> {
  return permutations(shape.length).map((order) => order.map((axis) => shape[axis] as number));
}

/** Where a stretch of `1` to `size` elements begins, and how long it is. */
function stretch(size: number): fc.Arbitrary<readonly [begin: number, size: number]> {
  return fc.tuple(fc.nat(size - 1), fc.nat(size - 1)).map(([a, b]) => [Math.min(a, b), Math.abs(a - b) + 1]);
}

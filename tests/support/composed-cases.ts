import fc from 'fast-check';
import {
  batchNorm,
  celu,
  clip,
  type DType,
  dropout,
  einsum,
  elu,
  erfInv,
  expandDims,
  fill,
  gelu,
  glu,
  hardShrink,
  hardSigmoid,
  hardSilu,
  hardTanh,
  layerNorm,
  leakyRelu,
  logSigmoid,
  logSoftmax,
  logSumExp,
  mean,
  mish,
  mul,
  ones,
  type ReduceOptions,
  relu6,
  rsqrt,
  type Shape,
  selu,
  sigmoidCrossEntropy,
  silu,
  softmax,
  softmaxCrossEntropy,
  softplus,
  softShrink,
  softsign,
  sparsemax,
  sparsePlus,
  sparseSigmoid,
  square,
  squareplus,
  squeeze,
  stack,
  type Tensor,
  tanhShrink,
  threshold,
  variance,
  zeros,
} from 'mapache/tensor';
import { type ArrayDraw, type ArraysOptions, above, arrays, shapes, someAxes, within } from './arbitraries.js';
import type { ComposedDraw } from './gradients.js';
import { spatialCases } from './spatial-cases.js';

type ComposedCase = fc.Arbitrary<ComposedDraw>;

const anyShape = shapes();
const withAxis = shapes({ minRank: 1 }).chain((shape) =>
  fc.integer({ min: -shape.length, max: shape.length - 1 }).map((axis) => ({ shape, axis })),
);

/** A function of one tensor of any shape. */
function unary(fn: (x: Tensor) => Tensor, options: ArraysOptions = {}): ComposedCase {
  return anyShape.chain((shape) => arrays([shape], options)).map((inputs) => ({ fn: (x) => fn(x as Tensor), inputs }));
}

/** A function of one tensor of any shape and of a setting. */
function unaryWith<S>(
  settings: fc.Arbitrary<S>,
  fn: (x: Tensor, setting: S) => Tensor,
  options: ArraysOptions = {},
): ComposedCase {
  return settings.chain((setting) =>
    unary((x) => fn(x, setting), options).map((draw) => ({ ...draw, settings: setting })),
  );
}

/** A function along one axis. */
function alongAxis(fn: (x: Tensor, axis: number) => Tensor): ComposedCase {
  return withAxis.chain(({ shape, axis }) =>
    arrays([shape]).map((inputs) => ({ settings: axis, fn: (x) => fn(x as Tensor, axis), inputs })),
  );
}

/** A reduction over some axes. */
function reduction(fn: (x: Tensor, options: ReduceOptions) => Tensor): ComposedCase {
  return anyShape.chain((shape) =>
    fc
      .tuple(fc.record({ axes: someAxes(shape.length), keepDims: fc.boolean() }), arrays([shape]))
      .map(([settings, inputs]) => ({ settings, fn: (x) => fn(x as Tensor, settings), inputs })),
  );
}

/** A constant has no gradient of its own: it is the factor that the gradient of a product is made of. */
function constant(make: (shape: Shape, dtype: DType) => Tensor): ComposedCase {
  return anyShape.chain((shape) =>
    arrays([shape]).map((inputs) => ({ fn: (x) => mul(make(shape, (x as Tensor).dtype), x as Tensor), inputs })),
  );
}

const epsilon = fc.constantFrom(1e-3, 1e-5);
const rate = fc.constantFrom(0, 0.25, 0.5, 1);

/** Whether no number along the axis is about to enter the support or to leave the result. */
function isAwayFromSparsemaxKinks({ shape, values }: ArrayDraw, axis: number): boolean {
  const along = axis < 0 ? axis + shape.length : axis;
  const size = shape[along] as number;
  const inner = shape.slice(along + 1).reduce((a, b) => a * b, 1);
  const lines = Array.from({ length: values.length / size }, (_, line) => {
    const start = Math.floor(line / inner) * inner * size + (line % inner);
    return Array.from({ length: size }, (_, i) => values[start + i * inner] as number).sort((a, b) => b - a);
  });
  return lines.every((line) => {
    let total = 0;
    const sums = line.map((value) => (total += value));
    const margins = line.map((value, i) => 1 + (i + 1) * value - (sums[i] as number));
    const supported = sums.filter((_, i) => (margins[i] as number) > 0);
    const tau = (supported.reduce((a, b) => a + b, 0) - 1) / supported.length;
    return [...margins, ...line.map((value) => value - tau)].every((margin) => Math.abs(margin) > 0.01);
  });
}

/** Cases for every composed operation, by its name. Numbers are away from the kinks of the operation. */
export const composedCases: Readonly<Record<string, ComposedCase>> = {
  ...spatialCases,
  batchNorm: withAxis.chain(({ shape, axis }) => {
    const features: Shape = shape.map((size, i) => (i === axis || i === axis + shape.length ? size : 1));
    const five = [shape, features, features, features, features];
    return fc
      .tuple(epsilon, fc.boolean(), fc.boolean(), arrays(five, { domains: [undefined, undefined, above(0.5)] }))
      .map(
        ([eps, scale, center, inputs]): ComposedDraw => ({
          settings: { epsilon: eps, scale, center },
          fn: (...all) => {
            const [x, mean, variance, gamma, beta] = all as [Tensor, Tensor, Tensor, Tensor, Tensor];
            return batchNorm(x, {
              mean,
              variance,
              gamma: scale ? gamma : null,
              beta: center ? beta : null,
              epsilon: eps,
            });
          },
          inputs,
        }),
      );
  }),
  celu: unaryWith(fc.constantFrom(1, 0.5), celu),
  // Bounds are multiples of the gap.
  clip: unaryWith(
    fc.tuple(fc.integer({ min: -4, max: 0 }), fc.integer({ min: 0, max: 4 })),
    (x, [low, high]) => clip(x, low, high),
    { gap: 0.5 },
  ),
  dropout: unaryWith(fc.record({ rate, seed: fc.integer(), step: fc.nat(2 ** 24) }), (x, options) =>
    dropout(x, options),
  ),
  einsum: fc
    .constantFrom<readonly [string, Shape, Shape]>(
      ['ab,bc->ac', [2, 3], [3, 2]],
      ['abcd,aecd->acbe', [2, 2, 1, 3], [2, 3, 1, 3]],
      ['...b,bc->...c', [2, 1, 3], [3, 2]],
      ['abc,bd->ad', [2, 3, 2], [3, 2]],
    )
    .chain(([equation, a, b]) =>
      arrays([a, b]).map((inputs) => ({
        settings: equation,
        fn: (...all) => einsum(equation, all[0] as Tensor, all[1] as Tensor),
        inputs,
      })),
    ),
  elu: unaryWith(fc.constantFrom(1, 0.5), elu),
  erfInv: unary(erfInv, { domains: [within(0.9)] }),
  expandDims: anyShape.chain((shape) =>
    fc
      .tuple(fc.integer({ min: -shape.length - 1, max: shape.length }), arrays([shape]))
      .map(([axis, inputs]) => ({ settings: axis, fn: (x) => expandDims(x as Tensor, axis), inputs })),
  ),
  fill: constant((shape, dtype) => fill(shape, 2.5, dtype)),
  gelu: unaryWith(fc.boolean(), (x, approximate) => gelu(x, { approximate })),
  glu: withAxis.chain(({ shape, axis }) => {
    const even = shape.map((size, i) => (i === axis || i === axis + shape.length ? 2 * size : size));
    return arrays([even]).map((inputs) => ({ settings: axis, fn: (x) => glu(x as Tensor, axis), inputs }));
  }),
  hardShrink: unaryWith(fc.constantFrom(0.5, 1), hardShrink, { gap: 0.5 }),
  // Kinks at -3 and 3.
  hardSigmoid: unary(hardSigmoid, { gap: 0.5 }),
  hardSilu: unary(hardSilu, { gap: 0.5 }),
  hardTanh: unary(hardTanh, { gap: 0.5 }),
  layerNorm: shapes({ minRank: 1 }).chain((shape) => {
    const features = shape.slice(-1);
    // Elements stand apart: where the variance is small the root is so steep that a difference misses its slope.
    return fc.tuple(epsilon, arrays([shape, features, features], { gap: 0.25 })).map(
      ([eps, inputs]): ComposedDraw => ({
        settings: { epsilon: eps },
        fn: (...all) => {
          const [x, gamma, beta] = all as [Tensor, Tensor, Tensor];
          return layerNorm(x, { gamma, beta, epsilon: eps });
        },
        inputs,
      }),
    );
  }),
  leakyRelu: unaryWith(fc.constantFrom(0.3, 0.01), leakyRelu),
  logSigmoid: unary(logSigmoid),
  logSoftmax: alongAxis(logSoftmax),
  logSumExp: reduction(logSumExp),
  mean: reduction(mean),
  mish: unary(mish),
  ones: constant(ones),
  // Kinks at 0 and 6.
  relu6: unary(relu6, { gap: 1 }),
  rsqrt: unary(rsqrt, { domains: [above(0.5)] }),
  selu: unary(selu),
  sigmoidCrossEntropy: anyShape
    .chain((shape) => arrays([shape, shape]))
    .map((inputs) => ({ fn: (labels, logits) => sigmoidCrossEntropy(labels as Tensor, logits as Tensor), inputs })),
  silu: unary(silu),
  softmax: alongAxis(softmax),
  softmaxCrossEntropy: withAxis.chain(({ shape, axis }) =>
    arrays([shape, shape]).map((inputs) => ({
      settings: axis,
      fn: (labels, logits) => softmaxCrossEntropy(labels as Tensor, logits as Tensor, axis),
      inputs,
    })),
  ),
  softplus: unary(softplus),
  softShrink: unaryWith(fc.constantFrom(0.5, 1), softShrink, { gap: 0.5 }),
  softsign: unary(softsign),
  sparsePlus: unary(sparsePlus, { gap: 0.5 }),
  sparseSigmoid: unary(sparseSigmoid, { gap: 0.5 }),
  sparsemax: withAxis.chain(({ shape, axis }) =>
    arrays([shape], { gap: 0.25 })
      .filter(([x]) => isAwayFromSparsemaxKinks(x as ArrayDraw, axis))
      .map((inputs) => ({ settings: axis, fn: (x) => sparsemax(x as Tensor, axis), inputs })),
  ),
  square: unary(square),
  squareplus: unaryWith(fc.constantFrom(4, 1), squareplus),
  squeeze: shapes({ extent: 2 }).chain((shape) =>
    fc
      .tuple(fc.option(someAxes(shape.length), { nil: undefined }), arrays([shape]))
      .map(([axes, inputs]) => ({ settings: axes, fn: (x) => squeeze(x as Tensor, axes), inputs })),
  ),
  stack: fc
    .tuple(anyShape, fc.integer({ min: 1, max: 3 }))
    .chain(([shape, count]) =>
      fc
        .tuple(
          fc.integer({ min: -shape.length - 1, max: shape.length }),
          arrays(Array.from({ length: count }, () => shape)),
        )
        .map(([axis, inputs]) => ({ settings: axis, fn: (...all) => stack(all, axis), inputs })),
    ),
  tanhShrink: unary(tanhShrink),
  threshold: unaryWith(fc.constantFrom(-0.5, 1), (x, limit) => threshold(x, limit, 2), { gap: 0.5 }),
  variance: reduction(variance),
  zeros: constant(zeros),
};

import fc from 'fast-check';
import {
  averagePool,
  conv,
  convTranspose,
  depthwiseConv,
  type Interpolation,
  maxPool,
  type PadPair,
  resize,
  type Shape,
  type SpatialPadding,
  type Tensor,
} from 'mapache/tensor';
import { arrays } from './arbitraries.js';
import type { ComposedDraw } from './gradients.js';

/** A window over one, two or three axes of space, and a space that it fits into. */
export interface SpatialDraw {
  readonly space: readonly number[];
  readonly window: readonly number[];
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  readonly padding: SpatialPadding;
}

/** @param spare how much larger the space may be than the window needs. */
export function spatialDraws(spare: number): fc.Arbitrary<SpatialDraw> {
  const axis = fc.record({
    window: fc.integer({ min: 1, max: 2 }),
    stride: fc.integer({ min: 1, max: 3 }),
    dilation: fc.integer({ min: 1, max: 2 }),
    spare: fc.nat(spare),
    pad: fc.tuple(fc.nat(1), fc.nat(1)),
  });
  return fc
    .tuple(
      fc.array(axis, { minLength: 1, maxLength: 3 }),
      fc.constantFrom<'valid' | 'same' | 'pairs'>('valid', 'same', 'pairs'),
    )
    .map(([axes, padding]) => ({
      space: axes.map(({ window, dilation, spare: more }) => (window - 1) * dilation + 1 + more),
      window: axes.map(({ window }) => window),
      strides: axes.map(({ stride }) => stride),
      dilations: axes.map(({ dilation }) => dilation),
      padding: padding === 'pairs' ? axes.map(({ pad }): PadPair => pad) : padding,
    }));
}

/** Differences are taken for every element: few will do. */
const smallDraws = spatialDraws(1).filter(({ space }) => space.reduce((product, size) => product * size, 1) <= 9);

/** An operation on an input and a filter over space. */
function filtered(
  channels: (draw: SpatialDraw) => { readonly x: Shape; readonly filter: Shape },
  fn: (x: Tensor, filter: Tensor, draw: SpatialDraw) => Tensor,
): fc.Arbitrary<ComposedDraw> {
  return smallDraws.chain((draw) => {
    const { x, filter } = channels(draw);
    return arrays([x, filter]).map((inputs) => ({
      settings: draw,
      fn: (...all) => fn(all[0] as Tensor, all[1] as Tensor, draw),
      inputs,
    }));
  });
}

/** A pool over space. */
function pooled(fn: typeof maxPool): fc.Arbitrary<ComposedDraw> {
  return smallDraws.chain(({ space, window, strides, padding }) => {
    const options = { poolSize: window, strides, padding: typeof padding === 'string' ? padding : 'same' } as const;
    return arrays([[1, ...space, 2]]).map((inputs) => ({
      settings: options,
      fn: (x) => fn(x as Tensor, options),
      inputs,
    }));
  });
}

/** Cases for the composed operations over space. */
export const spatialCases = {
  averagePool: pooled(averagePool),
  conv: filtered(
    ({ space, window }) => ({ x: [1, ...space, 2], filter: [...window, 1, 2] }),
    (x, filter, { strides, dilations, padding }) => conv(x, filter, { strides, dilations, padding, groups: 2 }),
  ),
  convTranspose: filtered(
    ({ space, window }) => ({ x: [1, ...space, 1], filter: [...window, 2, 1] }),
    (x, filter, { strides, dilations, padding }) =>
      convTranspose(x, filter, { strides, dilations, padding: padding === 'same' ? padding : 'valid' }),
  ),
  depthwiseConv: filtered(
    ({ space, window }) => ({ x: [1, ...space, 1], filter: [...window, 1, 2] }),
    (x, filter, { strides, dilations, padding }) => depthwiseConv(x, filter, { strides, dilations, padding }),
  ),
  maxPool: pooled(maxPool),
  resize: fc
    .record({
      interpolation: fc.constantFrom<Interpolation>('nearest', 'bilinear', 'bicubic', 'area', 'lanczos3', 'lanczos5'),
      antialias: fc.boolean(),
    })
    .chain((options) =>
      arrays([[1, 3, 2, 2]]).map(
        (inputs): ComposedDraw => ({ settings: options, fn: (x) => resize(x as Tensor, [2, 3], options), inputs }),
      ),
    ),
} as const;

import fc from 'fast-check';
import type { PadPair, PrimitiveParams, Shape } from 'mapache/tensor';

/** Shapes and params of a convolution, of which its three primitives each take a part. */
interface ConvolutionDraw<P> {
  readonly params: P;
  readonly x: Shape;
  readonly filter: Shape;
  readonly y: Shape;
}

export function convolutions(extent: number): fc.Arbitrary<ConvolutionDraw<PrimitiveParams['conv2d']>> {
  const channels = Math.ceil(extent / 2);
  return fc
    .record({
      batch: fc.integer({ min: 1, max: 2 }),
      rows: axisGeometry(extent),
      columns: axisGeometry(extent),
      groups: fc.integer({ min: 1, max: 2 }),
      depth: fc.integer({ min: 1, max: channels }),
      filters: fc.integer({ min: 1, max: channels }),
    })
    .map(({ batch, rows, columns, groups, depth, filters }) => ({
      params: {
        strides: [rows.stride, columns.stride],
        dilations: [rows.dilation, columns.dilation],
        padding: [rows.padding, columns.padding],
        groups,
      },
      x: [batch, rows.input, columns.input, depth * groups],
      filter: [rows.window, columns.window, depth, filters * groups],
      y: [batch, rows.output, columns.output, filters * groups],
    }));
}

/** Depthwise convolutions are made from the same numbers: what was the depth of a group is the multiplier. */
export function depthwiseConvolutions(
  extent: number,
): fc.Arbitrary<ConvolutionDraw<PrimitiveParams['depthwiseConv2d']>> {
  return convolutions(extent).map(({ params: { groups, ...params }, x, filter, y }) => {
    const [batch, height, width] = x as [number, number, number];
    const [rows, columns, multiplier] = filter as [number, number, number];
    return {
      params,
      x: [batch, height, width, groups],
      filter: [rows, columns, groups, multiplier],
      y: [...y.slice(0, 3), groups * multiplier],
    };
  });
}

/** Shapes and params of a pool. */
interface PoolDraw {
  readonly params: PrimitiveParams['maxPool2d'];
  readonly x: Shape;
  readonly y: Shape;
}

export function pools(extent: number): fc.Arbitrary<PoolDraw> {
  const channels = Math.ceil(extent / 2);
  return fc
    .record({
      batch: fc.integer({ min: 1, max: 2 }),
      rows: axisGeometry(extent, 1),
      columns: axisGeometry(extent, 1),
      depth: fc.integer({ min: 1, max: channels }),
    })
    .map(({ batch, rows, columns, depth }) => ({
      params: {
        poolSize: [rows.window, columns.window],
        strides: [rows.stride, columns.stride],
        padding: [rows.padding, columns.padding],
      },
      x: [batch, rows.input, columns.input, depth],
      y: [batch, rows.output, columns.output, depth],
    }));
}

export function padPair(most: number): fc.Arbitrary<PadPair> {
  return fc.tuple(fc.nat(most), fc.nat(most));
}

/** One axis of a moving window. It sees at least one element of the input wherever it stands. */
interface AxisGeometry {
  readonly input: number;
  readonly window: number;
  readonly stride: number;
  readonly dilation: number;
  readonly padding: PadPair;
  readonly output: number;
}

function axisGeometry(extent: number, maxDilation = 2): fc.Arbitrary<AxisGeometry> {
  return fc
    .record({
      spare: fc.nat(extent - 1),
      window: fc.integer({ min: 1, max: 3 }),
      stride: fc.integer({ min: 1, max: 3 }),
      dilation: fc.integer({ min: 1, max: maxDilation }),
      padding: padPair(2),
    })
    .map(({ spare, window, stride, dilation, padding: [first, last] }) => {
      const span = (window - 1) * dilation + 1;
      const padding: PadPair = [Math.min(first, span - 1), Math.min(last, span - 1)];
      const input = Math.max(1, span - padding[0] - padding[1]) + spare;
      const output = Math.floor((input + padding[0] + padding[1] - span) / stride) + 1;
      return { input, window, stride, dilation, padding, output };
    });
}

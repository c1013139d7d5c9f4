import { bytesPerElement } from '../../../dtype.js';
import type { Size2d } from '../../../ops/primitives.js';
import type { Value, ValueId } from '../../../plan/index.js';
import { sizeOf } from '../../../shape.js';
import { type EpilogueFields, epilogueFields } from './epilogue.js';
import { bytesOf, type LoweringContext, type Lowerings } from './lowering.js';
import type { Pointer } from './pointer.js';
import { transposedWindowWords, windowWords } from './windows.js';

/** Bytes of a vector. */
const vectorBytes = 16;

/** Which function does the inner pixels of a row, by columns and stride; `assembly/kernels/depthwise.ts` has the same. */
const kernels: Readonly<Record<string, number>> = { '3 by 1': 1, '3 by 2': 2 };
/** The same for windows that are looked through backwards. */
const backwardsKernels: Readonly<Record<string, number>> = { '3 by 2': 3 };

/** Pixels that are worth a part of their own in the sums of a filter gradient. */
const pixelsOfPart = 128;

/** Sums of products that are kept in the nearest cache while pixels pass by. */
const groupBytes = 16_384;

/**
 * A filter with several numbers for each channel is one for as many channels, over images whose channels are repeated;
 * the gradient with respect to the image adds up those of its repetitions.
 */
export const depthwiseLowerings = {
  depthwiseConv2d: ({ inputs, params }, context, finish) => {
    const [x, filter] = inputs as readonly [ValueId, ValueId];
    const { window, multiplier } = filterOf(context, filter);
    const input = context.value(x);
    const output = context.value(finish.output);
    convolve(context, {
      to: context.pointer(finish.output),
      output,
      from: multiplier === 1 ? context.pointer(x) : repeated(context, x, multiplier),
      filter: packFilter(context, filter, false),
      kernel: kernelFor(window[1], params.strides[1], params.dilations[1]),
      windows: windowWords({ input: input.shape, output: output.shape, window, params }),
      epilogue: epilogueFields(finish.epilogue, context),
    });
  },

  depthwiseConv2dInputGradient: ({ inputs, params }, context, finish) => {
    const [dy, filter] = inputs as readonly [ValueId, ValueId];
    const { window, multiplier } = filterOf(context, filter);
    const { strides, padding, dilations } = params;
    const input = params.inputShape;
    const output = context.value(dy).shape;
    // Where all strides are 1 this is a convolution with the taps from last to first: tap `i` of the filter, at `-i`, is
    // tap `last - i`, at `-last + (last - i)`.
    const isConvolution = strides[0] === 1 && strides[1] === 1;
    const before = (axis: 0 | 1): number => (window[axis] - 1) * dilations[axis] - padding[axis][0];
    const flippedPadding = [
      [before(0), 0],
      [before(1), 0],
    ] as const;
    const convolution = {
      output: { shape: [...input.slice(0, 3), (input[3] as number) * multiplier], dtype: context.value(dy).dtype },
      from: context.pointer(dy),
      filter: packFilter(context, filter, isConvolution),
      kernel: kernelFor(window[1], strides[1], dilations[1], isConvolution ? kernels : backwardsKernels),
      windows: isConvolution
        ? windowWords({ input: output, output: input, window, params: { ...params, padding: flippedPadding } })
        : transposedWindowWords({ input, output, window, params }),
    };
    const to = context.pointer(finish.output);
    const epilogue = epilogueFields(finish.epilogue, context);
    if (multiplier === 1) {
      convolve(context, { ...convolution, to, epilogue });
      return;
    }
    const repetitions = context.builder.temporary(bytesOf(convolution.output));
    convolve(context, { ...convolution, to: repetitions, epilogue: epilogueFields({}, context) });
    sumRepetitions(context, finish.output, repetitions, multiplier, epilogue);
  },

  depthwiseConv2dFilterGradient: ({ inputs, params }, context, finish) => {
    const [x, dy] = inputs as readonly [ValueId, ValueId];
    const { builder, pointer } = context;
    const { window, multiplier } = filterOf(context, finish.output);
    const { dtype, shape: output } = context.value(dy);
    const [batch, height, width, channels] = output as readonly [number, number, number, number];
    const elementBytes = bytesPerElement(dtype);
    const taps = window[0] * window[1];
    const blocks = blocksOf(channels, elementBytes);
    const rows = batch * height;
    // How the sums are split must depend on shapes only.
    const parts = Math.max(1, Math.min(rows, 64, Math.floor((rows * width) / pixelsOfPart)));
    const groups = Math.ceil((blocks * taps * vectorBytes) / groupBytes);
    const groupBlocks = Math.ceil(blocks / groups);
    const sums = builder.temporary(parts * blocks * taps * vectorBytes);
    builder.emit(
      'depthwiseFilterGradient',
      { units: parts * Math.ceil(blocks / groupBlocks), grain: 1 },
      {
        to: sums,
        from: multiplier === 1 ? pointer(x) : repeated(context, x, multiplier),
        dy: pointer(dy),
        ...{ channels, elementBytes, kernel: kernelFor(window[1], params.strides[1], params.dilations[1]) },
        ...{ rows, parts, groups: Math.ceil(blocks / groupBlocks), groupBlocks },
      },
      windowWords({ input: context.value(x).shape, output, window, params }),
    );
    const to = pointer(finish.output);
    builder.emit('sumDepthwiseParts', { units: blocks }, { to, from: sums, parts, taps, channels, elementBytes });
  },
} satisfies Lowerings;

/** Vectors that hold the channels of a pixel. */
function blocksOf(channels: number, elementBytes: number): number {
  return Math.ceil((channels * elementBytes) / vectorBytes);
}

function kernelFor(columns: number, stride: number, dilation: number, from = kernels): number {
  return dilation === 1 ? (from[`${columns} by ${stride}`] ?? 0) : 0;
}

function filterOf(context: LoweringContext, filter: ValueId): { readonly window: Size2d; readonly multiplier: number } {
  const [rows, columns, , multiplier] = context.value(filter).shape as readonly [number, number, number, number];
  return { window: [rows, columns], multiplier };
}

interface Convolution {
  readonly to: Pointer;
  readonly output: Pick<Value, 'shape' | 'dtype'>;
  readonly from: Pointer;
  readonly filter: Pointer;
  readonly kernel: number;
  readonly windows: readonly number[];
  readonly epilogue: EpilogueFields;
}

function convolve({ builder }: LoweringContext, { output, windows, epilogue, ...fields }: Convolution): void {
  const [batch, rows, , channels] = output.shape as readonly [number, number, number, number];
  const elementBytes = bytesPerElement(output.dtype);
  builder.emit('depthwise', { units: batch * rows }, { ...fields, channels, elementBytes, ...epilogue }, windows);
}

/** A filter in the order in which `depthwise` reads it. */
function packFilter(context: LoweringContext, filter: ValueId, flipped: boolean): Pointer {
  const { shape, dtype } = context.value(filter);
  const [rows, columns, channels, multiplier] = shape as readonly [number, number, number, number];
  const elementBytes = bytesPerElement(dtype);
  const blocks = blocksOf(channels * multiplier, elementBytes);
  const from = context.pointer(filter);
  const key = `depthwise${flipped ? ', flipped' : ''} ${[rows * columns, channels * multiplier]}`;
  return context.builder.derive(from, key, blocks * rows * columns * vectorBytes, (builder, to) => {
    builder.emit(
      'packDepthwise',
      { units: blocks },
      { to, from, taps: rows * columns, channels: channels * multiplier, elementBytes, flipped: flipped ? 1 : 0 },
    );
  });
}

/** Images with every channel `times` times. */
function repeated({ builder, value, pointer }: LoweringContext, x: ValueId, times: number): Pointer {
  const { shape, dtype } = value(x);
  const to = builder.temporary(bytesOf(value(x)) * times);
  const count = sizeOf(shape);
  const units = Math.ceil(count / 4096);
  builder.emit('repeatEach', { units }, { to, from: pointer(x), count, times, elementBytes: bytesPerElement(dtype) });
  return to;
}

function sumRepetitions(
  { builder, value, pointer }: LoweringContext,
  output: ValueId,
  from: Pointer,
  times: number,
  epilogue: EpilogueFields,
): void {
  const { shape, dtype } = value(output);
  const count = sizeOf(shape);
  builder.emit(
    'sumEach',
    { units: Math.ceil(count / 4096) },
    {
      ...{ to: pointer(output), from, count, times },
      ...{ channels: shape[3] as number, elementBytes: bytesPerElement(dtype), ...epilogue },
    },
  );
}

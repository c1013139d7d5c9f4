import type { ValueId } from '../../../plan/index.js';
import { type Axis, backwardAxes, type ConvolutionAxis, forwardAxis } from './axis.js';
import { blockProduct } from './blocking.js';
import { emitConvolveDouble } from './convolveDouble.js';
import { epilogueFields } from './epilogue.js';
import type { Gathering, Images } from './gathering.js';
import type { Finish, Lowering, LoweringContext, Lowerings } from './lowering.js';
import { pack } from './pack.js';
import { moved, type Pointer } from './pointer.js';
import { lowerWinograd } from './winograd.js';

// A convolution is a product of what windows see, one row for each pixel of the result, and the filter as a matrix. The
// gradient with respect to the images is one too, of windows over dy: see `axis.ts`.

type Filters = readonly [height: number, width: number, channels: number, filters: number];

const conv2d: Lowering<'conv2d'> = ({ inputs, output, params }, context, finish) => {
  const [source, filter] = inputs as readonly [ValueId, ValueId];
  const { groups } = params;
  const [tapsY, tapsX, channels, filters] = context.value(filter).shape as Filters;
  const [, height, width] = context.value(output).shape as Images;
  lowerGathering(context, finish, {
    ...{ source, result: output, groups },
    rows: forwardAxis(convolutionAxis(height, tapsY, params, 0)),
    columns: forwardAxis(convolutionAxis(width, tapsX, params, 1)),
    filter: {
      ...{ value: filter, tapsX, channels, start: 0, channel: filters, column: 1, matrix: filters / groups },
      ...{ tapRow: tapsX * channels * filters, tapColumn: channels * filters },
    },
  });
};

const conv2dInputGradient: Lowering<'conv2dInputGradient'> = ({ inputs, output, params }, context, finish) => {
  const [source, filter] = inputs as readonly [ValueId, ValueId];
  const { groups } = params;
  const [tapsY, tapsX, channels, filters] = context.value(filter).shape as Filters;
  const [, height, width] = context.value(output).shape as Images;
  const tap = channels * filters;
  for (const rows of backwardAxes(convolutionAxis(height, tapsY, params, 0))) {
    for (const columns of backwardAxes(convolutionAxis(width, tapsX, params, 1))) {
      lowerGathering(context, finish, {
        ...{ source, result: output, groups, rows, columns },
        // Filters are the channels here, and channels the columns.
        filter: {
          ...{ value: filter, tapsX: columns.taps, channels: filters / groups, channel: 1, column: filters },
          ...{ tapRow: rows.tapStep * tapsX * tap, tapColumn: columns.tapStep * tap, matrix: filters / groups },
          start: (rows.firstTap * tapsX + columns.firstTap) * tap,
        },
      });
    }
  }
};

function convolutionAxis(
  pixels: number,
  taps: number,
  { strides, dilations, padding }: Parameters<typeof conv2d>[0]['params'],
  axis: 0 | 1,
): ConvolutionAxis {
  return { pixels, taps, stride: strides[axis], dilation: dilations[axis], padding: padding[axis][0] };
}

function lowerGathering(context: LoweringContext, finish: Finish, gathering: Gathering): void {
  const { source, result, rows, columns, groups, filter } = gathering;
  const { channels } = filter;
  const [batch, height, width, sourceChannels] = context.value(source).shape as Images;
  const [, resultHeight, resultWidth, resultChannels] = context.value(result).shape as Images;
  const x = context.pointer(source);
  const y = context.pointer(finish.output);
  const first = rows.first * resultWidth + columns.first;
  const perGroup = resultChannels / groups;
  if (context.value(result).dtype === 'float64') {
    emitConvolveDouble(context, filter, {
      ...{ x, y: moved(y, 8 * resultChannels * first), images: batch, rows, line: columns },
      ...{ columns: perGroup, matrices: groups },
      source: {
        ...{ height, width, image: height * width * sourceChannels, row: width * sourceChannels },
        ...{ pixel: sourceChannels, channel: 1, matrix: channels },
      },
      result: {
        ...{ image: resultHeight * resultWidth * resultChannels, row: rows.apart * resultWidth * resultChannels },
        ...{ pixel: columns.apart * resultChannels, matrix: perGroup },
      },
    });
    return;
  }
  if (lowerWinograd(context, finish, gathering)) return;
  const taps = rows.taps * columns.taps;
  const size = {
    ...{ rows: batch * rows.pixels * columns.pixels, columns: perGroup },
    ...{ depth: taps * channels, taps, matrices: groups },
  };
  const blocking = blockProduct(size);
  const { panels, matrixBytes } = pack(context, filter, size, blocking);
  const work = { units: groups * blocking.units };
  const { unitRows, unitColumns, block, period } = blocking;
  const fields = { rows: size.rows, columns: perGroup, depth: size.depth, unitRows, unitColumns, block };
  const epilogue = epilogueFields(finish.epilogue, context);
  if (isPointwise(rows, height, resultHeight) && isPointwise(columns, width, resultWidth)) {
    context.builder.emit('product', work, {
      ...{ ...epilogue, ...fields, a: x, b: panels, c: y, transposed: 0 },
      ...{ aRowBytes: 4 * sourceChannels, cRowBytes: 4 * resultChannels },
      ...{ aMatrixBytes: 4 * channels, bMatrixBytes: matrixBytes },
      ...{ cMatrixBytes: 4 * perGroup, biasMatrixBytes: 4 * perGroup },
    });
    return;
  }
  const atFirst = (pointer: Pointer | null): Pointer | null =>
    pointer === null ? null : moved(pointer, 4 * resultChannels * first);
  context.builder.emit('convolve', work, {
    ...{ ...epilogue, ...fields, x, filter: panels, y: atFirst(y), period },
    ...{ residual: atFirst(epilogue.residual), mask: atFirst(epilogue.mask) },
    ...{ height, width, channels, xPixelBytes: 4 * sourceChannels, tapsX: columns.taps },
    ...{ gridHeight: rows.pixels, gridWidth: columns.pixels },
    yImageBytes: 4 * resultChannels * resultWidth * resultHeight,
    yRowBytes: 4 * resultChannels * resultWidth * rows.apart,
    yPixelBytes: 4 * resultChannels * columns.apart,
    ...{ strideY: rows.stride, strideX: columns.stride, originY: rows.origin, originX: columns.origin },
    ...{ stepY: rows.step, stepX: columns.step, filterGroupBytes: matrixBytes },
  });
}

/** Whether every pixel of the result sees the same pixel of the source, and nothing else. */
function isPointwise({ taps, origin, stride, apart }: Axis, source: number, result: number): boolean {
  return taps === 1 && origin === 0 && stride === 1 && apart === 1 && source === result;
}

export const convolutionLowerings = { conv2d, conv2dInputGradient } satisfies Lowerings;

import type { ValueId } from '../../../plan/index.js';
import { type Axis, backwardAxes, type ConvolutionAxis, forwardAxis } from './axis.js';
import { type Blocking, blockProduct, type ProductSize } from './blocking.js';
import { epilogueFields } from './epilogue.js';
import type { Finish, Lowering, LoweringContext, Lowerings } from './lowering.js';
import { type Packed, packPanels, packTransposed } from './pack.js';
import { moved, type Pointer } from './pointer.js';

// A convolution is a product of what windows see, one row for each pixel of the result, and the filter as a matrix. The
// gradient with respect to the images is one too, of windows over dy: see `axis.ts`.

type Images = readonly [batch: number, height: number, width: number, channels: number];
type Filters = readonly [height: number, width: number, channels: number, filters: number];

/** What one product of windows and filters computes. */
interface Gathering {
  readonly source: ValueId;
  readonly result: ValueId;
  readonly rows: Axis;
  readonly columns: Axis;
  readonly groups: number;
  /** Channels of the source that belong to one group. */
  readonly channels: number;
  /** Packs the filter. */
  readonly pack: (size: ProductSize, blocking: Blocking) => Packed;
}

const conv2d: Lowering<'conv2d'> = ({ inputs, output, params }, context, finish) => {
  const [source, filter] = inputs as readonly [ValueId, ValueId];
  const { groups } = params;
  const [tapsY, tapsX, channels, filters] = context.value(filter).shape as Filters;
  const [, height, width] = context.value(output).shape as Images;
  lowerGathering(context, finish, {
    ...{ source, result: output, groups, channels },
    rows: forwardAxis(convolutionAxis(height, tapsY, params, 0)),
    columns: forwardAxis(convolutionAxis(width, tapsX, params, 1)),
    pack: (size, blocking) =>
      packPanels(context, filter, size, blocking, { matrixBytes: 4 * size.columns, rowBytes: 4 * filters }),
  });
};

const conv2dInputGradient: Lowering<'conv2dInputGradient'> = ({ inputs, output, params }, context, finish) => {
  const [source, filter] = inputs as readonly [ValueId, ValueId];
  const { groups } = params;
  const [tapsY, tapsX, resultChannels, filters] = context.value(filter).shape as Filters;
  const [, height, width] = context.value(output).shape as Images;
  const channels = filters / groups;
  const tapBytes = 4 * resultChannels * filters;
  for (const rows of backwardAxes(convolutionAxis(height, tapsY, params, 0))) {
    for (const columns of backwardAxes(convolutionAxis(width, tapsX, params, 1))) {
      lowerGathering(context, finish, {
        ...{ source, result: output, groups, channels, rows, columns },
        pack: (size, blocking) =>
          packTransposed(context, filter, size, blocking, {
            matrixBytes: 4 * channels,
            columnBytes: 4 * filters,
            start: (rows.firstTap * tapsX + columns.firstTap) * tapBytes,
            taps: {
              ...{ channels, tapsX: columns.taps },
              tapRowBytes: rows.tapStep * tapsX * tapBytes,
              tapColumnBytes: columns.tapStep * tapBytes,
            },
          }),
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
  const { source, result, rows, columns, groups, channels, pack } = gathering;
  const [batch, height, width, sourceChannels] = context.value(source).shape as Images;
  const [, resultHeight, resultWidth, resultChannels] = context.value(result).shape as Images;
  const taps = rows.taps * columns.taps;
  const size = {
    ...{ rows: batch * rows.pixels * columns.pixels, columns: resultChannels / groups },
    ...{ depth: taps * channels, taps, matrices: groups },
  };
  const blocking = blockProduct(size);
  const { panels, matrixBytes } = pack(size, blocking);
  const work = { units: groups * blocking.units };
  const { unitRows, unitColumns, block, period } = blocking;
  const fields = { rows: size.rows, columns: size.columns, depth: size.depth, unitRows, unitColumns, block };
  const epilogue = epilogueFields(finish.epilogue, context);
  const x = context.pointer(source);
  const y = context.pointer(finish.output);
  if (isPointwise(rows, height, resultHeight) && isPointwise(columns, width, resultWidth)) {
    context.builder.emit('product', work, {
      ...{ ...epilogue, ...fields, a: x, b: panels, c: y, transposed: 0 },
      ...{ aRowBytes: 4 * sourceChannels, cRowBytes: 4 * resultChannels },
      ...{ aMatrixBytes: 4 * channels, bMatrixBytes: matrixBytes },
      ...{ cMatrixBytes: 4 * size.columns, biasMatrixBytes: 4 * size.columns },
    });
    return;
  }
  const first = 4 * resultChannels * (rows.first * resultWidth + columns.first);
  const atFirst = (pointer: Pointer | null): Pointer | null => (pointer === null ? null : moved(pointer, first));
  context.builder.emit('convolve', work, {
    ...{ ...epilogue, ...fields, x, filter: panels, y: moved(y, first), period },
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

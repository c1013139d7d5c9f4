import type { Axis } from './axis.js';
import type { LoweringContext } from './lowering.js';
import type { Factor } from './pack.js';
import type { Pointer } from './pointer.js';

/** A convolution or a matrix product in double precision. Steps are numbers. */
export interface DoubleConvolution {
  readonly x: Pointer;
  /** The first pixel of the grid. */
  readonly y: Pointer;
  readonly images: number;
  readonly rows: Pick<Axis, 'pixels' | 'origin' | 'stride' | 'step' | 'taps'>;
  readonly line: Pick<Axis, 'pixels' | 'origin' | 'stride' | 'step' | 'taps'>;
  readonly columns: number;
  /** Groups of channels, or matrices. */
  readonly matrices: number;
  readonly source: Steps & { readonly height: number; readonly width: number; readonly channel: number };
  readonly result: Steps;
}

/** How far it is from one to the next. */
interface Steps {
  readonly image: number;
  readonly row: number;
  readonly pixel: number;
  readonly matrix: number;
}

/** Double precision is for checks: one plain kernel serves every product and every convolution. */
export function emitConvolveDouble(context: LoweringContext, factor: Factor, convolution: DoubleConvolution): void {
  const { x, y, images, rows, line, columns, matrices, source, result } = convolution;
  const filter = context.pointer(factor.value);
  context.builder.emit(
    'convolveDouble',
    { units: matrices * images * rows.pixels * line.pixels },
    {
      ...{ x, y, filter: { base: filter.base, offset: filter.offset + 8 * factor.start }, columns },
      ...{ images, gridHeight: rows.pixels, gridWidth: line.pixels, height: source.height, width: source.width },
      ...{ tapsY: rows.taps, tapsX: line.taps, channels: factor.channels },
      ...{ strideY: rows.stride, originY: rows.origin, stepY: rows.step },
      ...{ strideX: line.stride, originX: line.origin, stepX: line.step },
      ...{ xMatrix: source.matrix, xImage: source.image, xRow: source.row, xPixel: source.pixel },
      ...{ xChannel: source.channel, yMatrix: result.matrix, yImage: result.image, yRow: result.row },
      ...{ yPixel: result.pixel, filterMatrix: factor.matrix, filterRow: factor.tapRow },
      ...{ filterColumn: factor.tapColumn, filterChannel: factor.channel, filterFilter: factor.column },
    },
  );
}

import { formatShape, ShapeError, ShapeMismatchError } from '../errors.js';
import type { Shape } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { checkFloating, checkSameDType } from './operands.js';
import type { ConvParams, Size2d } from './primitives.js';
import { checkSize2d, imageSize, type Padding, resolvePadding, type Size2dLike, windowSpan } from './window.js';

/** Options of the convolutions. */
export interface ConvOptions {
  /** Elements from one window to the next. @defaultValue `1` */
  readonly strides?: Size2dLike;
  /** @defaultValue `'valid'` */
  readonly padding?: Padding;
  /** Distance between the elements a window looks at. @defaultValue `1` */
  readonly dilations?: Size2dLike;
}

/** Rows and columns a dilated filter spans. */
export function filterSpans(filterShape: Shape, dilations: Size2d): Size2d {
  const [rows, columns] = filterShape as readonly [number, number];
  return [windowSpan(rows, dilations[0]), windowSpan(columns, dilations[1])];
}

/** The options with every default filled in and the padding in elements. */
export function resolveConv(operation: string, x: Tensor, filter: Tensor, options: ConvOptions): ConvParams {
  const size = imageSize(operation, x);
  if (filter.rank !== 4) {
    throw new ShapeError({
      operation,
      expected: 'a filter of rank 4, [height, width, in, out]',
      received: formatShape(filter.shape),
      remedy: 'Filters stand in the order of TensorFlow (HWIO).',
    });
  }
  const strides = checkSize2d(operation, 'strides', options.strides ?? 1);
  const dilations = checkSize2d(operation, 'dilations', options.dilations ?? 1);
  const spans = filterSpans(filter.shape, dilations);
  return { strides, dilations, padding: resolvePadding(operation, options.padding ?? 'valid', size, spans, strides) };
}

/** Checks what every convolution asks of its operands. */
export function checkConvOperands(operation: string, x: Tensor, filter: Tensor, channels: number): void {
  checkSameDType(operation, [x, filter]);
  checkFloating(operation, x);
  if (x.shape[3] !== channels) {
    throw new ShapeMismatchError(
      operation,
      filter.shape,
      x.shape,
      `The input has ${x.shape[3]} channels, the filter expects ${channels}.`,
    );
  }
}

/** Multiply-adds of a convolution counted twice: each result element reads `rows * columns * depth` products. */
export function convFlops(resultSize: number, filterShape: Shape, depth: number): number {
  return 2 * resultSize * (filterShape[0] as number) * (filterShape[1] as number) * depth;
}

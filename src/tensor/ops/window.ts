import { ArgumentError, formatShape, formatValue, ShapeError } from '../errors.js';
import type { Tensor } from '../tensor.js';
import type { PadPair, Size2d } from './primitives.js';

/**
 * How much is added around rows and columns: nothing (`'valid'`), what makes `output = ceil(input / stride)`
 * (`'same'`, the odd element at the end, as TensorFlow), or `[[top, bottom], [left, right]]`.
 */
export type Padding = 'valid' | 'same' | readonly [PadPair, PadPair];

/** A size for both rows and columns, or one for each. */
export type Size2dLike = number | Size2d;

/** @throws {ArgumentError} unless `value` is one or two positive integers. */
export function checkSize2d(operation: string, name: string, value: Size2dLike): Size2d {
  const pair = typeof value === 'number' ? [value, value] : value;
  if (!Array.isArray(pair) || pair.length !== 2 || !pair.every((size) => Number.isInteger(size) && size >= 1)) {
    throw new ArgumentError({
      operation,
      expected: `${name} to be a positive integer or two of them`,
      received: formatValue(value),
      remedy: 'Rows come first, then columns.',
    });
  }
  return [pair[0] as number, pair[1] as number];
}

/** Elements a dilated window spans. */
export function windowSpan(size: number, dilation: number): number {
  return (size - 1) * dilation + 1;
}

/** Positions a window of `span` elements takes along `size` elements padded by `padding`. */
export function outputSize(size: number, span: number, stride: number, padding: PadPair): number {
  return Math.floor((size + padding[0] + padding[1] - span) / stride) + 1;
}

/** Padding in elements along one dimension. */
export function paddingAlong(padding: 'valid' | 'same', size: number, span: number, stride: number): PadPair {
  if (padding === 'valid') return [0, 0];
  const total = Math.max((Math.ceil(size / stride) - 1) * stride + span - size, 0);
  return [Math.floor(total / 2), Math.ceil(total / 2)];
}

/** @throws {ArgumentError} for anything that is not a padding. */
export function resolvePadding(
  operation: string,
  padding: Padding,
  input: Size2d,
  spans: Size2d,
  strides: Size2d,
): readonly [PadPair, PadPair] {
  if (padding === 'valid' || padding === 'same') {
    return [
      paddingAlong(padding, input[0], spans[0], strides[0]),
      paddingAlong(padding, input[1], spans[1], strides[1]),
    ];
  }
  const isPair = (pair: unknown): boolean =>
    Array.isArray(pair) && pair.length === 2 && pair.every((count) => Number.isInteger(count) && count >= 0);
  if (!Array.isArray(padding) || padding.length !== 2 || !padding.every(isPair)) {
    throw new ArgumentError({
      operation,
      expected: "padding 'valid', 'same' or [[top, bottom], [left, right]]",
      received: formatValue(padding),
      remedy: 'Counts are non-negative integers.',
    });
  }
  const [[top, bottom], [left, right]] = padding as readonly [PadPair, PadPair];
  return [
    [top, bottom],
    [left, right],
  ];
}

/** Rows and columns of an NHWC tensor. @throws {ShapeError} if it has another rank. */
export function imageSize(operation: string, x: Tensor): Size2d {
  if (x.rank !== 4) {
    throw new ShapeError({
      operation,
      expected: 'images of shape [batch, height, width, channels]',
      received: formatShape(x.shape),
      remedy: 'Add the missing dimension with reshape.',
    });
  }
  return [x.shape[1] as number, x.shape[2] as number];
}

/** Rows and columns of the result of moving a window. @throws {ShapeError} if the window does not fit once. */
export function windowedSize(
  operation: string,
  x: Tensor,
  spans: Size2d,
  params: { readonly strides: Size2d; readonly padding: readonly [PadPair, PadPair] },
): Size2d {
  const [height, width] = imageSize(operation, x);
  const rows = outputSize(height, spans[0], params.strides[0], params.padding[0]);
  const columns = outputSize(width, spans[1], params.strides[1], params.padding[1]);
  if (rows < 1 || columns < 1) {
    throw new ShapeError({
      operation,
      expected: `at least ${spans[0]} x ${spans[1]} pixels, padding included`,
      received: `${height} x ${width}`,
      remedy: "Use larger images, a smaller window or padding 'same'.",
    });
  }
  return [rows, columns];
}

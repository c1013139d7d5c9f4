import ndarray from 'ndarray';
import {
  cast,
  concat,
  denseCopy,
  div,
  formatShape,
  isFloating,
  isTypedArray,
  ShapeError,
  type StridedView,
  slice,
  sub,
  Tensor,
  type TypedArray,
  tensor,
} from '../../tensor/index.js';
import { type ChannelScaling, channelScalings, type PreprocessingMode } from './preprocessing.js';

/**
 * Prepares pixels of 0 to 255, colours last and red first, for a network. The result holds fractions and has the shape
 * and the kind of what was given; that stays as it was.
 * @throws {ShapeError} unless the last axis has three colours.
 */
export interface PreprocessInput {
  (x: Tensor): Tensor;
  (x: StridedView): ndarray.NdArray<Float32Array>;
  (x: TypedArray): Float32Array;
}

/** What prepares pixels in one way. */
export function preprocessor(mode: PreprocessingMode): PreprocessInput {
  const scaling = channelScalings[mode];
  function prepare(x: Tensor): Tensor;
  function prepare(x: StridedView): ndarray.NdArray<Float32Array>;
  function prepare(x: TypedArray): Float32Array;
  function prepare(x: Tensor | StridedView | TypedArray): Tensor | ndarray.NdArray<Float32Array> | Float32Array {
    if (x instanceof Tensor) return scaleTensor(checkColours(x, x.shape), scaling);
    if (isTypedArray(x)) {
      return scaleNumbers(Float32Array.from(checkColours(x, x.length % 3 === 0 ? [3] : [x.length])), scaling);
    }
    const pixels = denseCopy(checkColours(x, x.shape), 'float32') as Float32Array;
    return ndarray(scaleNumbers(pixels, scaling), [...x.shape]);
  }
  return prepare;
}

function checkColours<T>(x: T, shape: readonly number[]): T {
  if (shape.at(-1) === 3) return x;
  throw new ShapeError({
    operation: 'preprocessInput',
    expected: 'pixels of three colours along the last axis',
    received: `shape ${formatShape(shape)}`,
    remedy: 'Grey pictures need their channel three times.',
  });
}

function scaleTensor(pixels: Tensor, { reversed, mean, deviation }: ChannelScaling): Tensor {
  const x = isFloating(pixels.dtype) ? pixels : cast(pixels, 'float32');
  const constant = (numbers: readonly number[]): Tensor => tensor(numbers, { dtype: x.dtype });
  return div(sub(reversed ? reverseChannels(x) : x, constant(mean)), constant(deviation));
}

function reverseChannels(x: Tensor): Tensor {
  const size = [...x.shape.slice(0, -1), 1];
  const channels = [2, 1, 0].map((channel) => slice(x, [...size.slice(1).fill(0), channel], size));
  return concat(channels, -1);
}

/** In place. */
function scaleNumbers(pixels: Float32Array, { reversed, mean, deviation }: ChannelScaling): Float32Array {
  const [c0, c1, c2] = mean;
  const [d0, d1, d2] = deviation;
  const first = reversed ? 2 : 0;
  for (let i = 0; i < pixels.length; i += 3) {
    const head = pixels[i + first] as number;
    const tail = pixels[i + 2 - first] as number;
    pixels[i] = (head - c0) / d0;
    pixels[i + 1] = ((pixels[i + 1] as number) - c1) / d1;
    pixels[i + 2] = (tail - c2) / d2;
  }
  return pixels;
}

import { type DType, isFloating, type TypedArray } from '../../../dtype.js';
import type { Block, Kernel } from '../block.js';

/** Floats become integers by dropping the fraction and saturating, NaN becomes 0; anything but 0 is true. */
export const cast: Kernel<'cast'> = (output, inputs) => {
  const [x] = inputs as readonly [Block];
  if (output.dtype === 'bool') isNotZero(output.data, x.data);
  else if (isFloating(x.dtype) && !isFloating(output.dtype)) saturate(output.data, x.data, integerRange[output.dtype]);
  else output.data.set(x.data);
};

const integerRange = {
  int32: [-(2 ** 31), 2 ** 31 - 1],
  uint8: [0, 255],
} as const satisfies Partial<Record<DType, readonly [number, number]>>;

function isNotZero(y: TypedArray, x: TypedArray): void {
  for (let i = 0; i < y.length; i++) y[i] = x[i] === 0 ? 0 : 1;
}

function saturate(y: TypedArray, x: TypedArray, [least, largest]: readonly [number, number]): void {
  // Storing drops the fraction, and turns NaN into 0.
  for (let i = 0; i < y.length; i++) y[i] = Math.min(Math.max(x[i] as number, least), largest);
}

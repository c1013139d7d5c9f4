import { toFloat16 } from '../../tensor/index.js';

/** Numbers in fewer bits, and what it takes to have them back. */
export interface Quantized {
  readonly values: Uint8Array | Uint16Array;
  readonly quantization:
    | { readonly dtype: 'uint8' | 'uint16'; readonly scale: number; readonly min: number }
    | { readonly dtype: 'float16' };
}

/**
 * Numbers in fewer bits, as Keras's converter does it: halves, or `q = round((x - min) / scale)` with steps between the
 * least and the largest number. If 0 is among them it is kept exactly.
 * @returns `null` for numbers that are not all finite, which have no least or largest.
 */
export function quantize(values: Float32Array, dtype: 'uint8' | 'uint16' | 'float16'): Quantized | null {
  if (dtype === 'float16') return { values: toFloat16(values), quantization: { dtype } };
  const levels = dtype === 'uint8' ? 255 : 65_535;
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (!Number.isFinite(value)) return null;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (values.length === 0) return null;
  const scale = high === low ? 1 : (high - low) / levels;
  const min = high !== low && low <= 0 && high >= 0 ? -Math.round(-low / scale) * scale : low;
  const steps = dtype === 'uint8' ? new Uint8Array(values.length) : new Uint16Array(values.length);
  values.forEach((value, i) => {
    steps[i] = Math.min(levels, Math.max(0, Math.round((value - min) / scale)));
  });
  return { values: steps, quantization: { dtype, scale, min } };
}

import { allocate, type DType } from '../../../dtype.js';
import type { Pointer } from './pointer.js';
import type { ProgramBuilder } from './programBuilder.js';

/** Stores `value` in `size` elements; `assembly/kernels/fill.ts` says how large a unit is. */
export function emitFill(builder: ProgramBuilder, to: Pointer, dtype: DType, size: number, value: number): void {
  // Eight bytes of repeated elements, as a host array of the dtype would hold them.
  const pattern = allocate(dtype, 8 / allocate(dtype, 1).BYTES_PER_ELEMENT).fill(value);
  const words = new Int32Array(pattern.buffer);
  const bytes = size * pattern.BYTES_PER_ELEMENT;
  builder.emit(
    'fill',
    { units: Math.ceil(bytes / 65_536) },
    { to, bytes, low: words[0] as number, high: words[1] as number },
  );
}

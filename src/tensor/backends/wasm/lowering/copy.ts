import type { Pointer } from './pointer.js';
import type { ProgramBuilder } from './programBuilder.js';

/** Copies `bytes` bytes; `assembly/kernels/copy.ts` says how large a unit is. */
export function emitCopy(builder: ProgramBuilder, to: Pointer, from: Pointer, bytes: number): void {
  builder.emit('copy', { units: Math.ceil(bytes / 65_536) }, { to, from, bytes });
}

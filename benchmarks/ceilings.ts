import { emitCopy } from '../src/tensor/backends/wasm/lowering/copy.js';
import type { Pointer } from '../src/tensor/backends/wasm/lowering/pointer.js';
import { type CompareOptions, type Contestant, compare, type Measurement } from './harness.js';
import { type Row, rounded } from './report.js';
import { running, type Workers, wasmBackend } from './wasm/backend.js';
import { programOf } from './wasm/program.js';

/** Multiply-adds of one repetition in `assembly/kernels/peak.ts`. */
const multiplyAdds = 12 * 4;

/**
 * How fast the engine's own build multiplies and adds when nothing but registers is involved. Units: floating point
 * operations, two for each multiply-add.
 */
export function peak(workers: Workers, repeats = 50_000): Contestant {
  const parts = 32;
  // x = x / 2 + 1 / 4 tends to 1 / 2: the numbers stay ordinary ones.
  const fields = { repeats, factor: 0.5, addend: 0.25 };
  const run = programOf([], (builder) => builder.emit('peak', { units: parts, grain: 1 }, fields));
  return {
    name: `peak, ${workers}`,
    units: 2 * multiplyAdds * parts * repeats,
    run: () => running({ workers, repeats: 1 }, run),
  };
}

/**
 * How fast the engine copies when what it reads and what it writes take `bytes` together. Small ones stay in the caches;
 * they are copied again and again, so that launching the workers does not count. Units: bytes, read or written.
 */
export function copying(bytes: number, workers: Workers): Contestant {
  const half = Math.ceil(bytes / 2);
  const repeats = Math.max(1, Math.ceil(2 ** 25 / bytes));
  const backend = wasmBackend();
  const buffers = [backend.upload(new Uint8Array(half)), backend.upload(new Uint8Array(half))];
  const run = programOf(buffers, (builder, [to, from]) => {
    for (let i = 0; i < repeats; i++) emitCopy(builder, to as Pointer, from as Pointer, half);
  });
  const name = `copy, ${Math.round(bytes / 2 ** 10)} KiB, ${workers}`;
  return { name, units: 2 * half * repeats, run: () => running({ workers, repeats: 1 }, run) };
}

/** A few milliseconds on all workers that depend on nothing but the processor; see `CompareOptions.pulse`. */
export function pulse(): () => Promise<unknown> {
  return peak('all', 1000).run;
}

/** Billions of operations or bytes each second, with one worker and with all of them. */
export async function measureCeilings(options: CompareOptions): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const workers of ['one', 'all'] as const) {
    const copies = [2 ** 18, 2 ** 21, 2 ** 27].map((bytes) => copying(bytes, workers));
    const [arithmetic, ...memory] = await compare([peak(workers), ...copies], options);
    rows.push(row(arithmetic as Measurement, 'GFLOP/s'), ...memory.map((copy) => row(copy, 'GB/s')));
  }
  return rows;
}

function row({ name, best, median }: Measurement, unit: string): Row {
  return { ceiling: name, unit, best: rounded(1e-6 / best), median: rounded(1e-6 / median) };
}

import { copying, peak } from '../ceilings.js';
import { type CompareOptions, type Contestant, compare, type Measurement } from '../harness.js';
import type { MatmulContestants } from '../peers/matmul.js';
import { type Row, rounded } from '../report.js';
import { running, type Workers } from '../wasm/backend.js';
import { type KernelCase, kernelCases } from './cases.js';

/** Work that takes a few milliseconds: operations or bytes. */
const enough = 2.5e8;

interface Measured {
  readonly kernel: KernelCase;
  readonly workers: Workers;
  /** The kernel, and a copy that reads and writes as many bytes. */
  readonly own: Measurement;
  readonly memory: Measurement;
  /** Milliseconds for a floating point operation at least. */
  readonly arithmetic: Measurement;
}

/**
 * Measures each kernel beside its ceilings in the same rounds: multiply-adds in registers, and a copy that reads and
 * writes as many bytes. Gives the fraction of whichever binds, best against best.
 */
export async function measureKernels(
  choose: (kernel: KernelCase) => boolean,
  workers: readonly Workers[],
  options: CompareOptions,
): Promise<readonly Row[]> {
  const all: Measured[] = [];
  for (const kernel of kernelCases.filter(choose)) {
    for (const those of workers) {
      const contestants = [contestant(kernel, those), copying(kernel.bytes, those), peak(those, 20_000)];
      const [own, memory, arithmetic] = await compare(contestants, options);
      all.push({ kernel, workers: those, own, memory, arithmetic } as Measured);
    }
  }
  return all.map((measured) => {
    // The fastest of the whole run is the ceiling: slower ones only show that something else was running.
    const alike = all.filter((other) => other.workers === measured.workers);
    return row(measured, Math.min(...alike.map(({ arithmetic }) => arithmetic.best)));
  });
}

/** Matrix products by everybody, interleaved, through each library's own interface. */
export async function measureMatmul(
  n: number,
  { contestants }: MatmulContestants,
  options: CompareOptions,
): Promise<readonly Row[]> {
  const measurements = await compare(contestants, options);
  return measurements.map(({ name, best, median, ratio, bestRatio }) => ({
    matmul: `${n}^3`,
    contestant: name,
    'best ms': rounded(best),
    'median ms': rounded(median),
    'GFLOP/s': rounded((2e-6 * n ** 3) / best),
    ratio: rounded(ratio),
    'ratio of bests': rounded(bestRatio),
  }));
}

function contestant({ name, flops, bytes, run }: KernelCase, workers: Workers): Contestant {
  const repeats = Math.max(1, Math.round(enough / Math.max(flops, bytes)));
  return { name, units: repeats, run: () => running({ workers, repeats }, run) };
}

function row({ kernel: { name, flops, bytes }, workers, own, memory }: Measured, flopTime: number): Row {
  // The least milliseconds that each ceiling allows.
  const [computing, moving] = [flops * flopTime, bytes * memory.best];
  return {
    kernel: name,
    workers,
    'best ms': rounded(own.best),
    'median ms': rounded(own.median),
    'GFLOP/s': rounded((1e-6 * flops) / own.best),
    'GB/s': rounded((1e-6 * bytes) / own.best),
    bound: computing > moving ? 'arithmetic' : 'memory',
    'of ceiling': rounded(Math.max(computing, moving) / own.best),
  };
}

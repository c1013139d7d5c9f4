/**
 * The kernels of the reference backend, beside the ceilings of plain JavaScript on this machine. Run it with
 * `npm run bench:kernels`.
 */
import { compare, type Measurement } from '../harness.js';
import { type Row, rounded, writeReport } from '../report.js';
import { kernelCases } from './cases.js';
import { largeCopy, multiplyAdd } from './ceilings.js';

const measurements = await compare([multiplyAdd, largeCopy, ...kernelCases], { warmUps: 5, rounds: 25 });

/** Billions of units each second. */
const rate = (milliseconds: number): number => 1e-6 / milliseconds;

const [arithmetic, bandwidth, ...kernels] = measurements as readonly [Measurement, Measurement, ...Measurement[]];
// The best round is the ceiling: a slower one only shows that something else was running.
const [peak, bytesPerSecond] = [rate(arithmetic.best), rate(bandwidth.best)];

const rows: Row[] = [
  { kernel: arithmetic.name, 'best GMAC/s': rounded(peak), 'median GMAC/s': rounded(rate(arithmetic.median)) },
  ...kernels.map(({ name, best, median }, i): Row => {
    const { units = 1, bytes = 1 } = kernelCases[i] ?? {};
    // Whichever binds: arithmetic, or fetching the operands from memory.
    const ceiling = Math.min(peak, (bytesPerSecond * units) / bytes);
    return {
      kernel: name,
      'best GMAC/s': rounded(rate(best)),
      'median GMAC/s': rounded(rate(median)),
      ceiling: rounded(ceiling),
      'best / ceiling': rounded(rate(best) / ceiling),
    };
  }),
];

await writeReport({
  name: 'referenceKernels',
  about:
    'Kernels of the reference backend, batch 1, one thread: billions of multiply-adds each second. ' +
    'd left, d right: gradients with respect to the first and the second operand. ' +
    `The ceiling is that of multiply-adds in registers, or of memory (${rounded(bytesPerSecond)} GB/s copied) where that is lower.`,
  rows,
});

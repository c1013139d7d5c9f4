import type { ValueId } from '../../../plan/index.js';
import { sizeOf } from '../../../shape.js';
import { KernelBuilder, type Quad, thread } from '../source/kernelBuilder.js';
import { quadsOf } from '../source/quads.js';
import type { Lowering, LoweringContext, Lowerings, StepOf } from './lowering.js';

// The generator of `random.ts`. Kernels have floats only: a 32-bit word is two whole numbers of 16 bits, and every sum,
// product with a power of two and floor of those is exact.

/** A 32-bit word as names of variables, high half first. */
type Word = readonly [high: string, low: string];

const rotations = [13, 15, 26, 6, 17, 29, 16, 24] as const;
const parity = 0x1bd11bda;

const randomUniform: Lowering<'randomUniform'> = (step, context) => {
  generate(step, context, (_kernel, first, second) => [first, second]);
};

/** Box and Muller's transform. */
const randomNormal: Lowering<'randomNormal'> = (step, context) => {
  generate(step, context, (kernel, first, second) => {
    const radius = kernel.let(`Math.sqrt(-2 * ${naturalLog(kernel, kernel.let(`1 - ${first}`))})`);
    const [cosine, sine] = turn(kernel, second);
    return [kernel.let(`${radius} * ${cosine}`), kernel.let(`${radius} * ${sine}`)];
  });
};

export const randomLowerings = { randomUniform, randomNormal } satisfies Lowerings;

/** Two numbers in `[0, 1)` of one counter become two numbers of the result. */
type Transform = (kernel: KernelBuilder, first: string, second: string) => readonly [string, string];

function generate(
  { inputs, output, params }: StepOf<'randomUniform' | 'randomNormal'>,
  context: LoweringContext,
  transform: Transform,
): void {
  const size = sizeOf(context.value(output).shape);
  if (size === 0) return;
  const kernel = new KernelBuilder(context.dialect, 'argument');
  const step = wordOf(kernel, kernel.element(kernel.array(context.operand(inputs[0] as ValueId)), '0'));
  const keys = keySchedule(kernel, params.seed, params.stream);
  const [zero, one] = [0, 1].map((pair) => {
    const counter = wordOf(kernel, kernel.let(`${thread} * 2 + ${pair}`, 'c'));
    const [a, b] = threefry(kernel, keys, counter, step);
    return transform(kernel, unitInterval(kernel, a), unitInterval(kernel, b));
  }) as [readonly [string, string], readonly [string, string]];
  context.launch(kernel.finish(quadsOf(size), [...zero, ...one] as Quad), context.operand(output));
}

/** What is added to the two words before the first round, and after each group of four. */
type KeySchedule = readonly (readonly [Word, Word])[];

/** The words of all keys are arguments: one kernel draws for every seed and stream. */
function keySchedule(kernel: KernelBuilder, seed: number, stream: number): KeySchedule {
  const keys = [seed, stream, seed ^ stream ^ parity];
  const words = Array.from({ length: 6 }, (_, group): readonly [number, number] => [
    keys[group % 3] as number,
    // Before the first round nothing is counted.
    ((keys[(group + 1) % 3] as number) + group) | 0,
  ]);
  const wordAsArgument = (word: number): Word => [kernel.size((word >>> 16) & 0xffff), kernel.size(word & 0xffff)];
  return words.map(([a, b]) => [wordAsArgument(a), wordAsArgument(b)]);
}

function threefry(kernel: KernelBuilder, keys: KeySchedule, c0: Word, c1: Word): readonly [Word, Word] {
  const [[first, second], ...others] = keys as readonly [readonly [Word, Word], ...KeySchedule];
  let x0 = plus(kernel, c0, first);
  let x1 = plus(kernel, c1, second);
  others.forEach(([next, after], group) => {
    const start = (group & 1) * 4;
    for (const bits of rotations.slice(start, start + 4)) {
      x0 = plus(kernel, x0, x1);
      x1 = exclusiveOr(kernel, rotated(kernel, x1, bits), x0);
    }
    x0 = plus(kernel, x0, next);
    x1 = plus(kernel, x1, after);
  });
  return [x0, x1];
}

/** A whole number between -2^24 and 2^24 in two's complement. */
function wordOf(kernel: KernelBuilder, x: string): Word {
  const high = kernel.let(`Math.floor(${x} * ${2 ** -16})`, 'w');
  const low = kernel.let(`${x} - ${high} * 65536`, 'w');
  kernel.line(`if (${high} < 0) { ${high} = ${high} + 65536; }`);
  return [high, low];
}

/** The sum of two words without what does not fit. */
function plus(kernel: KernelBuilder, a: Word, b: Word): Word {
  const low = kernel.let(`${a[1]} + ${b[1]}`, 'w');
  const high = kernel.let(`${a[0]} + ${b[0]}`, 'w');
  kernel.line(`if (${low} > 65535.5) { ${low} = ${low} - 65536; ${high} = ${high} + 1; }`);
  kernel.line(`if (${high} > 65535.5) { ${high} = ${high} - 65536; }`);
  return [high, low];
}

function exclusiveOr(kernel: KernelBuilder, a: Word, b: Word): Word {
  const { xor } = kernel.dialect;
  return [kernel.let(xor(a[0], b[0]), 'w'), kernel.let(xor(a[1], b[1]), 'w')];
}

/** A word turned to the left. */
function rotated(kernel: KernelBuilder, word: Word, bits: number): Word {
  const [high, low] = bits >= 16 ? [word[1], word[0]] : word;
  const rest = bits % 16;
  if (rest === 0) return [high, low];
  // The highest bits of one half become the lowest of the other. Every number in between stays below 2^17, so that a
  // compiler may add in any order.
  const [up, down] = [2 ** rest, 2 ** (rest - 16)];
  const carryHigh = kernel.let(`Math.floor(${high} * ${down})`, 'w');
  const carryLow = kernel.let(`Math.floor(${low} * ${down})`, 'w');
  const shifted = (half: string, carry: string): string => `(${half} - ${carry} * ${2 ** (16 - rest)}) * ${up}`;
  return [
    kernel.let(`${shifted(high, carryHigh)} + ${carryLow}`, 'w'),
    kernel.let(`${shifted(low, carryLow)} + ${carryHigh}`, 'w'),
  ];
}

/** The highest 24 bits as a number in `[0, 1)`. */
function unitInterval(kernel: KernelBuilder, [high, low]: Word): string {
  return kernel.let(`(${high} * 256 + Math.floor(${low} * ${2 ** -8})) * ${2 ** -24}`, 'u');
}

/**
 * The logarithm of a number in `[2^-24, 1]`, to the precision of float32: `x = m 2^-e` with `m` in `[1, 2)`, and
 * `log m = 2 atanh((m - 1) / (m + 1))`.
 */
function naturalLog(kernel: KernelBuilder, x: string): string {
  const m = kernel.let(x, 'm');
  const e = kernel.let('0', 'm');
  for (const power of [16, 8, 4, 2, 1]) {
    kernel.line(`if (${m} < ${2 ** (1 - power)}) { ${m} = ${m} * ${2 ** power}; ${e} = ${e} + ${power}; }`);
  }
  kernel.line(`if (${m} > 1.4142135) { ${m} = ${m} * 0.5; ${e} = ${e} - 1; }`);
  const s = kernel.let(`(${m} - 1) / (${m} + 1)`, 'm');
  const z = kernel.let(`${s} * ${s}`, 'm');
  const series = `((((${z} * ${1 / 9} + ${1 / 7}) * ${z} + ${1 / 5}) * ${z} + ${1 / 3}) * ${z} + 1)`;
  return kernel.let(`2 * ${s} * ${series} - ${e} * ${Math.LN2}`, 'm');
}

/** Cosine and sine of `2 pi x` for `x` in `[0, 1)`: quarter turns are taken off exactly, the rest by Taylor's series. */
function turn(kernel: KernelBuilder, x: string): readonly [cosine: string, sine: string] {
  const quarter = kernel.let(`Math.floor(${x} * 4 + 0.5)`, 'm');
  const angle = kernel.let(`(${x} - ${quarter} * 0.25) * ${2 * Math.PI}`, 'm');
  const z = kernel.let(`${angle} * ${angle}`, 'm');
  const even = `((((${z} * ${1 / 40320} - ${1 / 720}) * ${z} + ${1 / 24}) * ${z} - 0.5) * ${z} + 1)`;
  const odd = `${angle} * ((((${z} * ${1 / 362880} - ${1 / 5040}) * ${z} + ${1 / 120}) * ${z} - ${1 / 6}) * ${z} + 1)`;
  const [c, s] = [kernel.let(even, 'm'), kernel.let(odd, 'm')];
  const [cosine, sine] = [kernel.let(c, 'm'), kernel.let(s, 'm')];
  kernel.line(`if (${quarter} === 1) { ${cosine} = -${s}; ${sine} = ${c}; }`);
  kernel.line(`if (${quarter} === 2) { ${cosine} = -${c}; ${sine} = -${s}; }`);
  kernel.line(`if (${quarter} === 3) { ${cosine} = ${s}; ${sine} = -${c}; }`);
  return [cosine, sine];
}

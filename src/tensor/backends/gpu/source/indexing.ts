import type { KernelBuilder } from './kernelBuilder.js';

/** Below this, `(i + 0.5) * (1 / d)` never rounds up to or past a whole number: the error is below `0.5 / d`. */
const exactBelow = 2 ** 22;

/**
 * The quotient of two whole numbers without its fraction. Shading languages promise no more of a division than 2.5 units
 * in the last place, so that 41 / 41 may be less than 1; products are rounded correctly.
 * @param bound a whole number that is larger than `index` ever gets, at most 2^24.
 */
export function quotient(kernel: KernelBuilder, index: string, divisor: number, bound: number): string {
  if (divisor === 1) return index;
  if (bound <= divisor) return '0';
  const inverse = kernel.size(Math.fround(1 / divisor));
  const isPowerOfTwo = kernel.sizes === 'literal' && Number.isInteger(Math.log2(divisor));
  if (isPowerOfTwo) return kernel.let(`Math.floor(${index} * ${inverse})`, 'd');
  if (bound <= exactBelow) return kernel.let(`Math.floor((${index} + 0.5) * ${inverse})`, 'd');
  const size = kernel.size(divisor);
  const result = kernel.let(`Math.floor(${index} * ${inverse})`, 'd');
  const rest = kernel.let(`${index} - ${result} * ${size}`, 'd');
  kernel.line(`if (${rest} < 0) { ${result} = ${result} - 1; }`);
  kernel.line(`if (${rest} >= ${size}) { ${result} = ${result} + 1; }`);
  return result;
}

/** Quotient and remainder. */
export function divide(
  kernel: KernelBuilder,
  index: string,
  divisor: number,
  bound: number,
): readonly [quotient: string, remainder: string] {
  const whole = quotient(kernel, index, divisor, bound);
  if (divisor === 1) return [whole, '0'];
  if (whole === '0') return ['0', index];
  return [whole, kernel.let(`${index} - ${whole} * ${kernel.size(divisor)}`, 'r')];
}

/** Coordinates of a row-major index along axes of these lengths; the outermost one is whatever is left. */
export function coordinates(
  kernel: KernelBuilder,
  index: string,
  lengths: readonly number[],
  bound = lengths.reduce((product, length) => product * length, 1),
): readonly string[] {
  const result: string[] = [];
  let rest = index;
  let below = bound;
  for (let axis = lengths.length - 1; axis > 0; axis--) {
    const length = lengths[axis] as number;
    const [outer, inner] = divide(kernel, rest, length, below);
    result.unshift(inner);
    rest = outer;
    below = Math.ceil(below / length);
  }
  if (lengths.length > 0) result.unshift(rest);
  return result;
}

/** `start + sum of counts[i] * steps[i]`, as short as it can be written. */
export function position(
  kernel: KernelBuilder,
  counts: readonly string[],
  steps: readonly number[],
  start = 0,
): string {
  const terms: string[] = [];
  counts.forEach((count, i) => {
    const step = steps[i] as number;
    if (step === 0 || count === '0') return;
    terms.push(step === 1 ? count : `${count} * ${kernel.size(step)}`);
  });
  if (start !== 0) terms.push(kernel.size(start));
  return terms.length === 0 ? '0' : terms.join(' + ');
}

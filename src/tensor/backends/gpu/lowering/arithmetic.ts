import { type DType, isFloating } from '../../../dtype.js';
import type { ElementwisePrimitive } from '../../../ops/index.js';
import type { Step } from '../../../plan/index.js';
import type { KernelBuilder } from '../source/kernelBuilder.js';
import { elementary, isNotANumber } from './elementary.js';

// Every number is a float32, whatever its dtype: whole numbers are exact up to 2^24, truth values are 0 and 1.

export type ElementwiseStep = Extract<Step, { readonly op: ElementwisePrimitive }>;

/** One element of an elementwise step, from those of its inputs. `from` is the dtype of its last input. */
export function compute(kernel: KernelBuilder, step: ElementwiseStep, inputs: readonly string[], from: DType): string {
  const [a, b, c] = inputs as readonly [string, string, string];
  const wrap = (value: string): string => (from === 'uint8' ? lowestByte(kernel, value) : value);
  switch (step.op) {
    case 'add':
      return wrap(kernel.let(`${a} + ${b}`));
    case 'sub':
      return wrap(kernel.let(`${a} - ${b}`));
    case 'mul':
      return wrap(kernel.let(`${a} * ${b}`));
    case 'div':
      return isFloating(from) ? kernel.let(`${a} / ${b}`) : wholeQuotient(kernel, a, b);
    case 'pow':
      return wrap(power(kernel, a, b));
    case 'neg':
      return wrap(kernel.let(`-${a}`));
    case 'abs':
      return kernel.let(`Math.abs(${a})`);
    case 'maximum':
      return extremum(kernel, a, '>', b);
    case 'minimum':
      return extremum(kernel, a, '<', b);
    case 'equal':
      return truth(kernel, `${a} === ${b}`);
    case 'notEqual':
      return truth(kernel, `!(${a} === ${b})`);
    case 'less':
      return truth(kernel, `${a} < ${b}`);
    case 'lessEqual':
      return truth(kernel, `${a} <= ${b}`);
    case 'greater':
      return truth(kernel, `${a} > ${b}`);
    case 'greaterEqual':
      return truth(kernel, `${a} >= ${b}`);
    case 'logicalAnd':
      return kernel.let(`${a} * ${b}`);
    case 'logicalOr':
      return truth(kernel, `${a} + ${b} > 0.5`);
    case 'logicalNot':
      return kernel.let(`1 - ${a}`);
    case 'where':
      return kernel.select(`${a} > 0.5`, b, c);
    case 'relu':
      return rectified(kernel, a, step.params.maximum);
    case 'reluGradient':
      return rectifiedGradient(kernel, a, b, step.params.maximum);
    case 'cast':
      return cast(kernel, a, from, step.params.dtype);
    case 'broadcastTo':
      return a;
    default:
      return elementary[step.op](kernel, a);
  }
}

/** `min(max(x, 0), maximum)`; NaN and -0 stay what they are, which no `Math.max` of a shading language promises. */
export function rectified(kernel: KernelBuilder, x: string, maximum: number): string {
  const y = kernel.select(`!(${x} < 0)`, x, '0');
  if (Number.isFinite(maximum)) kernel.line(`if (${y} > ${maximum}) { ${y} = ${maximum}; }`);
  return y;
}

/** `dy` where `0 < y < maximum`, else 0. */
export function rectifiedGradient(kernel: KernelBuilder, dy: string, y: string, maximum: number): string {
  return kernel.select(`${y} > 0 && ${y} < ${kernel.number(maximum)}`, dy, '0');
}

function truth(kernel: KernelBuilder, condition: string): string {
  return kernel.select(condition, '1', '0');
}

/** NaN if either is. */
function extremum(kernel: KernelBuilder, a: string, compare: '>' | '<', b: string): string {
  return kernel.select(`${a} ${compare} ${b} || ${isNotANumber(a)}`, a, b);
}

/** The lowest 8 bits of a whole number. */
function lowestByte(kernel: KernelBuilder, x: string): string {
  return kernel.let(`${x} - 256 * Math.floor(${x} * 0.00390625)`);
}

/** A quotient without its fraction, 0 where the divisor is 0. Division alone may be a little too small or too large. */
function wholeQuotient(kernel: KernelBuilder, a: string, b: string): string {
  const n = kernel.let(`Math.abs(${a})`);
  const d = kernel.let(`Math.abs(${b})`);
  const q = kernel.let('0');
  kernel.block(`if (${d} > 0.5)`, () => {
    kernel.line(`${q} = Math.floor(${n} / ${d} + 0.5);`);
    kernel.line(`if (${q} * ${d} > ${n}) { ${q} = ${q} - 1; }`);
    kernel.line(`if ((${a} < 0 && ${b} > 0) || (${a} > 0 && ${b} < 0)) { ${q} = -${q}; }`);
  });
  return q;
}

/** `a ** b`: shading languages have no power of a negative number, and say nothing about infinities. */
function power(kernel: KernelBuilder, a: string, b: string): string {
  const [infinity, nan] = [Number.POSITIVE_INFINITY, Number.NaN].map((value) => kernel.number(value));
  const size = kernel.let(`Math.abs(${a})`);
  const y = kernel.let(`Math.pow(${size}, ${b})`);
  const rule = (condition: string, value: string): void => kernel.line(`if (${condition}) { ${y} = ${value}; }`);
  rule(`${b} === 1`, size);
  rule(`${b} === 2`, `${size} * ${size}`);
  const isVast = (x: string): string => `Math.abs(${x}) === ${infinity}`;
  rule(`(${size} === 0 && ${b} > 0) || (${isVast(a)} && ${b} < 0)`, '0');
  rule(`(${size} === 0 && ${b} < 0) || (${isVast(a)} && ${b} > 0)`, `${infinity}`);
  rule(`${isVast(b)} && ((${size} < 1 && ${b} > 0) || (${size} > 1 && ${b} < 0))`, '0');
  rule(`${isVast(b)} && ((${size} < 1 && ${b} < 0) || (${size} > 1 && ${b} > 0))`, `${infinity}`);
  rule(`${isVast(b)} && ${size} === 1`, `${nan}`);
  kernel.block(`if (${a} < 0 && !(${isVast(b)}))`, () => {
    const half = kernel.let(`${b} * 0.5`);
    rule(`Math.floor(${b}) !== ${b} && ${size} < ${infinity}`, `${nan}`);
    rule(`Math.floor(${b}) === ${b} && Math.floor(${half}) !== ${half}`, `-${y}`);
  });
  rule(`${isNotANumber(a)} || ${isNotANumber(b)}`, `${nan}`);
  rule(`${b} === 0`, '1');
  return y;
}

/** Floats become whole numbers by dropping the fraction and saturating, NaN becomes 0; anything but 0 is true. */
function cast(kernel: KernelBuilder, x: string, from: DType, to: DType): string {
  if (to === 'bool') return from === 'bool' ? x : kernel.select(`${x} === 0`, '0', '1');
  if (from === 'int32' && to === 'uint8') return lowestByte(kernel, x);
  if (!isFloating(from) || isFloating(to)) return x;
  const [least, largest] = to === 'uint8' ? [0, 255] : [-(2 ** 31), 2 ** 31 - 1];
  const y = kernel.let('0');
  kernel.line(`if (${x} > 0) { ${y} = Math.floor(${x}); }`);
  kernel.line(`if (${x} < 0) { ${y} = -Math.floor(-${x}); }`);
  kernel.line(`if (${y} > ${largest}) { ${y} = ${largest}; }`);
  kernel.line(`if (${y} < ${kernel.number(least)}) { ${y} = ${kernel.number(least)}; }`);
  return y;
}

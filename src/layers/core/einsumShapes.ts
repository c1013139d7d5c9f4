import { ArgumentError } from '../../tensor/index.js';
import type { SymbolicShape } from '../layer.js';

/** What the equation of an `EinsumDense` says of its weights. Axes that are not known are `null`. */
export interface EinsumShapes {
  readonly kernel: SymbolicShape;
  /** `null` without bias axes. */
  readonly bias: SymbolicShape | null;
  /** Axes of the kernel that the input has too and the output has not. */
  readonly inputAxes: readonly number[];
  /** Axes of the kernel that the output has too. */
  readonly outputAxes: readonly number[];
}

/** What the shapes follow from. */
export interface EinsumRequest {
  /** `ab,bc->ac`, with `...` in front or at the end of input and output. */
  readonly equation: string;
  readonly biasAxes: string | null;
  readonly input: SymbolicShape;
  /** Shape of the output without the batch; `null` where the input says it. */
  readonly output: SymbolicShape;
}

/** @throws {ArgumentError} if the equation is not of a form that Keras knows, or the shapes do not go with it. */
export function einsumShapes(operation: string, { equation, biasAxes, input, output }: EinsumRequest): EinsumShapes {
  const refuse = (received: string): ArgumentError =>
    new ArgumentError({
      operation,
      expected: 'an equation such as ab,bc->ac, ...b,bc->...c or ab...,bc->ac..., and shapes that go with it',
      received,
      remedy: 'Each letter of the kernel is one of the input or of the output.',
    });
  const text = equation.replaceAll('...', '0');
  const [, x, weight, y] = /^(0?[a-zA-Z]+0?),([a-zA-Z]+)->(0?[a-zA-Z]+0?)$/.exec(text) ?? [];
  if (x === undefined || weight === undefined || y === undefined) throw refuse(`'${equation}'`);
  const [inLetters, outLetters] = [x.replace('0', ''), y.replace('0', '')];
  const sameEllipsis =
    ['0', ''].some((mark) => x === `${mark}${inLetters}` && y === `${mark}${outLetters}`) ||
    (x === `${inLetters}0` && y === `${outLetters}0`);
  const elided = input.length - inLetters.length;
  if (!sameEllipsis || elided < 0 || (elided > 0 && !x.includes('0')))
    throw refuse(`'${equation}', rank ${input.length}`);

  const leading = x.startsWith('0') ? elided : 0;
  const hidden = elided - leading;
  const full = [input[0] ?? null, ...input.slice(1, leading), ...output, ...input.slice(input.length - hidden)];
  const sizeIn = new Map([...inLetters].map((letter, i) => [letter, input[i + leading] ?? null]));
  const sizeOut = new Map([...outLetters].map((letter, i) => [letter, full[i + leading] ?? null]));
  if (full.length !== leading + outLetters.length + hidden)
    throw refuse(`'${equation}', an output of rank ${full.length}`);

  const kernel: (number | null)[] = [];
  const axes = { input: [] as number[], output: [] as number[] };
  for (const [axis, letter] of [...weight].entries()) {
    const size = sizeOut.get(letter) ?? sizeIn.get(letter);
    if (size === undefined) throw refuse(`'${equation}', in which nothing else has '${letter}'`);
    kernel.push(size);
    axes[sizeOut.has(letter) ? 'output' : 'input'].push(axis);
  }
  return {
    kernel,
    bias: biasAxes === null ? null : biasShape(biasAxes, outLetters, sizeOut, hidden, refuse),
    inputAxes: axes.input,
    outputAxes: axes.output,
  };
}

/** One axis for each letter of the output from the first bias axis on; size 1 where there is no bias. */
function biasShape(
  biasAxes: string,
  letters: string,
  sizes: ReadonlyMap<string, number | null>,
  hidden: number,
  refuse: (received: string) => ArgumentError,
): SymbolicShape {
  const unknown = [...biasAxes].find((letter) => !letters.includes(letter));
  if (unknown !== undefined || biasAxes === '') throw refuse(`bias axes '${biasAxes}'`);
  const first = Math.min(...[...biasAxes].map((letter) => letters.indexOf(letter)));
  const own = [...letters.slice(first)].map((letter) => (biasAxes.includes(letter) ? (sizes.get(letter) ?? null) : 1));
  return [...own, ...Array.from({ length: hidden }, () => 1)];
}

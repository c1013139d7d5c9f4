import { type Shape, sizeOf, stridesOf } from '../../../shape.js';
import { mergeAxes, type WalkAxis } from '../../../strides.js';
import { coordinates, position } from './indexing.js';
import { type KernelBuilder, places, type Quad, thread } from './kernelBuilder.js';

/** Where the numbers of an operand are while the result is walked in order: `start`, and a step for each axis. */
export interface View {
  readonly start: number;
  readonly strides: readonly number[];
}

/**
 * The walk of one thread over its four elements of a result. Where the innermost axis is a multiple of four all of them
 * have the same outer coordinates; elsewhere each has its own.
 */
export class Walk {
  readonly #axes: readonly WalkAxis[];
  readonly #isAligned: boolean;
  readonly #size: number;
  #shared: readonly string[] | null = null;
  #own: readonly (readonly string[])[] | null = null;

  /** @param views of everything that is read; further axes are merged where all of them allow it. */
  constructor(
    readonly kernel: KernelBuilder,
    readonly shape: Shape,
    readonly views: readonly View[],
  ) {
    this.#axes = mergeAxes(shape, [stridesOf(shape), ...views.map(({ strides }) => strides)]);
    this.#isAligned = (this.#axes.at(-1)?.length ?? 1) % 4 === 0;
    this.#size = sizeOf(shape);
  }

  /** The four numbers of the operand with the `index`-th view. */
  read(array: string, index: number): Quad {
    const { kernel } = this;
    const { start } = this.views[index] as View;
    const steps = this.#axes.map(({ steps }) => steps[index + 1] as number);
    const inner = steps.at(-1) ?? 0;
    const outer = steps.slice(0, -1);
    if (steps.every((step) => step === 0)) return repeated(kernel.element(array, position(kernel, [], [], start)));
    if (this.#isAligned && inner === 1 && [start, ...outer].every((step) => step % 4 === 0)) {
      const quadSteps = [...outer.map((step) => step / 4), 1];
      return kernel.quad(array, position(kernel, this.#sharedCoordinates(), quadSteps, start / 4));
    }
    if (this.#isAligned && inner === 0) {
      return repeated(kernel.element(array, position(kernel, this.#sharedCoordinates().slice(0, -1), outer, start)));
    }
    const own = this.#ownCoordinates();
    const at = (place: number): string =>
      kernel.element(array, position(kernel, own[place] as readonly string[], steps, start));
    return [at(0), at(1), at(2), at(3)];
  }

  /** Outer coordinates, then which quad of the innermost axis. */
  #sharedCoordinates(): readonly string[] {
    const lengths = this.#axes.map(({ length }, i) => (i === this.#axes.length - 1 ? length / 4 : length));
    this.#shared ??= coordinates(this.kernel, thread, lengths);
    return this.#shared;
  }

  #ownCoordinates(): readonly (readonly string[])[] {
    const { kernel } = this;
    if (this.#own === null && this.#isAligned) {
      const shared = this.#sharedCoordinates();
      const first = kernel.let(`${shared.at(-1)} * 4`, 'c');
      this.#own = places.map((place) => [...shared.slice(0, -1), place === 0 ? first : `(${first} + ${place})`]);
    }
    const lengths = this.#axes.map(({ length }) => length);
    this.#own ??= elementIndices(kernel).map((index) => coordinates(kernel, index, lengths, this.#size + 4));
    return this.#own;
  }
}

/** Which four elements a thread makes. */
export function elementIndices(kernel: KernelBuilder): readonly string[] {
  const first = kernel.let(`${thread} * 4`, 'f');
  return places.map((place) => (place === 0 ? first : kernel.let(`${first} + ${place}`, 'f')));
}

/** The same number four times. */
export function repeated(value: string): Quad {
  return [value, value, value, value];
}

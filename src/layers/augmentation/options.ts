import {
  type Config,
  checkBooleanOption,
  checkChoiceOption,
  checkNumberOption,
  invalidOption,
  type NumberRange,
} from '../../tensor/index.js';
import { fillModes, type SampleOptions, sampleInterpolations } from './sample.js';

/** From where to where numbers are drawn: `[low, high)`, or `low` itself where both are equal. */
export type Range = readonly [low: number, high: number];

/** The options of one layer that augments. Each is checked where it is read. */
export class AugmentationOptions {
  readonly #operation: string;
  readonly #values: Config;

  constructor(operation: string, values: Config) {
    this.#operation = operation;
    this.#values = values;
  }

  /** Options of these names for another layer, which has them from this one's options of those names. */
  as(names: Readonly<Record<string, string>>): AugmentationOptions {
    const values = Object.entries(names).map(([name, own]) => [name, this.#values[own] ?? null] as const);
    return new AugmentationOptions(this.#operation, Object.fromEntries(values));
  }

  /** Whether the option is given, or has a default that is not `null`. */
  has(name: string): boolean {
    return this.#values[name] !== null && this.#values[name] !== undefined;
  }

  number(name: string, range: NumberRange = {}): number {
    return checkNumberOption(this.#operation, name, this.#values[name], range);
  }

  /** A list of numbers; one alone is a list of one. */
  numbers(name: string, range: NumberRange = {}): readonly number[] {
    const value = this.#values[name];
    const list: readonly unknown[] = Array.isArray(value) ? value : [value];
    return list.map((one) => checkNumberOption(this.#operation, name, one, range));
  }

  flag(name: string): boolean {
    return checkBooleanOption(this.#operation, name, this.#values[name]);
  }

  choice<T extends string>(name: string, choices: readonly T[]): T {
    return checkChoiceOption(this.#operation, name, this.#values[name], choices);
  }

  /**
   * Two numbers, or one number `f` for the numbers from `-|f|`, or from `min` if that is larger, to `|f|`.
   * @throws {ArgumentError} if they do not lie within the bounds.
   */
  range(name: string, bounds: Required<Pick<NumberRange, 'min' | 'max'>>): Range {
    const value = this.#values[name];
    const check = (one: unknown): number => checkNumberOption(this.#operation, name, one, bounds);
    if (!Array.isArray(value)) {
      const size = Math.abs(check(value));
      return [Math.max(-size, bounds.min), size];
    }
    if (value.length !== 2) throw invalidOption(this.#operation, name, 'a number or two of them', value);
    const [a, b] = [check(value[0]), check(value[1])];
    return [Math.min(a, b), Math.max(a, b)];
  }

  /** What pixels hold at least and at most. @throws {ArgumentError} unless they are two different numbers. */
  valueRange(): Range {
    const [low, high] = this.range('valueRange', { min: -Infinity, max: Infinity });
    if (low < high && Array.isArray(this.#values.valueRange)) return [low, high];
    throw invalidOption(this.#operation, 'valueRange', 'two different numbers', this.#values.valueRange);
  }

  /** How pictures are sampled. */
  sampling(): SampleOptions {
    return {
      interpolation: this.choice('interpolation', sampleInterpolations),
      fillMode: this.choice('fillMode', fillModes),
      fillValue: this.number('fillValue'),
    };
  }
}

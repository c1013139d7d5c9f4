import { ArgumentError, checkChoiceOption } from '../../tensor/index.js';
import type { TrainingControl } from './callback.js';
import type { Logs } from './logs.js';

/** Which log to watch, and what counts as an improvement. */
export interface MonitorOptions {
  /** The log to watch. @defaultValue `'val_loss'` */
  readonly monitor?: string;
  /** Whether less or more is better; `auto` asks the metric. @defaultValue `'auto'` */
  readonly mode?: 'auto' | 'min' | 'max';
}

/** Watches a log for improvements, by Keras's rules. */
export class Monitor {
  readonly log: string;
  readonly #mode: 'auto' | 'min' | 'max';
  readonly #minDelta: number;
  control: TrainingControl | null = null;
  /** The best value so far; `null` before there is one. */
  best: number | null = null;

  /**
   * @param minDelta a change of at most this much is no improvement
   * @throws {ArgumentError} if `mode` is none of the three.
   */
  constructor(
    readonly operation: string,
    { monitor = 'val_loss', mode = 'auto' }: MonitorOptions,
    minDelta = 0,
  ) {
    this.log = monitor;
    this.#mode = checkChoiceOption(operation, 'mode', mode, ['auto', 'min', 'max']);
    this.#minDelta = Math.abs(minDelta);
  }

  /** The value to look at; with a warning `undefined` if there is none. */
  read(logs: Logs): number | undefined {
    const value = logs[this.log];
    if (value === undefined) {
      const known = Object.keys(logs).join(', ');
      console.warn(`${this.operation}: there is no '${this.log}' to watch, only ${known}.`);
    }
    return value;
  }

  /** Whether `value` is better than `reference` by more than `minDelta`; anything is better than nothing. */
  improves(value: number, reference: number | null): boolean {
    const sign = this.sign();
    return reference === null || sign * value - this.#minDelta > sign * reference;
  }

  /**
   * 1 if more is better, -1 if less is.
   * @throws {ArgumentError} if `mode` is `'auto'` and nobody knows which.
   */
  sign(): 1 | -1 {
    if (this.#mode !== 'auto') return this.#mode === 'max' ? 1 : -1;
    const direction = this.control?.directionOf(this.log) ?? null;
    if (direction !== null) return direction === 'up' ? 1 : -1;
    throw new ArgumentError({
      operation: this.operation,
      expected: 'a mode for a log that is not known to be better when it is more, or less',
      received: `mode 'auto' for '${this.log}'`,
      remedy: "Give mode: 'max' or mode: 'min'.",
    });
  }
}

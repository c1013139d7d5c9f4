import type { Callback, CallbackState } from './callback.js';
import type { Logs } from './logs.js';

/** Remembers the logs of every epoch. `fit` adds one and returns it. */
export class History implements Callback {
  #history: Record<string, number[]> = {};
  #epochs: number[] = [];

  /** One list for each log, with one number for each epoch. */
  get history(): Readonly<Record<string, readonly number[]>> {
    return this.#history;
  }

  /** Numbers of the epochs that were completed, from 0. */
  get epochs(): readonly number[] {
    return this.#epochs;
  }

  onTrainBegin(): void {
    this.#epochs = [];
  }

  onEpochEnd(epoch: number, logs: Logs): void {
    this.#epochs.push(epoch);
    for (const [name, value] of Object.entries(logs)) {
      this.#history[name] ??= [];
      this.#history[name].push(value);
    }
  }

  state(): CallbackState {
    return { kind: 'history', facts: { history: this.#history, epochs: this.#epochs } };
  }

  restore({ facts }: CallbackState): void {
    const { history, epochs } = facts as Pick<History, 'history' | 'epochs'>;
    this.#history = Object.fromEntries(Object.entries(history).map(([name, values]) => [name, [...values]]));
    this.#epochs = [...epochs];
  }
}

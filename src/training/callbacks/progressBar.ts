import type { Callback, CallbackParams } from './callback.js';
import type { Logs } from './logs.js';
import { type Progress, progressLine, summaryLine } from './progressLine.js';
import { type ProgressOutput, standardOutput } from './progressOutput.js';

/** Milliseconds between two drawings. */
const interval = 100;

/** Options of `ProgressBar`. */
export interface ProgressBarOptions {
  /** 1 draws a bar, 2 prints a line for each epoch. @defaultValue `'auto'`: 1 on a terminal, otherwise 2 */
  readonly verbose?: 'auto' | 1 | 2;
  /** @defaultValue what the program prints to; in a browser the console */
  readonly output?: ProgressOutput;
  /** A clock, in milliseconds. @defaultValue `performance.now` */
  readonly now?: () => number;
}

/**
 * Shows how training goes on. `fit` adds one according to its option `verbose`; with a bar of your own, give
 * `verbose: 0` there. Metrics are read when the bar is drawn, not after every batch.
 */
export class ProgressBar implements Callback {
  readonly #output: ProgressOutput;
  readonly #now: () => number;
  readonly #drawn: boolean;
  #params: CallbackParams = { epochs: 1, steps: null, batchSize: 0, samples: null };
  #started = 0;
  #nextDrawing = 0;
  #step = 0;
  #seconds = 0;

  constructor({ verbose = 'auto', output = standardOutput(), now = () => performance.now() }: ProgressBarOptions = {}) {
    this.#output = output;
    this.#now = now;
    this.#drawn = verbose === 1 || (verbose === 'auto' && output.isTerminal);
  }

  get wantsBatchLogs(): boolean {
    return this.#drawn && this.#output.isTerminal && this.#now() >= this.#nextDrawing;
  }

  setParams(params: CallbackParams): void {
    this.#params = params;
  }

  onEpochBegin(epoch: number): void {
    if (this.#drawn) this.#output.printLine(this.#title(epoch));
    this.#step = 0;
    this.#started = this.#now();
    this.#nextDrawing = this.#started;
  }

  onTrainBatchEnd(batch: number, logs: Logs): void {
    this.#step = batch + 1;
    const due = this.wantsBatchLogs;
    this.#seconds = (this.#now() - this.#started) / 1000;
    if (!due) return;
    this.#output.drawLine(progressLine(this.#progress(logs), this.#output.columns));
    this.#nextDrawing = this.#now() + interval;
  }

  onEpochEnd(epoch: number, logs: Logs): void {
    const progress = this.#progress(logs);
    // For good, hence not cut to the width of the terminal.
    const drawn = progressLine({ ...progress, steps: progress.step }, Infinity);
    this.#output.printLine(this.#drawn ? drawn : `${this.#title(epoch)} - ${summaryLine(progress)}`);
  }

  #title(epoch: number): string {
    return `Epoch ${epoch + 1}/${this.#params.epochs}`;
  }

  #progress(logs: Logs): Progress {
    const { steps, batchSize, samples } = this.#params;
    const seen = Math.min(this.#step * batchSize, samples ?? Infinity);
    return { step: this.#step, steps, samples: seen, seconds: this.#seconds, logs };
  }
}

import type { FeatureProgress } from '../features/featureProgress.js';
import type { Callback, CallbackParams } from './callback.js';
import type { Logs } from './logs.js';
import { featureLine, type Progress, progressLine, summaryLine } from './progressLine.js';
import { type ProgressOutput, standardOutput } from './progressOutput.js';

/** Milliseconds between two drawings, and between two lines about features where nothing is drawn. */
const interval = 100;
const lineInterval = 10_000;

/** Options of `ProgressBar`. */
export interface ProgressBarOptions {
  /** 1 draws a bar, 2 prints a line for each epoch. @defaultValue `'auto'`: 1 on a terminal, otherwise 2 */
  readonly verbose?: 'auto' | 1 | 2;
  /** @defaultValue what the program prints to; in a browser the console */
  readonly output?: ProgressOutput;
  /** A clock, in milliseconds. @defaultValue `performance.now` */
  readonly now?: () => number;
}

/** Since when features are looked at. */
interface FeatureStart {
  readonly announcement: string;
  /** How many there were. */
  readonly from: number;
  readonly started: number;
  /** When they are shown again. */
  readonly next: number;
}

/**
 * Shows how training goes on, and how far features of frozen layers have come that are computed meanwhile. `fit` adds one
 * according to its option `verbose`; with a bar of your own, give `verbose: 0` there. Metrics are read when the bar is drawn,
 * not after every batch.
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
  /** Metrics of the epoch when they were last read. */
  #logs: Logs = {};
  #features: FeatureStart | null = null;
  readonly #announced = new Set<string>();
  /** Whether features were computed for the batch under way. */
  #computesFeatures = false;

  constructor({ verbose = 'auto', output = standardOutput(), now = () => performance.now() }: ProgressBarOptions = {}) {
    this.#output = output;
    this.#now = now;
    this.#drawn = verbose === 1 || (verbose === 'auto' && output.isTerminal);
  }

  get wantsBatchLogs(): boolean {
    return this.#isLive && this.#now() >= this.#nextDrawing;
  }

  /** Whether a line is drawn again and again. */
  get #isLive(): boolean {
    return this.#drawn && this.#output.isTerminal;
  }

  setParams(params: CallbackParams): void {
    this.#params = params;
  }

  onEpochBegin(epoch: number): void {
    if (this.#drawn) this.#output.printLine(this.#title(epoch));
    this.#step = 0;
    this.#started = this.#now();
    this.#nextDrawing = this.#started;
    this.#logs = {};
  }

  onTrainBatchEnd(batch: number, logs: Logs): void {
    this.#step = batch + 1;
    const due = this.wantsBatchLogs;
    this.#seconds = (this.#now() - this.#started) / 1000;
    // Their line tells more than the bar of the epoch.
    const isCovered = this.#computesFeatures;
    this.#computesFeatures = false;
    if (!due) return;
    this.#logs = logs;
    if (!isCovered) this.#output.drawLine(progressLine(this.#progress(logs), this.#output.columns));
    this.#nextDrawing = this.#now() + interval;
  }

  onFeatureProgress({ data, done, total, announcement }: FeatureProgress): void {
    const now = this.#now();
    if (this.#features?.announcement !== announcement) {
      if (!this.#announced.has(announcement)) this.#output.printLine(announcement);
      this.#announced.add(announcement);
      this.#features = { announcement, from: done, started: now, next: now + (this.#isLive ? 0 : lineInterval) };
    }
    const { from, started, next } = this.#features;
    this.#computesFeatures = true;
    if (now < next || done === total) return;
    const logs = data === 'training' ? this.#logs : {};
    const progress = { data, done, total, from, seconds: (now - started) / 1000, logs };
    if (this.#isLive) this.#output.drawLine(featureLine(progress, this.#output.columns));
    else this.#output.printLine(featureLine(progress, Infinity));
    this.#features = { ...this.#features, next: now + (this.#isLive ? interval : lineInterval) };
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

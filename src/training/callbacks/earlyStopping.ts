import type { Tensor, Variable } from '../../tensor/index.js';
import type { Callback, CallbackState, TrainingControl } from './callback.js';
import type { Logs } from './logs.js';
import { Monitor, type MonitorOptions } from './monitor.js';

/** Options of `EarlyStopping`. */
export interface EarlyStoppingOptions extends MonitorOptions {
  /** A change of at most this much is no improvement. @defaultValue `0` */
  readonly minDelta?: number;
  /** Epochs without improvement after which training ends. @defaultValue `0` */
  readonly patience?: number;
  /** Improvements that do not beat this value do not start the wait anew. @defaultValue none */
  readonly baseline?: number | null;
  /** Whether the model gets back the weights of its best epoch when training ends, however it ends. @defaultValue `false` */
  readonly restoreBestWeights?: boolean;
  /** First epoch that counts. @defaultValue `0` */
  readonly startFromEpoch?: number;
  /** Whether to say on the console that training was stopped. @defaultValue `0` */
  readonly verbose?: 0 | 1;
}

interface Snapshot {
  readonly epoch: number;
  readonly values: readonly (readonly [Variable, Tensor])[];
}

interface Facts {
  readonly best: number | null;
  readonly wait: number;
  readonly stoppedEpoch: number | null;
  readonly bestEpoch: number | null;
}

/** Ends training when a log has stopped improving. Rules and defaults are those of Keras's `EarlyStopping`. */
export class EarlyStopping implements Callback {
  readonly #options: Required<Omit<EarlyStoppingOptions, 'minDelta' | keyof MonitorOptions>>;
  readonly #monitor: Monitor;
  #bestWeights: Snapshot | null = null;
  #wait = 0;
  #stoppedEpoch: number | null = null;

  /** @throws {ArgumentError} if `mode` is none of the three. */
  constructor({ minDelta = 0, ...options }: EarlyStoppingOptions = {}) {
    this.#monitor = new Monitor('EarlyStopping', options, minDelta);
    this.#options = {
      patience: 0,
      baseline: null,
      restoreBestWeights: false,
      startFromEpoch: 0,
      verbose: 0,
      ...options,
    };
  }

  /** Number of the epoch after which training was stopped; `null` if it was not. */
  get stoppedEpoch(): number | null {
    return this.#stoppedEpoch;
  }

  /** Number of the best epoch so far; `null` without `restoreBestWeights`. */
  get bestEpoch(): number | null {
    return this.#bestWeights?.epoch ?? null;
  }

  /** The best value so far. */
  get best(): number | null {
    return this.#monitor.best;
  }

  setModel(control: TrainingControl): void {
    this.#monitor.control = control;
  }

  onTrainBegin(): void {
    this.#monitor.best = null;
    this.#bestWeights = null;
    this.#wait = 0;
    this.#stoppedEpoch = null;
  }

  /** @throws {ArgumentError} if `mode` is `'auto'` and nobody knows which way is better. */
  onEpochEnd(epoch: number, logs: Logs): void {
    const { patience, baseline, startFromEpoch, restoreBestWeights } = this.#options;
    // Refuses even where nothing is compared yet.
    this.#monitor.sign();
    const current = this.#monitor.read(logs);
    if (current === undefined || epoch < startFromEpoch) return;
    if (restoreBestWeights) this.#bestWeights ??= this.#snapshot(epoch);
    this.#wait++;
    if (this.#monitor.improves(current, this.best)) {
      this.#monitor.best = current;
      if (restoreBestWeights) this.#bestWeights = this.#snapshot(epoch);
      if (this.#monitor.improves(current, baseline)) this.#wait = 0;
      return;
    }
    // Keras never stops after the very first epoch.
    if (this.#wait < patience || epoch === 0) return;
    this.#stoppedEpoch = epoch;
    this.#control.stopTraining = true;
  }

  onTrainEnd(): void {
    const { verbose } = this.#options;
    if (this.#stoppedEpoch !== null && verbose > 0) console.log(`Epoch ${this.#stoppedEpoch + 1}: early stopping`);
    if (this.#bestWeights === null) return;
    if (verbose > 0) console.log(`Restoring the weights of the best epoch: ${this.#bestWeights.epoch + 1}`);
    for (const [variable, value] of this.#bestWeights.values) variable.assign(value);
  }

  state(): CallbackState {
    const values = this.#bestWeights?.values.map(([, value], i) => [String(i), value] as const) ?? [];
    const facts: Facts = {
      best: this.best,
      wait: this.#wait,
      stoppedEpoch: this.#stoppedEpoch,
      bestEpoch: this.bestEpoch,
    };
    return { kind: 'earlyStopping', facts, tensors: Object.fromEntries(values) };
  }

  restore({ facts, tensors = {} }: CallbackState): void {
    const { best, wait, stoppedEpoch, bestEpoch } = facts as Facts;
    this.#monitor.best = best;
    this.#wait = wait;
    this.#stoppedEpoch = stoppedEpoch;
    const values = this.#control.model.variables.map((variable, i) => [variable, tensors[i] as Tensor] as const);
    this.#bestWeights = bestEpoch === null ? null : { epoch: bestEpoch, values };
  }

  get #control(): TrainingControl {
    return this.#monitor.control as TrainingControl;
  }

  /** Tensors never change, so remembering weights copies nothing. */
  #snapshot(epoch: number): Snapshot {
    return { epoch, values: this.#control.model.variables.map((variable) => [variable, variable.value] as const) };
  }
}

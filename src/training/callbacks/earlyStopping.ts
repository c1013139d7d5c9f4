import { ArgumentError, formatValue, type Tensor, type Variable } from '../../tensor/index.js';
import type { Callback, CallbackState, TrainingControl } from './callback.js';
import type { Logs } from './logs.js';

/** Options of `EarlyStopping`. */
export interface EarlyStoppingOptions {
  /** The log to watch. @defaultValue `'val_loss'` */
  readonly monitor?: string;
  /** A change of at most this much is no improvement. @defaultValue `0` */
  readonly minDelta?: number;
  /** Epochs without improvement after which training ends. @defaultValue `0` */
  readonly patience?: number;
  /** Whether less or more is better; `auto` asks the metric. @defaultValue `'auto'` */
  readonly mode?: 'auto' | 'min' | 'max';
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
  readonly #options: Required<EarlyStoppingOptions>;
  #control: TrainingControl | null = null;
  #best: number | null = null;
  #bestWeights: Snapshot | null = null;
  #wait = 0;
  #stoppedEpoch: number | null = null;

  /** @throws {ArgumentError} if `mode` is none of the three. */
  constructor(options: EarlyStoppingOptions = {}) {
    this.#options = {
      monitor: 'val_loss',
      minDelta: 0,
      patience: 0,
      mode: 'auto',
      baseline: null,
      restoreBestWeights: false,
      startFromEpoch: 0,
      verbose: 0,
      ...options,
    };
    if (!['auto', 'min', 'max'].includes(this.#options.mode)) {
      throw new ArgumentError({
        operation: 'EarlyStopping',
        expected: "mode to be 'auto', 'min' or 'max'",
        received: formatValue(this.#options.mode),
        remedy: "'min' is for losses, 'max' for accuracies.",
      });
    }
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
    return this.#best;
  }

  setModel(control: TrainingControl): void {
    this.#control = control;
  }

  onTrainBegin(): void {
    this.#best = null;
    this.#bestWeights = null;
    this.#wait = 0;
    this.#stoppedEpoch = null;
  }

  /** @throws {ArgumentError} if `mode` is `'auto'` and nobody knows which way is better. */
  onEpochEnd(epoch: number, logs: Logs): void {
    const { monitor, patience, baseline, startFromEpoch, restoreBestWeights } = this.#options;
    const sign = this.#sign();
    const current = logs[monitor];
    if (current === undefined) {
      console.warn(`EarlyStopping: there is no '${monitor}' to watch, only ${Object.keys(logs).join(', ')}.`);
      return;
    }
    if (epoch < startFromEpoch) return;
    if (restoreBestWeights) this.#bestWeights ??= this.#snapshot(epoch);
    this.#wait++;
    if (this.#improves(sign, current, this.#best)) {
      this.#best = current;
      if (restoreBestWeights) this.#bestWeights = this.#snapshot(epoch);
      if (this.#improves(sign, current, baseline)) this.#wait = 0;
      return;
    }
    // Keras never stops after the very first epoch.
    if (this.#wait < patience || epoch === 0) return;
    this.#stoppedEpoch = epoch;
    (this.#control as TrainingControl).stopTraining = true;
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
      best: this.#best,
      wait: this.#wait,
      stoppedEpoch: this.#stoppedEpoch,
      bestEpoch: this.bestEpoch,
    };
    return { kind: 'earlyStopping', facts, tensors: Object.fromEntries(values) };
  }

  restore({ facts, tensors = {} }: CallbackState): void {
    const { best, wait, stoppedEpoch, bestEpoch } = facts as Facts;
    this.#best = best;
    this.#wait = wait;
    this.#stoppedEpoch = stoppedEpoch;
    const { variables } = (this.#control as TrainingControl).model;
    const values = variables.map((variable, i) => [variable, tensors[i] as Tensor] as const);
    this.#bestWeights = bestEpoch === null ? null : { epoch: bestEpoch, values };
  }

  /** 1 if more is better, -1 if less is. */
  #sign(): 1 | -1 {
    const { mode, monitor } = this.#options;
    if (mode !== 'auto') return mode === 'max' ? 1 : -1;
    const direction = (this.#control as TrainingControl).directionOf(monitor);
    if (direction !== null) return direction === 'up' ? 1 : -1;
    throw new ArgumentError({
      operation: 'EarlyStopping',
      expected: 'a mode for a log that is not known to be better when it is more, or less',
      received: `mode 'auto' for '${monitor}'`,
      remedy: "Give mode: 'max' or mode: 'min'.",
    });
  }

  #improves(sign: 1 | -1, value: number, reference: number | null): boolean {
    return reference === null || sign * value - Math.abs(this.#options.minDelta) > sign * reference;
  }

  /** Tensors never change, so remembering weights copies nothing. */
  #snapshot(epoch: number): Snapshot {
    const { variables } = (this.#control as TrainingControl).model;
    return { epoch, values: variables.map((variable) => [variable, variable.value] as const) };
  }
}

import { checkNumberOption } from '../../tensor/index.js';
import type { Callback, CallbackState, TrainingControl } from './callback.js';
import { learningRateOf } from './learningRateOf.js';
import type { Logs } from './logs.js';
import { Monitor, type MonitorOptions } from './monitor.js';

/** Options of `ReduceLROnPlateau`. */
export interface ReduceLROnPlateauOptions extends MonitorOptions {
  /** What the learning rate is multiplied with; below 1. @defaultValue `0.1` */
  readonly factor?: number;
  /** Epochs without improvement after which the rate is reduced. @defaultValue `10` */
  readonly patience?: number;
  /** A change of at most this much is no improvement. @defaultValue `1e-4` */
  readonly minDelta?: number;
  /** Epochs after a reduction in which nothing is counted. @defaultValue `0` */
  readonly cooldown?: number;
  /** The rate is never reduced below this. @defaultValue `0` */
  readonly minLr?: number;
  /** Whether to say on the console that the rate was reduced. @defaultValue `0` */
  readonly verbose?: 0 | 1;
}

interface Facts {
  readonly best: number | null;
  readonly wait: number;
  readonly cooldown: number;
}

/**
 * Reduces the learning rate when a log has stopped improving, and adds the log `learning_rate`. Rules and defaults are those
 * of Keras's `ReduceLROnPlateau`.
 */
export class ReduceLROnPlateau implements Callback {
  readonly #options: Required<Omit<ReduceLROnPlateauOptions, 'minDelta' | keyof MonitorOptions>>;
  readonly #monitor: Monitor;
  #wait = 0;
  #cooldown = 0;

  /** @throws {ArgumentError} if `factor` is not below 1, or `mode` is none of the three. */
  constructor({ minDelta = 1e-4, ...options }: ReduceLROnPlateauOptions = {}) {
    this.#monitor = new Monitor('ReduceLROnPlateau', options, minDelta);
    this.#options = { factor: 0.1, patience: 10, cooldown: 0, minLr: 0, verbose: 0, ...options };
    checkNumberOption('ReduceLROnPlateau', 'factor', this.#options.factor, { min: 0, below: 1 });
  }

  setModel(control: TrainingControl): void {
    this.#monitor.control = control;
  }

  onTrainBegin(): void {
    this.#monitor.best = null;
    this.#wait = 0;
    this.#cooldown = 0;
  }

  /** @throws {ArgumentError} if the optimizer has a schedule, or nobody knows which way is better. */
  async onEpochEnd(epoch: number, logs: Logs): Promise<Logs> {
    const learningRate = await learningRateOf(this.#control);
    const all = { ...logs, learning_rate: learningRate };
    this.#monitor.sign();
    const current = this.#monitor.read(all);
    if (current !== undefined) this.#look(epoch, current, learningRate);
    return { learning_rate: learningRate };
  }

  state(): CallbackState {
    const facts: Facts = { best: this.#monitor.best, wait: this.#wait, cooldown: this.#cooldown };
    return { kind: 'reduceLROnPlateau', facts };
  }

  restore({ facts }: CallbackState): void {
    const { best, wait, cooldown } = facts as Facts;
    this.#monitor.best = best;
    this.#wait = wait;
    this.#cooldown = cooldown;
  }

  get #control(): TrainingControl {
    return this.#monitor.control as TrainingControl;
  }

  #look(epoch: number, current: number, learningRate: number): void {
    const { patience, factor, minLr, cooldown, verbose } = this.#options;
    if (this.#cooldown > 0) {
      this.#cooldown--;
      this.#wait = 0;
    }
    if (this.#monitor.improves(current, this.#monitor.best)) {
      this.#monitor.best = current;
      this.#wait = 0;
      return;
    }
    if (this.#cooldown > 0) return;
    this.#wait++;
    // Rates are of single precision, and so is what they are compared with.
    if (this.#wait < patience || learningRate <= Math.fround(minLr)) return;
    const reduced = Math.max(learningRate * factor, minLr);
    this.#control.optimizer.setLearningRate(reduced);
    if (verbose > 0) {
      console.log(`Epoch ${epoch + 1}: ReduceLROnPlateau reducing learning rate to ${reduced}.`);
    }
    this.#cooldown = cooldown;
    this.#wait = 0;
  }
}

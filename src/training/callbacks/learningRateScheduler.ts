import type { Callback, TrainingControl } from './callback.js';
import { learningRateOf } from './learningRateOf.js';
import type { Logs } from './logs.js';

/** Options of `LearningRateScheduler`. */
export interface LearningRateSchedulerOptions {
  /** Whether to say on the console what rate was set. @defaultValue `0` */
  readonly verbose?: 0 | 1;
}

/** Sets the learning rate at the beginning of every epoch, and adds the log `learning_rate`. As in Keras. */
export class LearningRateScheduler implements Callback {
  readonly #schedule: (epoch: number, learningRate: number) => number;
  readonly #verbose: 0 | 1;
  #control: TrainingControl | null = null;

  /** @param schedule gives the rate of an epoch, from its number, counted from 0, and from the rate there is */
  constructor(
    schedule: (epoch: number, learningRate: number) => number,
    { verbose = 0 }: LearningRateSchedulerOptions = {},
  ) {
    this.#schedule = schedule;
    this.#verbose = verbose;
  }

  setModel(control: TrainingControl): void {
    this.#control = control;
  }

  /** @throws {ArgumentError} if the rate is negative or not finite, or if the optimizer has a schedule of its own. */
  async onEpochBegin(epoch: number): Promise<void> {
    const control = this.#control as TrainingControl;
    const learningRate = this.#schedule(epoch, await learningRateOf(control));
    control.optimizer.setLearningRate(learningRate);
    if (this.#verbose > 0) {
      console.log(`Epoch ${epoch + 1}: LearningRateScheduler setting learning rate to ${learningRate}.`);
    }
  }

  async onEpochEnd(): Promise<Logs> {
    return { learning_rate: await learningRateOf(this.#control as TrainingControl) };
  }
}

import type { FeatureProgress } from '../features/featureProgress.js';
import type { NonFiniteLossError } from '../nonFiniteLossError.js';
import type { TrainingSnapshot } from '../resume/trainingSnapshot.js';
import type { Callback, CallbackParams, ResumableTraining, SafePoint, TrainingControl } from './callback.js';
import type { Logs } from './logs.js';

/** Several callbacks as one: each hook is called on all of them, in order, each awaited before the next. */
export class CallbackList {
  constructor(
    readonly callbacks: readonly Callback[],
    params: CallbackParams,
    control: TrainingControl,
  ) {
    for (const callback of callbacks) {
      callback.setParams?.(params);
      callback.setModel?.(control);
    }
  }

  /** Whether anybody wants to see metrics after the current batch. */
  get wantsBatchLogs(): boolean {
    return this.callbacks.some(
      (callback) => callback.onTrainBatchEnd !== undefined && (callback.wantsBatchLogs ?? true),
    );
  }

  /** The first earlier training that a callback knows of. */
  async onResume(): Promise<ResumableTraining | null> {
    for (const callback of this.callbacks) {
      const earlier = await callback.onResume?.();
      if (earlier) return earlier;
    }
    return null;
  }

  /** Whether anybody may know of an earlier training. */
  get canResume(): boolean {
    return this.callbacks.some(({ onResume }) => onResume !== undefined);
  }

  /** @param stateful whether callbacks that will get their state back are called as well */
  async onTrainBegin(stateful = true): Promise<void> {
    for (const callback of this.#select(stateful)) await callback.onTrainBegin?.();
  }

  async onTrainEnd(logs: Logs): Promise<void> {
    for (const callback of this.callbacks) await callback.onTrainEnd?.(logs);
  }

  /** @param stateful whether callbacks that will get their state back are called as well */
  async onEpochBegin(epoch: number, stateful = true): Promise<void> {
    for (const callback of this.#select(stateful)) await callback.onEpochBegin?.(epoch);
  }

  /** @returns the logs, and what callbacks have added to them */
  async onEpochEnd(epoch: number, logs: Logs): Promise<Logs> {
    let all = logs;
    for (const callback of this.callbacks) {
      const more = await callback.onEpochEnd?.(epoch, all);
      if (typeof more === 'object') all = { ...all, ...more };
    }
    return all;
  }

  async onTrainBatchBegin(batch: number): Promise<void> {
    for (const callback of this.callbacks) await callback.onTrainBatchBegin?.(batch);
  }

  async onTrainBatchEnd(batch: number, logs: Logs): Promise<void> {
    for (const callback of this.callbacks) await callback.onTrainBatchEnd?.(batch, logs);
  }

  async onFeatureProgress(progress: FeatureProgress): Promise<void> {
    for (const callback of this.callbacks) await callback.onFeatureProgress?.(progress);
  }

  /** Whether somebody wants training to end quietly. All are told. */
  onNonFiniteLoss(error: NonFiniteLossError): boolean {
    return this.callbacks.filter((callback) => callback.onNonFiniteLoss?.(error) === true).length > 0;
  }

  async onSafePoint(point: SafePoint, take: () => TrainingSnapshot): Promise<void> {
    for (const callback of this.callbacks) await callback.onSafePoint?.(point, take);
  }

  /** Those that remember something. */
  get stateful(): readonly Callback[] {
    return this.callbacks.filter(({ state }) => state !== undefined);
  }

  #select(stateful: boolean): readonly Callback[] {
    return stateful ? this.callbacks : this.callbacks.filter(({ state }) => state === undefined);
  }
}

import type { Callback, CallbackParams, TrainingControl } from './callback.js';
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

  async onTrainBegin(): Promise<void> {
    for (const callback of this.callbacks) await callback.onTrainBegin?.();
  }

  async onTrainEnd(logs: Logs): Promise<void> {
    for (const callback of this.callbacks) await callback.onTrainEnd?.(logs);
  }

  async onEpochBegin(epoch: number): Promise<void> {
    for (const callback of this.callbacks) await callback.onEpochBegin?.(epoch);
  }

  async onEpochEnd(epoch: number, logs: Logs): Promise<void> {
    for (const callback of this.callbacks) await callback.onEpochEnd?.(epoch, logs);
  }

  async onTrainBatchBegin(batch: number): Promise<void> {
    for (const callback of this.callbacks) await callback.onTrainBatchBegin?.(batch);
  }

  async onTrainBatchEnd(batch: number, logs: Logs): Promise<void> {
    for (const callback of this.callbacks) await callback.onTrainBatchEnd?.(batch, logs);
  }
}

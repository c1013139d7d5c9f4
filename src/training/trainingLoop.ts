import type { SafePoint, TrainingControl } from './callbacks/callback.js';
import type { CallbackList } from './callbacks/callbackList.js';
import type { Logs } from './callbacks/logs.js';
import type { Compilation } from './compilation.js';
import type { BatchStream } from './data/batchStream.js';
import type { Batch, Dataset } from './data/dataset.js';
import { EmptyDataError } from './data/emptyDataError.js';
import { type BatchContext, prepareBatch, type TrainingBatch } from './data/trainingBatch.js';
import { evaluateDataset } from './evaluate.js';
import type { CheckedFitOptions } from './fitOptions.js';
import { NonFiniteLossError } from './nonFiniteLossError.js';
import { OtherWork } from './otherWork.js';
import { takeSnapshot } from './resume/takeSnapshot.js';
import type { BatchSpecs, TrainingFacts, TrainingIdentity, TrainingSnapshot } from './resume/trainingSnapshot.js';
import { RunningMeans } from './runningMeans.js';
import { lossNames } from './trainingProgram.js';

/** What a loop works with. */
export interface LoopParts {
  readonly compilation: Compilation;
  readonly validation: Dataset | null;
  /** The data as they were given, which may not be what batches are made of. */
  readonly given: { readonly training: Dataset; readonly validation: Dataset | null };
  readonly options: CheckedFitOptions;
  readonly callbacks: CallbackList;
  readonly control: TrainingControl;
  readonly stream: BatchStream;
}

/** The epochs of one training, and where it stands in them. */
export class TrainingLoop {
  readonly #context: BatchContext;
  readonly #means: RunningMeans;
  /** One for the whole training: epochs may be shorter than its patience. */
  readonly #otherWork = new OtherWork();
  #epoch: number;
  #batch = 0;
  #trained: Logs | null = null;
  #last: Logs = {};
  #counted: BatchSpecs | null = null;
  #isWithinEpoch = false;
  /** Only who wants to take the training down needs it. */
  identity: TrainingIdentity = {};

  constructor(readonly parts: LoopParts) {
    const { model, lossTerms } = parts.compilation;
    this.#context = { operation: 'fit', model, lossTerms };
    this.#means = new RunningMeans(lossNames(lossTerms));
    this.#epoch = parts.options.initialEpoch;
  }

  /** Logs of the last epoch that was completed. */
  get last(): Logs {
    return this.#last;
  }

  /** Trains to the end. @returns whether it came to an end, and was not interrupted by the signal. */
  async run(): Promise<boolean> {
    const { callbacks, control, options } = this.parts;
    while (this.#isWithinEpoch || (this.#epoch < options.epochs && !control.stopTraining)) {
      if (options.signal?.aborted) return false;
      if (!this.#isWithinEpoch) await this.#begin();
      this.#trained ??= await this.#train();
      if (this.#trained === null) return false;
      const validated = await this.#validate();
      if (validated === null) return false;
      this.#last = await callbacks.onEpochEnd(this.#epoch, { ...this.#trained, ...validated });
      this.#goTo(this.#epoch + 1);
      await this.reachSafePoint('epoch');
    }
    return true;
  }

  /** Lets callbacks take the training down. */
  async reachSafePoint(point: SafePoint): Promise<void> {
    await this.parts.callbacks.onSafePoint(point, () => this.#take());
  }

  /** Goes on from where another training was taken down; model, optimizer and callbacks are somebody else's business. */
  restore({ position, means, counted, stopTraining, last, stream }: TrainingFacts): void {
    this.#goTo(position.epoch);
    this.#batch = position.batch;
    this.#trained = position.trained;
    this.#isWithinEpoch = isWithinEpoch(position);
    this.#means.restore(means);
    this.#counted = counted;
    this.#last = last;
    this.parts.control.stopTraining = stopTraining;
    this.parts.stream.restore(stream);
  }

  async #begin(): Promise<void> {
    await this.parts.callbacks.onEpochBegin(this.#epoch);
    this.parts.compilation.program?.resetMetrics();
    this.#isWithinEpoch = true;
  }

  #goTo(epoch: number): void {
    this.#epoch = epoch;
    this.#batch = 0;
    this.#trained = null;
    this.#counted = null;
    this.#means.reset();
    this.#isWithinEpoch = false;
  }

  /** Steps up to the end of the epoch, or until somebody asks to stop; `null` if the signal did. */
  async #train(): Promise<Logs | null> {
    const { compilation, control, options, stream } = this.parts;
    const context = { ...this.#context, classWeight: options.classWeight };
    if (!control.stopTraining) {
      for await (const raw of stream.epoch(this.#epoch, this.#batch)) {
        const isEnough = await this.#step(await prepareBatch(context, raw as Batch));
        await this.#otherWork.giveTurn();
        await options.pause?.wait(options.signal);
        if (options.signal?.aborted) return null;
        if (isEnough || control.stopTraining) break;
      }
    }
    if (this.#means.isEmpty) throw new EmptyDataError('fit');
    return { ...this.#means.result(), ...(await compilation.program?.metricLogs()) };
  }

  /** One update. @returns whether the loss was not finite and somebody wants training to end with that. */
  async #step(batch: TrainingBatch): Promise<boolean> {
    const { compilation, callbacks, control } = this.parts;
    await callbacks.onTrainBatchBegin(this.#batch);
    const program = compilation.programFor(batch.y.map(({ shape }) => shape));
    try {
      this.#means.add(await program.train(batch, { epoch: this.#epoch, batch: this.#batch }), batch.size);
    } catch (error) {
      if (!(error instanceof NonFiniteLossError) || !callbacks.onNonFiniteLoss(error)) throw error;
      this.#means.addTotal(error.loss, batch.size);
      control.stopTraining = true;
      return true;
    }
    this.#counted = specsOf(batch, batch.taker !== compilation.model);
    const metrics = callbacks.wantsBatchLogs ? await program.metricLogs() : {};
    await callbacks.onTrainBatchEnd(this.#batch, { ...this.#means.result(), ...metrics });
    this.#batch++;
    await this.reachSafePoint('batch');
    return false;
  }

  /** Logs of the validation data, `val_` in front; `null` if the signal came in between. */
  async #validate(): Promise<Logs | null> {
    const { compilation, validation, options } = this.parts;
    const { batchSize, signal } = options;
    if (validation === null) return {};
    // Metrics begin to count something else.
    this.#counted = null;
    try {
      const logs = await evaluateDataset(compilation, this.#context, validation, batchSize, signal);
      return Object.fromEntries(Object.entries(logs).map(([name, value]) => [`val_${name}`, value]));
    } catch (error) {
      if (signal?.aborted && error === signal.reason) return null;
      throw error;
    }
  }

  #take(): TrainingSnapshot {
    const { compilation, callbacks, control, stream } = this.parts;
    return takeSnapshot(compilation, callbacks.stateful, {
      identity: this.identity,
      position: { epoch: this.#epoch, batch: this.#batch, trained: this.#trained },
      last: this.#last,
      stopTraining: control.stopTraining,
      stream: stream.position,
      means: this.#means.state,
      counted: this.#counted,
    });
  }
}

/** Whether an epoch has begun and is not complete. */
export function isWithinEpoch({ batch, trained }: TrainingFacts['position']): boolean {
  return batch > 0 || trained !== null;
}

function specsOf({ x, y, sampleWeight }: TrainingBatch, hasFeatures: boolean): BatchSpecs {
  const specs = (list: TrainingBatch['x']): BatchSpecs['x'] => list.map(({ shape, dtype }) => ({ shape, dtype }));
  return { x: specs(x), y: specs(y), sampleWeight: specs(sampleWeight), hasFeatures };
}

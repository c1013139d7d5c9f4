import { checkNumberOption, isFloating } from '../../../tensor/index.js';
import { LogFile } from '../../files/logFile.js';
import type { Callback, CallbackState, TrainingControl } from '../callback.js';
import { learningRateOf } from '../learningRateOf.js';
import type { Logs } from '../logs.js';

/** Options of `TensorBoard`. */
export interface TensorBoardOptions {
  /** The folder; curves of training go to `train` in it, those of validation to `validation`. @defaultValue `'logs'` */
  readonly logDir?: string;
  /** After how many epochs to write histograms of the weights; 0 for never. @defaultValue `0` */
  readonly histogramFreq?: number;
  /** Whether to write how many steps there were in a second. @defaultValue `false` */
  readonly writeStepsPerSecond?: boolean;
  /** After how many batches to write their logs, too; `'batch'` for each, `'epoch'` for none. @defaultValue `'epoch'` */
  readonly updateFreq?: 'epoch' | 'batch' | number;
}

interface FileFacts {
  readonly path: string;
  readonly size: number;
}

interface Facts {
  readonly batches: number;
  readonly files: Readonly<Partial<Record<Run, FileFacts>>>;
}

type Run = 'train' | 'validation';

const operation = 'TensorBoard';

/**
 * Writes event files that `tensorboard --logdir logs` shows: the curves that Keras's `TensorBoard` writes, under the same
 * tags, and histograms of weights. Graphs, images, embeddings and profiles are not written.
 */
export class TensorBoard implements Callback {
  readonly #logDir: string;
  readonly #histogramFreq: number;
  readonly #writeStepsPerSecond: boolean;
  readonly #updateFreq: number;
  readonly #files = new Map<Run, LogFile>();
  #control: TrainingControl | null = null;
  #batches = 0;
  #batchStart = 0;
  #epochStart = 0;
  #epochBatches = 0;

  /** @throws {ArgumentError} if an option is outside its range. */
  constructor(options: TensorBoardOptions = {}) {
    const { logDir = 'logs', histogramFreq = 0, writeStepsPerSecond = false, updateFreq = 'epoch' } = options;
    this.#logDir = logDir;
    this.#histogramFreq = checkNumberOption(operation, 'histogramFreq', histogramFreq, { min: 0, integer: true });
    this.#writeStepsPerSecond = writeStepsPerSecond;
    const every = updateFreq === 'batch' ? 1 : updateFreq;
    this.#updateFreq =
      every === 'epoch' ? Infinity : checkNumberOption(operation, 'updateFreq', every, { min: 1, integer: true });
  }

  get wantsBatchLogs(): boolean {
    return this.#batches % this.#updateFreq === 0;
  }

  setModel(control: TrainingControl): void {
    this.#control = control;
  }

  onTrainBegin(): void {
    this.#batches = 0;
    this.#files.clear();
  }

  onEpochBegin(): void {
    this.#epochStart = performance.now();
    this.#epochBatches = 0;
  }

  onTrainBatchBegin(): void {
    this.#batches++;
    this.#batchStart = performance.now();
  }

  async onTrainBatchEnd(_: number, logs: Logs): Promise<void> {
    this.#epochBatches++;
    if (this.#batches % this.#updateFreq !== 0) return;
    const rate = this.#writeStepsPerSecond ? { steps_per_second: 1000 / (performance.now() - this.#batchStart) } : {};
    await this.#write('train', 'batch_', this.#batches, { ...rate, ...logs });
  }

  async onEpochEnd(epoch: number, logs: Logs): Promise<void> {
    const isValidation = ([name]: readonly [string, number]): boolean => name.startsWith('val_');
    const entries = Object.entries(logs);
    const training = Object.fromEntries(entries.filter((entry) => !isValidation(entry)));
    const validation = entries.filter(isValidation).map(([name, value]) => [name.slice(4), value] as const);
    const seconds = (performance.now() - this.#epochStart) / 1000;
    const rate = this.#writeStepsPerSecond ? { steps_per_second: this.#epochBatches / seconds } : {};
    const control = this.#control as TrainingControl;
    const learningRate = await learningRateOf(control);
    await this.#write('train', 'epoch_', epoch, { ...training, learning_rate: learningRate, ...rate });
    if (validation.length > 0) {
      await this.#write('validation', 'epoch_', epoch, Object.fromEntries(validation));
      const byIterations = validation.map(([name, value]) => [`${name}_vs_iterations`, value] as const);
      const iterations = await control.optimizer.iterations.value.item();
      await this.#write('validation', 'evaluation_', iterations, Object.fromEntries(byIterations));
    }
    if (this.#histogramFreq > 0 && epoch % this.#histogramFreq === 0) await this.#writeHistograms(epoch);
  }

  state(): CallbackState {
    const files = [...this.#files].map(([run, { path, size }]) => [run, { path, size }] as const);
    const facts: Facts = { batches: this.#batches, files: Object.fromEntries(files) };
    return { kind: 'tensorBoard', facts };
  }

  /** What will be measured again is removed. */
  async restore({ facts }: CallbackState): Promise<void> {
    const { batches, files } = facts as Facts;
    this.#batches = batches;
    this.onEpochBegin();
    this.#files.clear();
    for (const run of ['train', 'validation'] as const) {
      const file = files[run];
      if (file !== undefined) this.#files.set(run, await LogFile.open(operation, file.path, file.size));
    }
  }

  async #write(run: Run, prefix: string, step: number, logs: Logs): Promise<void> {
    const { event, scalarSummary } = await import('./events.js');
    const summaries = Object.entries(logs).map(([name, value]) => scalarSummary(`${prefix}${name}`, value));
    const file = await this.#open(run);
    await file.add(event(Date.now() / 1000, step, summaries));
  }

  async #writeHistograms(epoch: number): Promise<void> {
    const { event, histogramSummary } = await import('./events.js');
    const file = await this.#open('train');
    for (const { path, dtype, value } of (this.#control as TrainingControl).model.variables) {
      if (!isFloating(dtype)) continue;
      const summary = histogramSummary(`${path.replaceAll(':', '_')}/histogram`, await value.data());
      await file.add(event(Date.now() / 1000, epoch, [summary]));
    }
  }

  /** Made when there is something to write. */
  async #open(run: Run): Promise<LogFile> {
    const open = this.#files.get(run);
    if (open !== undefined) return open;
    const { fileHeader } = await import('./events.js');
    const seconds = Date.now() / 1000;
    // TensorBoard reads the files of a folder in the order of their names.
    const name = `events.out.tfevents.${Math.floor(seconds)}.${globalThis.crypto.randomUUID()}.v2`;
    const file = await LogFile.open(operation, `${this.#logDir}/${run}/${name}`);
    if (file.size === 0) await file.add(fileHeader(seconds));
    this.#files.set(run, file);
    return file;
  }
}

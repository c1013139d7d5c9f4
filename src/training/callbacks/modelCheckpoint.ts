import { ArgumentError, checkNumberOption, formatValue } from '../../tensor/index.js';
import { trainingFiles } from '../files/trainingFiles.js';
import type { SaveHandler, Trainable } from '../trainable.js';
import type { Callback, CallbackState, TrainingControl } from './callback.js';
import type { Logs } from './logs.js';
import { Monitor, type MonitorOptions } from './monitor.js';
import { formatTemplate } from './pythonFormat.js';

/** Options of `ModelCheckpoint`. */
export interface ModelCheckpointOptions extends MonitorOptions {
  /** Whether to save only when the log is better than ever. @defaultValue `false` */
  readonly saveBestOnly?: boolean;
  /** Whether to save the weights alone. @defaultValue `false` */
  readonly saveWeightsOnly?: boolean;
  /** After how many batches to save, or `'epoch'` for after every epoch. @defaultValue `'epoch'` */
  readonly saveFreq?: 'epoch' | number;
  /** What has to be beaten from the start. @defaultValue none */
  readonly initialValueThreshold?: number | null;
  /** Whether to say on the console what is done. @defaultValue `0` */
  readonly verbose?: 0 | 1;
}

interface Facts {
  readonly best: number | null;
  readonly epoch: number;
  readonly batches: number;
}

const operation = 'ModelCheckpoint';

/**
 * Saves the model, or its weights, as training goes on. Each file takes its place at one instant, when it is complete; in a
 * page it is among the private files of its origin (OPFS). Rules and defaults are those of Keras's `ModelCheckpoint`.
 *
 * ```ts
 * new ModelCheckpoint('checkpoints/{epoch:02d}-{val_loss:.2f}.keras', { saveBestOnly: true });
 * ```
 */
export class ModelCheckpoint implements Callback {
  readonly #path: string;
  readonly #options: Required<Omit<ModelCheckpointOptions, 'initialValueThreshold' | keyof MonitorOptions>>;
  readonly #monitor: Monitor;
  #epoch = 0;
  #batches = 0;

  /**
   * @param filepath a file that ends in `.keras`, or with `saveWeightsOnly` in `.weights.h5` or `.safetensors`; Python's
   * placeholders stand for `epoch` and `batch`, counted from 1, and logs
   * @throws {ArgumentError} if it ends in something else, or an option is outside its range.
   */
  constructor(filepath: string, { initialValueThreshold = null, ...options }: ModelCheckpointOptions = {}) {
    this.#path = filepath;
    this.#options = { saveBestOnly: false, saveWeightsOnly: false, saveFreq: 'epoch', verbose: 0, ...options };
    this.#monitor = new Monitor(operation, options);
    this.#monitor.best = initialValueThreshold;
    const { saveWeightsOnly, saveFreq } = this.#options;
    if (saveFreq !== 'epoch') checkNumberOption(operation, 'saveFreq', saveFreq, { min: 1, integer: true });
    const [ending, named] = saveWeightsOnly
      ? [/\.(weights\.h5|safetensors)$/, "'.weights.h5' or '.safetensors' with saveWeightsOnly"]
      : [/\.keras$/, "'.keras'"];
    if (typeof filepath === 'string' && ending.test(filepath)) return;
    throw new ArgumentError({
      operation,
      expected: `a file that ends in ${named}`,
      received: formatValue(filepath),
      remedy: `For example 'checkpoints/{epoch:02d}${saveWeightsOnly ? '.weights.h5' : '.keras'}'.`,
    });
  }

  /** The best value so far, or what has to be beaten. */
  get best(): number | null {
    return this.#monitor.best;
  }

  get wantsBatchLogs(): boolean {
    return this.#batches + 1 === this.#options.saveFreq;
  }

  setModel(control: TrainingControl): void {
    this.#monitor.control = control;
  }

  onEpochBegin(epoch: number): void {
    this.#epoch = epoch;
  }

  async onTrainBatchEnd(batch: number, logs: Logs): Promise<void> {
    if (this.#options.saveFreq === 'epoch' || ++this.#batches < this.#options.saveFreq) return;
    this.#batches = 0;
    await this.#save({ batch: batch + 1, ...logs });
  }

  /** @throws {ArgumentError} if the path wants a log that there is not; and whatever writing files throws. */
  async onEpochEnd(_: number, logs: Logs): Promise<void> {
    if (this.#options.saveFreq === 'epoch') await this.#save(logs);
  }

  state(): CallbackState {
    const facts: Facts = { best: this.best, epoch: this.#epoch, batches: this.#batches };
    return { kind: 'modelCheckpoint', facts };
  }

  restore({ facts }: CallbackState): void {
    const { best, epoch, batches } = facts as Facts;
    this.#monitor.best = best;
    this.#epoch = epoch;
    this.#batches = batches;
  }

  async #save(logs: Logs): Promise<void> {
    const epoch = this.#epoch + 1;
    const path = formatTemplate(operation, this.#path, { epoch, ...logs }, new Set(['epoch', 'batch']));
    if (!this.#isWanted(epoch, logs, path)) return;
    const { model } = this.#monitor.control as TrainingControl;
    await save(model, path, this.#options.saveWeightsOnly);
    this.#say(`Epoch ${epoch}: finished saving model to ${path}`);
  }

  #isWanted(epoch: number, logs: Logs, path: string): boolean {
    if (!this.#options.saveBestOnly) {
      this.#say(`Epoch ${epoch}: saving model to ${path}`);
      return true;
    }
    const current = this.#monitor.read(logs);
    // Better one model too many than none.
    if (current === undefined) return true;
    const { log, best } = this.#monitor;
    const before = best === null ? 'None' : best.toFixed(5);
    if (!this.#monitor.improves(current, best)) {
      this.#say(`Epoch ${epoch}: ${log} did not improve from ${before}`);
      return false;
    }
    this.#say(`Epoch ${epoch}: ${log} improved from ${before} to ${current.toFixed(5)}, saving model to ${path}`);
    this.#monitor.best = current;
    return true;
  }

  #say(text: string): void {
    if (this.#options.verbose > 0) console.log(text);
  }
}

/** @throws {ArgumentError} if the model cannot be saved. */
async function save(model: Trainable, path: string, weightsOnly: boolean): Promise<void> {
  const destination: SaveHandler = {
    async save(files) {
      for (const bytes of Object.values(files)) await trainingFiles(operation).replace(path, bytes);
    },
  };
  const format = path.endsWith('.safetensors') ? 'safetensors' : 'weights.h5';
  const saving = weightsOnly
    ? model.saveWeights?.(destination, { format })
    : model.save?.(destination, { format: 'keras' });
  if (saving !== undefined) {
    await saving;
    return;
  }
  throw new ArgumentError({
    operation,
    expected: 'a model that can be saved',
    received: `'${model.name}', which cannot`,
    remedy: 'Models of mapache/layers can.',
  });
}

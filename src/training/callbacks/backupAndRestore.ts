import { ArgumentError, checkBooleanOption, checkNumberOption, formatValue } from '../../tensor/index.js';
import { type Package, trainingFiles } from '../files/trainingFiles.js';
import { readFacts, writeFacts } from '../resume/snapshotText.js';
import type { TrainingSnapshot } from '../resume/trainingSnapshot.js';
import type { Callback, CallbackState, ResumableTraining, SafePoint } from './callback.js';

/** Options of `BackupAndRestore`. */
export interface BackupAndRestoreOptions {
  /** After how many batches to write, or `'epoch'` for after every epoch. @defaultValue `'epoch'` */
  readonly saveFreq?: 'epoch' | number;
  /** Whether the backup is removed when training is complete. @defaultValue `true` */
  readonly deleteCheckpoint?: boolean;
}

const operation = 'BackupAndRestore';
const version = 1;

/**
 * Keeps a training in a folder, so that it can be killed at any moment: the same program, run again, goes on from the last
 * backup and comes to the same weights, bit by bit, as if nothing had happened.
 *
 * A backup holds weights, optimizer, random generators, the order of samples, logs of the epoch under way, metrics, and what
 * other callbacks remember. The two last ones are kept, so that a kill while one is written loses nothing. A training that
 * is stopped by its signal is written where it stands, and its backup stays.
 *
 * Each training needs a folder of its own. Keras's `double_checkpoint` is what always happens here.
 */
export class BackupAndRestore implements Callback {
  readonly #folder: string;
  readonly #saveFreq: 'epoch' | number;
  readonly #deleteCheckpoint: boolean;
  #batches = 0;
  /** Number of the newest backup. */
  #generation = 0;
  /** Whether what the newest backup holds is what there is now. */
  #isCurrent = false;
  #isInterrupted = false;

  /**
   * @param backupDir the folder (Node; in a page, one among the private files of its origin)
   * @throws {ArgumentError} if the folder has no name, or an option is outside its range.
   */
  constructor(backupDir: string, { saveFreq = 'epoch', deleteCheckpoint = true }: BackupAndRestoreOptions = {}) {
    if (typeof backupDir !== 'string' || backupDir === '') {
      throw new ArgumentError({
        operation,
        expected: 'the name of a folder',
        received: formatValue(backupDir),
        remedy: "For example 'backups/raccoons'.",
      });
    }
    if (saveFreq !== 'epoch') checkNumberOption(operation, 'saveFreq', saveFreq, { min: 1, integer: true });
    this.#folder = backupDir;
    this.#saveFreq = saveFreq;
    this.#deleteCheckpoint = checkBooleanOption(operation, 'deleteCheckpoint', deleteCheckpoint);
  }

  /** @throws {BackupError} if there are backups, and none can be read. */
  async onResume(): Promise<ResumableTraining | null> {
    this.#batches = 0;
    this.#isInterrupted = false;
    const newest = await this.#newest();
    this.#generation = newest?.generation ?? 0;
    this.#isCurrent = newest !== null;
    return newest === null ? null : { snapshot: newest.snapshot, source: this.#folder };
  }

  async onSafePoint(point: SafePoint, take: () => TrainingSnapshot): Promise<void> {
    if (point === 'batch') {
      this.#isCurrent = false;
      this.#batches++;
    }
    if (point === 'epoch') this.#isCurrent = false;
    this.#isInterrupted = point === 'interruption';
    if (!this.#isDue(point)) return;
    this.#batches = 0;
    const { facts, tensors } = take();
    const generation = this.#generation + 1;
    const text = JSON.stringify({ version, generation, facts: writeFacts(facts) });
    await trainingFiles(operation).writePackage(this.#pathOf(generation), { text, tensors });
    this.#generation = generation;
    this.#isCurrent = true;
  }

  async onTrainEnd(): Promise<void> {
    if (this.#deleteCheckpoint && !this.#isInterrupted) await trainingFiles(operation).remove(this.#folder);
  }

  state(): CallbackState {
    return { kind: 'backupAndRestore', facts: { batches: this.#batches } };
  }

  restore({ facts }: CallbackState): void {
    this.#batches = (facts as { readonly batches: number }).batches;
  }

  #isDue(point: SafePoint): boolean {
    if (point === 'completion') return !this.#deleteCheckpoint && !this.#isCurrent;
    if (point === 'interruption') return !this.#isCurrent;
    return point === 'batch' ? this.#batches === this.#saveFreq : this.#saveFreq === 'epoch';
  }

  #pathOf(generation: number): string {
    return `${this.#folder}/training-${generation % 2}.safetensors`;
  }

  async #newest(): Promise<Backup | null> {
    const found: Backup[] = [];
    const problems: unknown[] = [];
    for (const path of [this.#pathOf(0), this.#pathOf(1)]) {
      try {
        const content = await trainingFiles(operation).readPackage(path);
        if (content !== null) found.push(readBackup(path, content));
      } catch (error) {
        problems.push(error);
      }
    }
    // One of the two may be damaged: that is what the other one is for.
    if (found.length === 0 && problems.length > 0) throw problems[0];
    return found.sort((a, b) => b.generation - a.generation)[0] ?? null;
  }
}

interface Backup {
  readonly generation: number;
  readonly snapshot: TrainingSnapshot;
}

function readBackup(path: string, { text, tensors }: Package): Backup {
  const read = JSON.parse(text) as { readonly version: number; readonly generation: number; readonly facts: string };
  if (read.version === version)
    return { generation: read.generation, snapshot: { facts: readFacts(read.facts), tensors } };
  throw new ArgumentError({
    operation,
    expected: `'${path}' to be a backup of version ${version}`,
    received: formatValue(read.version),
    remedy: 'Finish the training with the version of the library that began it, or remove the backup to begin anew.',
  });
}

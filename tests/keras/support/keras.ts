import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll } from 'vitest';
import type { EncodedArray } from '../../support/shared-data.js';

/** A weight of a model in Keras, with its numbers. */
export type KerasWeight = EncodedArray & {
  readonly path: string;
  readonly name: string;
  readonly trainable: boolean;
};

/** A model that lives in Keras, known here by a number. */
export interface KerasModel {
  readonly model: number;
  readonly className: string;
  readonly weights: readonly KerasWeight[];
}

/** A class and its options in Keras's words. */
export interface KerasDescription {
  readonly class_name: string;
  readonly config: object;
}

/** What one update has led to. */
export interface KerasStep {
  readonly loss: number;
  readonly weights: readonly KerasWeight[];
  readonly optimizer: readonly KerasWeight[];
}

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

const script = (name: string): string => fileURLToPath(new URL(`../python/${name}`, import.meta.url));
const ownPython = fileURLToPath(new URL('../../../.venv-keras/bin/python', import.meta.url));

/** Real Keras, in a process of its own. `scripts/keras-venv.sh` makes what it needs. */
export class Keras {
  readonly #process: ChildProcessByStdio<Writable, Readable, null>;
  readonly #waiting: Waiting[] = [];
  /** Why nothing is answered any more. */
  #end: string | null = null;

  constructor() {
    const python = process.env.MAPACHE_KERAS_PYTHON ?? ownPython;
    this.#process = spawn(python, [script('server.py')], { stdio: ['pipe', 'pipe', 'inherit'] });
    createInterface({ input: this.#process.stdout }).on('line', (line) => this.#answered(line));
    this.#process.on('error', (error) => this.#ended(`${python}: ${error.message}. Run scripts/keras-venv.sh.`));
    this.#process.on('exit', (code) => this.#ended(`Keras ended with ${code}.`));
  }

  /** Ends the process. */
  stop(): void {
    this.#process.stdin.end();
  }

  versions(): Promise<Readonly<Record<string, string>>> {
    return this.#ask('versions');
  }

  /** Lets go of every model. */
  async forget(): Promise<void> {
    await this.#ask('forget');
  }

  /** `keras.models.load_model`. */
  load(path: string): Promise<KerasModel> {
    return this.#ask('load', { path });
  }

  /** The model that `config.json` of a `.keras` file describes, with weights of its own. */
  fromDescription(description: object): Promise<KerasModel> {
    return this.#ask('from_description', { description });
  }

  /** `model.save`: the ending of the path says how. */
  async save({ model }: KerasModel, path: string): Promise<void> {
    await this.#ask('save', { model, path });
  }

  async saveWeights({ model }: KerasModel, path: string): Promise<void> {
    await this.#ask('save_weights', { model, path });
  }

  async loadWeights({ model }: KerasModel, path: string): Promise<void> {
    await this.#ask('load_weights', { model, path });
  }

  weights({ model }: KerasModel): Promise<readonly KerasWeight[]> {
    return this.#ask('weights', { model });
  }

  async setWeights({ model }: KerasModel, values: readonly EncodedArray[]): Promise<void> {
    await this.#ask('set_weights', { model, values });
  }

  /** Gives every floating weight other numbers. */
  async scramble({ model }: KerasModel): Promise<void> {
    await this.#ask('scramble', { model });
  }

  /** All outputs in inference. */
  predict({ model }: KerasModel, inputs: readonly EncodedArray[]): Promise<readonly EncodedArray[]> {
    return this.#ask('predict', { model, inputs });
  }

  /** Gradients of the sum of outputs times `directions`: of floating inputs, then of trainable weights. */
  gradients(
    { model }: KerasModel,
    inputs: readonly EncodedArray[],
    directions: readonly EncodedArray[],
  ): Promise<readonly EncodedArray[]> {
    return this.#ask('gradients', { model, inputs, directions });
  }

  /** Compiles anew, with descriptions of the parts. */
  async compile({ model }: KerasModel, optimizer: KerasDescription, loss: KerasDescription): Promise<void> {
    await this.#ask('compile', { model, optimizer, loss });
  }

  /** `train_on_batch`. */
  train({ model }: KerasModel, inputs: readonly EncodedArray[], targets: readonly EncodedArray[]): Promise<KerasStep> {
    return this.#ask('train', { model, inputs, targets });
  }

  /** Names and shapes of the datasets of an HDF5 file. */
  datasets(path: string): Promise<Readonly<Record<string, readonly number[]>>> {
    return this.#ask('datasets', { path });
  }

  #ask<R>(op: string, args: Readonly<Record<string, unknown>> = {}): Promise<R> {
    // Made here, so that it says who asked.
    const failure = new Error();
    return new Promise<R>((resolve, reject) => {
      const refuse = ({ message }: Error): void => {
        failure.message = `${op}: ${message}`;
        reject(failure);
      };
      if (this.#end !== null) return refuse(new Error(this.#end));
      this.#waiting.push({ resolve: (result) => resolve(result as R), reject: refuse });
      this.#process.stdin.write(`${JSON.stringify({ op, ...args })}\n`);
    });
  }

  #answered(line: string): void {
    const { result, error } = JSON.parse(line) as { readonly result?: unknown; readonly error?: string };
    const waiting = this.#waiting.shift();
    if (error === undefined) waiting?.resolve(result);
    else waiting?.reject(new Error(`Keras says: ${error}`));
  }

  #ended(reason: string): void {
    this.#end ??= reason;
    for (const { reject } of this.#waiting.splice(0)) reject(new Error(reason));
  }
}

/** Keras for all tests of a block: started before the first, ended after the last, without models in each. */
export function withKeras(): () => Keras {
  let keras: Keras | undefined;
  beforeAll(() => {
    keras = new Keras();
  });
  afterEach(() => keras?.forget());
  afterAll(() => keras?.stop());
  return () => {
    if (keras === undefined) throw new Error('withKeras: Keras runs only while tests do.');
    return keras;
  };
}

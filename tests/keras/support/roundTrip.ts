import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { loadModel } from 'mapache/io';
import type { Model } from 'mapache/layers';
import { afterAll, expect } from 'vitest';
import { conforms } from '../../support/conformance.js';
import { relativeError } from '../../support/relative-error.js';
import { temporaryFolder } from '../../support/sandbox.js';
import { decodeArray, type EncodedArray } from '../../support/shared-data.js';
import type { Keras, KerasModel } from './keras.js';
import { predict } from './numbers.js';

const tolerance = 1e-5;

interface Weight {
  readonly shape: readonly number[];
  readonly trainable: boolean;
}

const described = (weights: readonly Weight[]): readonly Weight[] =>
  weights.map(({ shape, trainable }) => ({ shape: [...shape], trainable }));

/** A model that is to compute the same after every journey, with the same weights frozen. */
export class RoundTrip {
  readonly #weights: readonly Weight[];

  constructor(
    readonly name: string,
    readonly inputs: readonly EncodedArray[],
    readonly outputs: readonly EncodedArray[],
    weights: readonly Weight[],
  ) {
    this.#weights = described(weights);
  }

  /** A model in Keras that came from a file written here. */
  async expectInKeras(keras: Keras, model: KerasModel, ending: string): Promise<void> {
    expect(described(await keras.weights(model)), ending).toEqual(this.#weights);
    this.#expectSame(await keras.predict(model, this.inputs), `${ending}, written`);
  }

  /** A file that Keras wrote. */
  async expectLoaded(path: string, ending: string): Promise<void> {
    await this.expectHere(await loadModel(path), ending);
  }

  /** A model here that came from a file written by Keras. */
  async expectHere(model: Model, ending: string): Promise<void> {
    expect(described(model.weights), ending).toEqual(this.#weights);
    this.#expectSame(await predict(model, this.inputs), `${ending}, read`);
  }

  #expectSame(outputs: readonly EncodedArray[], file: string): void {
    expect(
      outputs.map(({ shape }) => [...shape]),
      file,
    ).toEqual(this.outputs.map(({ shape }) => [...shape]));
    for (const [i, output] of outputs.entries()) {
      const error = relativeError(decodeArray(output).data, decodeArray(this.outputs[i] as EncodedArray).data);
      const measured = { kind: 'file', name: file, id: this.name, source: 'live' } as const;
      expect(conforms(measured, error), `${file}, output ${i}`).toBeLessThan(tolerance);
    }
  }
}

/** Paths of files by their endings, in a folder that is removed after the tests. */
export function temporaryFiles(): (ending: string) => string {
  const folder = temporaryFolder();
  afterAll(() => rmSync(folder, { recursive: true }));
  return (ending) => join(folder, `model${ending}`);
}

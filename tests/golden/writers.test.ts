import { readFileSync } from 'node:fs';
import { loadModel } from 'mapache/io';
import { compile, type Tensor, tensor } from 'mapache/tensor';
import { describe, expect, test } from 'vitest';
import { conforms } from '../support/conformance.js';
import { relativeError } from '../support/relative-error.js';
import { decodeArray, type EncodedArray } from '../support/shared-data.js';

/** A model as somebody else's program wrote it; the scripts beside the files say how. */
interface WrittenModel {
  readonly name: string;
  readonly model: object;
  readonly weights: string;
  readonly inputs: readonly EncodedArray<'float32'>[];
  readonly outputs: readonly EncodedArray<'float32'>[];
  readonly trainable: number;
}

function casesOf(file: string): readonly WrittenModel[] {
  const text = readFileSync(new URL(`writers/${file}.json`, import.meta.url), 'utf8');
  return (JSON.parse(text) as { cases: readonly WrittenModel[] }).cases;
}

function decode(encoded: EncodedArray<'float32'>): Tensor {
  const { shape, data } = decodeArray(encoded);
  return tensor(data, { shape });
}

describe.each(['keras2', 'tfjs'])('models that %s wrote', (writer) => {
  test.each(casesOf(writer))('$name: same outputs, same layers frozen', async (written) => {
    const model = await loadModel({
      'model.json': written.model,
      'weights.bin': Buffer.from(written.weights, 'base64'),
    });
    const outputs = await compile((...inputs: readonly Tensor[]) => model.callWith(inputs, false))(
      ...written.inputs.map(decode),
    );
    expect(outputs).toHaveLength(written.outputs.length);
    for (const [i, output] of outputs.entries()) {
      const expected = decode(written.outputs[i] as EncodedArray<'float32'>);
      expect(output.shape).toEqual(expected.shape);
      const error = relativeError(await output.data(), await expected.data());
      expect(conforms({ kind: 'file', name: `model.json of ${writer}, read` }, error)).toBeLessThan(1e-5);
    }
    expect(model.trainableWeights).toHaveLength(written.trainable);
  });
});

import { readFileSync } from 'node:fs';
import { loadModel, modelFromJson } from 'mapache/io';
import { type Model, UnknownLayerError } from 'mapache/layers';
import { compile, type Tensor, tensor } from 'mapache/tensor';
import { expect, test } from 'vitest';
import { relativeError } from '../support/relative-error.js';
import { dataPath, decodeArray, describeWithData, type EncodedArray, readJson } from '../support/shared-data.js';

interface SavedCase {
  readonly inputs: readonly EncodedArray<'float32'>[];
  readonly outputs: readonly EncodedArray<'float32'>[];
  readonly weights: readonly (EncodedArray<'float32'> & { readonly path: string; readonly trainable: boolean })[];
}

const supported = [
  'deep_dense',
  'func_cnn',
  'multi_io',
  'nested_sequential',
  'seq_mlp',
  'shared_base_twice',
  'transfer_frozen',
  'transfer_unfrozen',
];
// A class that is added to the library moves its files up.
const unknownClasses = [
  ['attention', 'MultiHeadAttention'],
  ['dtype_and_config', 'Conv1D'],
  ['masked_lstm', 'Embedding'],
  ['mixed_layers', 'Conv2DTranspose'],
  ['preproc', 'RandomFlip'],
  ['text_rnn', 'Embedding'],
] as const;
const formats = [
  ['.keras', '{"module"'],
  ['.h5', '{"class_name"'],
] as const;

/** The description of the model inside a file of another format, whose text is there as it is. */
function description(name: string, ending: string, start: string): string {
  const text = readFileSync(dataPath('goldens', 'savefiles', name + ending), 'latin1');
  const begin = text.indexOf(start);
  let depth = 0;
  for (let i = begin; i < text.length; i++) {
    if (text[i] === '{') depth++;
    if (text[i] === '}' && --depth === 0) return text.slice(begin, i + 1);
  }
  throw new Error(`no description in ${name}${ending}`);
}

function decode(encoded: EncodedArray<'float32'>): Tensor {
  const { shape, data } = decodeArray(encoded);
  return tensor(data, { shape });
}

async function outputsOf(model: Model, { inputs }: SavedCase): Promise<readonly Tensor[]> {
  return compile((...batch: readonly Tensor[]) => model.callWith(batch, false))(...inputs.map(decode));
}

describeWithData('descriptions written by Keras 3', () => {
  const cases = supported.flatMap((name) => formats.map(([ending, start]) => [name, ending, start] as const));

  test.each(cases)('%s%s gives the same model, also after it was saved here', async (name, ending, start) => {
    const golden = readJson<SavedCase>('goldens', 'savefiles', `${name}.json`);
    const model = modelFromJson(description(name, ending, start), { kerasVersion: '3.15.1' });
    expect(model.weights.map(({ trainable, shape }) => ({ trainable, shape }))).toEqual(
      golden.weights.map(({ trainable, shape }) => ({ trainable, shape })),
    );
    for (const [i, variable] of model.weights.entries()) {
      const weight = golden.weights[i] as SavedCase['weights'][number];
      expect(weight.path.endsWith(variable.path), `${weight.path} is ${variable.path}`).toBe(true);
      variable.assign(decode(weight));
    }
    const copy = await loadModel((await model.save('memory')).files);
    expect(copy.trainableKey).toBe(model.trainableKey);
    for (const same of [model, copy]) {
      for (const [i, output] of (await outputsOf(same, golden)).entries()) {
        const expected = decode(golden.outputs[i] as EncodedArray<'float32'>);
        expect(output.shape).toEqual(expected.shape);
        expect(relativeError(await output.data(), await expected.data())).toBeLessThan(1e-5);
      }
    }
  });

  test.each(unknownClasses)('%s needs the class %s, and the error says so', (name, className) => {
    const json = description(name, '.keras', '{"module"');
    expect(() => modelFromJson(json)).toThrow(UnknownLayerError);
    expect(() => modelFromJson(json)).toThrow(`'${className}'`);
  });
});

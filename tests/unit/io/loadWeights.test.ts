import { ModelFormatError, WeightsMismatchError } from 'mapache/io';
import { layers, sequential } from 'mapache/layers';
import { describe, expect, it } from 'vitest';
import { savedFiles, smallModel, weightsOf } from '../../support/saved-models.js';

const files = await savedFiles();
const numbers = await weightsOf(await loadedSmall());

async function loadedSmall() {
  const model = smallModel();
  await model.loadWeights(files);
  return model;
}

/** `smallModel` with another head. */
const headed = (units: number, name: string) =>
  sequential([layers.inputLayer({ shape: [3] }), layers.dense({ units: 2, name: 'd' }), layers.dense({ units, name })]);

describe('loadWeights', () => {
  it('assigns what belongs together, and tells', async () => {
    const model = smallModel();
    expect(await model.loadWeights(files)).toEqual({
      matched: [
        { path: 'd/kernel', name: 'd/kernel', shape: [3, 2] },
        { path: 'd/bias', name: 'd/bias', shape: [2] },
      ],
      missing: [],
      unexpected: [],
      mismatched: [],
    });
    expect(await weightsOf(model)).toEqual(numbers);
  });

  it('refuses a difference, and assigns nothing then', async () => {
    const model = headed(4, 'head');
    const before = await weightsOf(model);
    const error = await model.loadWeights(files).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(WeightsMismatchError);
    expect((error as WeightsMismatchError).report.missing.map(({ path }) => path)).toEqual([
      'head/kernel',
      'head/bias',
    ]);
    expect(await weightsOf(model)).toEqual(before);
  });

  it.each([{ strict: false }, { byName: true }])('takes what both sides have with %j', async (options) => {
    const model = headed(4, 'head');
    const { matched, missing } = await model.loadWeights(files, options);
    expect([matched.length, missing.length]).toEqual([2, 2]);
    expect((await weightsOf(model)).slice(0, 8)).toEqual(numbers);
  });

  it('leaves out weights of another shape with skipMismatch', async () => {
    const wide = sequential([layers.inputLayer({ shape: [3] }), layers.dense({ units: 5, name: 'd' })]);
    const before = await weightsOf(wide);
    await expect(wide.loadWeights(files)).rejects.toThrow(WeightsMismatchError);
    const { mismatched } = await wide.loadWeights(files, { skipMismatch: true });
    expect(mismatched.map(({ path }) => path)).toEqual(['d/kernel', 'd/bias']);
    expect(await weightsOf(wide)).toEqual(before);
  });

  it('goes by order if asked to, whatever layers are called', async () => {
    const other = sequential([layers.inputLayer({ shape: [3] }), layers.dense({ units: 2, name: 'renamed' })]);
    await other.loadWeights(files, { byName: false });
    expect(await weightsOf(other)).toEqual(numbers);
  });

  it('assigns nothing if a file is missing', async () => {
    const model = smallModel();
    const before = await weightsOf(model);
    const { 'group1-shard3of3.bin': _, ...rest } = files;
    await expect(model.loadWeights(rest)).rejects.toThrow(ModelFormatError);
    expect(await weightsOf(model)).toEqual(before);
  });

  it('takes no code and no description, only weights', async () => {
    const json = JSON.parse(new TextDecoder().decode(files['model.json']));
    const model = smallModel();
    await model.loadWeights({ ...files, 'model.json': { weightsManifest: json.weightsManifest } });
    expect(await weightsOf(model)).toEqual(numbers);
  });
});

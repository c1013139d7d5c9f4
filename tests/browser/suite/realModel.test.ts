import { loadModel } from 'mapache/io';
import type { Model } from 'mapache/layers';
import { optimizers } from 'mapache/optim';
import {
  type BackendName,
  currentBackend,
  sameBits,
  setBackend,
  setRandomSeed,
  type Tensor,
  tensor,
} from 'mapache/tensor';
import { addHead, fineTune, freeze, unfreeze } from 'mapache/transfer';
import { beforeAll, expect, test } from 'vitest';
import { errorInRange } from '../../support/error-in-range.js';
import { dataUrl, describeWithPageData, fetchFloats, goldenPictures } from '../../support/page-data.js';
import { relativeError } from '../../support/relative-error.js';
import { bitsOf, expectSameBits } from '../../support/tensors.js';

const name = 'mobilenet_v1_0.25_224';
const load = (): Promise<Model> => loadModel(dataUrl(`models/${name}/model.json`));

describeWithPageData('MobileNet 0.25 in a page', () => {
  const page = currentBackend();
  const pictures = 4;
  let x: Tensor;
  const y = tensor(Int32Array.of(0, 1, 0, 1));

  beforeAll(async () => {
    x = await goldenPictures(pictures);
  });

  test('names what Keras names, as sure as Keras is', async () => {
    const model = await load();
    const probabilities = (await (await model.predict(x)).data()) as Float32Array;
    const golden = await fetchFloats(`goldens/models/${name}.out.bin`, pictures * 1000);
    expect(errorInRange(probabilities, golden)).toBeLessThan(1e-3);
  });

  /** The losses of a head on the frozen base, then of a step with its end unfrozen. */
  async function transfer(backend: BackendName): Promise<readonly number[]> {
    setBackend(backend);
    setRandomSeed(5);
    const base = await load();
    freeze(base);
    const net = addHead(base, { cut: 'conv_pw_13_relu', classes: 2, dropout: 0.2 });
    net.compile({ optimizer: optimizers.adam({ learningRate: 1e-3 }) });
    const body = net.weights.filter(({ path }) => !path.startsWith('predictions/'));
    const before = await bitsOf(body);
    const losses: number[] = [];
    for (let step = 0; step < 5; step++) losses.push((await net.trainOnBatch(x, y)).loss as number);
    await expectSameBits(body, before);

    const { variables } = unfreeze(base, { match: /^conv_(dw|pw)_13/ });
    expect(variables.length).toBeGreaterThan(0);
    const { history } = await fineTune(
      net,
      { x, y },
      { batchSize: pictures, learningRate: 1e-4, shuffle: false, verbose: 0 },
    );
    losses.push(history.loss?.[0] as number);
    for (const [variable, bits] of await bitsOf(body)) {
      const isSame = sameBits(bits, before.get(variable) as Uint8Array);
      expect(isSame, variable.path).toBe(!variables.includes(variable));
    }
    losses.push((await net.testOnBatch(x, y)).loss as number);
    return losses;
  }

  test('takes a head that learns on it, and is fine-tuned, as on the default backend', async () => {
    const expected = await transfer('wasm');
    const losses = page === 'wasm' ? expected : await transfer(page);
    expect(relativeError(losses, expected)).toBeLessThan(1e-4);
    expect(losses.at(-1)).toBeLessThan(losses[0] as number);
  });
});

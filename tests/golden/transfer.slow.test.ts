import {
  addHead,
  div,
  freeze,
  type ImageDataset,
  imageFolder,
  loadModel,
  optimizers,
  setRandomSeed,
  sub,
  type Tensor,
  unfreeze,
  wrap,
} from 'mapache';
import { expect, test } from 'vitest';
import { dataPath, describeWithData } from '../support/shared-data.js';
import { bitsOf, expectSameBits } from '../support/tensors.js';

/** Pixels as MobileNet was trained on them: -1 to 1. */
async function preprocess(pixels: Tensor): Promise<Tensor> {
  const scaled = sub(div(pixels, 127.5), 1);
  return wrap(await scaled.data(), scaled.shape, scaled.dtype);
}

async function arraysOf(dataset: ImageDataset): Promise<{ readonly x: Tensor; readonly y: Tensor }> {
  const { x, y } = await dataset.gather(Int32Array.from(dataset.files.keys()));
  return { x: x as Tensor, y: y as Tensor };
}

describeWithData('transfer learning on real photographs', () => {
  test('a head on a frozen MobileNet tells cats from dogs; freezing, training on and unfreezing do what they say', {
    timeout: 900_000,
  }, async () => {
    setRandomSeed(1);
    const size = [128, 128] as const;
    const photos = await imageFolder(dataPath('images', 'catsdogs', 'train'), { size });
    const train = await arraysOf(photos.train);
    const validation = await arraysOf((await imageFolder(dataPath('images', 'catsdogs', 'test'), { size })).train);
    const [x, xValidation] = [await preprocess(train.x), await preprocess(validation.x)];

    const base = await loadModel(dataPath('models', 'mobilenet_v1_0.25_224'), { inputShape: [...size, 3] });
    freeze(base);
    const model = addHead(base, { cut: 'conv_pw_13_relu', classes: photos.classNames, dropout: 0.2 });
    const before = await bitsOf(base.weights);
    model.compile({ optimizer: optimizers.adam({ learningRate: 5e-3 }), metrics: ['accuracy'] });
    const { history } = await model.fit(x, train.y, {
      epochs: 8,
      validationData: [xValidation, validation.y],
      verbose: 2,
    });
    expect(history.val_accuracy?.at(-1)).toBeGreaterThanOrEqual(0.85);
    await expectSameBits(base.weights, before);

    for (const layer of model.layers) layer.trainable = true;
    for (const layer of model.layers.slice(0, -1)) layer.trainable = false;
    const some = { x: wrap((await x.data()).slice(0, 64 * 128 * 128 * 3), [64, 128, 128, 3], 'float32') };
    const labels = wrap(
      Int32Array.from({ length: 64 }, (_, i) => i % 2),
      [64],
      'int32',
    );
    const trained = await bitsOf(model.weights);
    await model.fit(some.x, labels, { verbose: 0 });
    await expectSameBits(
      model.layers.slice(0, -1).flatMap(({ weights }) => weights),
      trained,
    );

    const { variables } = unfreeze(model, { from: 'conv_pw_12' });
    const unfrozen = await bitsOf(model.weights);
    await model.fit(some.x, labels, { verbose: 0 });
    const after = await bitsOf(model.weights);
    const changed = model.weights.filter(
      (weight) => !Buffer.from(after.get(weight) as Uint8Array).equals(unfrozen.get(weight) as Uint8Array),
    );
    const head = model.layers.at(-1)?.weights ?? [];
    expect(new Set(changed)).toEqual(new Set([...variables, ...head]));
  });
});

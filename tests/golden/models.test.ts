import { loadImages, loadModel, modelFromJson } from 'mapache/io';
import { div, sub } from 'mapache/tensor';
import { expect, test } from 'vitest';
import { conforms } from '../support/conformance.js';
import { errorInRange } from '../support/error-in-range.js';
import { goldenBatch, goldenPictures, infer, realModel } from '../support/real-models.js';
import { dataPath, describeWithData, readJson } from '../support/shared-data.js';

interface TopFive {
  readonly rows: Readonly<Record<string, { readonly top5: readonly number[] }>>;
}

// Written by Keras 2's converter, by TensorFlow.js, and by the converter from a Keras 3 file; one of them quantized.
describeWithData('trained networks compute what Keras computes', () => {
  test.each([
    ['mobilenet_v1_0.25_224', 8],
    ['teachablemachine_mobilenetv2_0.35', 8],
    ['mobilenetv2_0.35_keras3_tfjs', 8],
    ['mobilenetv2_1.0_224_notop', 8],
    ['nsfwjs_mobilenet_v2', 4],
  ])('%s, on %i images', async (name, images) => {
    const golden = realModel(name);
    const model = await loadModel(dataPath('models', name));
    expect(model.countParams()).toBe(golden.params);
    expect(model.weights).toHaveLength(golden.weight_tensors);
    const { x, y } = goldenBatch(golden, images);
    const error = errorInRange(await infer(model, x), y);
    expect(conforms({ kind: 'model', name, id: `${images} images` }, error)).toBeLessThan(1e-4);
  });

  // Genuine files of Keras 2.4 and Keras 3.9.
  test.each([
    ['teachablemachine_mobilenetv2_0.35_h5', 'keras_model.h5'],
    ['keras3_cifar10_cnn', 'sudo-sidd_Cifar10-CNN.keras'],
  ])('%s, from %s', async (name, file) => {
    const golden = realModel(name);
    const model = await loadModel(dataPath('models', name, file));
    expect(model.countParams()).toBe(golden.params);
    expect(model.weights).toHaveLength(golden.weight_tensors);
    const { x, y } = goldenBatch(golden, 8);
    const error = errorInRange(await infer(model, x), y);
    expect(conforms({ kind: 'model', name, id: file }, error)).toBeLessThan(1e-4);
  });

  test('squeezenet_v1.1_notop, whose Keras 2.0 file has weights only, for layers of other names', async () => {
    const golden = realModel('squeezenet_v1.1_notop');
    const model = modelFromJson(readJson<object>('goldens', 'models', 'squeezenet_v1.1_notop.config.json'));
    const file = 'squeezenet_weights_tf_dim_ordering_tf_kernels_notop.h5';
    const report = await model.loadWeights(dataPath('models', 'squeezenet_v1.1_notop', file));
    expect(report.matched).toHaveLength(golden.weight_tensors);
    const { x, y } = goldenBatch(golden, 4);
    const error = errorInRange(await infer(model, x), y);
    expect(conforms({ kind: 'model', name: golden.name, id: file }, error)).toBeLessThan(1e-4);
  });

  test('nsfwjs_mobilenet_v2, on all 8 images, read from their files', async () => {
    const model = await loadModel(dataPath('models', 'nsfwjs_mobilenet_v2'));
    const { paths, y } = goldenPictures(realModel('nsfwjs_mobilenet_v2'));
    expect(paths).toHaveLength(8);
    const pixels = await loadImages(paths, { size: [224, 224] });
    const error = errorInRange(await infer(model, div(pixels, 255)), y);
    expect(conforms({ kind: 'model', name: 'nsfwjs_mobilenet_v2' }, error)).toBeLessThan(1e-4);
  });

  test('MobileNet 0.25 names the same object as in Keras on each of 100 pictures', async () => {
    const name = 'mobilenet_v1_0.25_224';
    const model = await loadModel(dataPath('models', name));
    const { rows } = readJson<TopFive>('goldens', 'models', `${name}.top5.json`);
    const files = Object.keys(rows).sort();
    expect(files).toHaveLength(100);
    const named: Record<string, number> = {};
    for (let i = 0; i < files.length; i += 10) {
      const batch = files.slice(i, i + 10);
      const paths = batch.map((file) => dataPath('images', 'imagenet', file));
      const pixels = await loadImages(paths, { size: [224, 224] });
      const probabilities = await infer(model, sub(div(pixels, 127.5), 1));
      for (const [row, file] of batch.entries()) {
        const scores = probabilities.subarray(row * 1000, (row + 1) * 1000);
        named[file] = scores.indexOf(Math.max(...scores));
      }
    }
    expect(named).toEqual(Object.fromEntries(files.map((file) => [file, rows[file]?.top5[0]])));
  });

  test('the frozen base of a Keras 3 model stays frozen, and in inference mode', async () => {
    const model = await loadModel(dataPath('models', 'mobilenetv2_0.35_keras3_tfjs'));
    const head = ['dense_4/kernel', 'dense_4/bias', 'dense_5/kernel', 'dense_5/bias'];
    expect(model.trainableWeights.map(({ path }) => path)).toEqual(head);
    expect(model.getLayer('mobilenetv2_0.35_224').inboundNodes.map(({ training }) => training)).toEqual([false]);
  });

  test('networks made for 224 pixels run at 128, nested ones too', async () => {
    const inputShape = [128, 128, 3];
    const nested = await loadModel(dataPath('models', 'mobilenetv2_0.35_keras3_tfjs'), { inputShape });
    expect(nested.outputShapes).toEqual([[null, 6]]);
    const sequential = await loadModel(dataPath('models', 'teachablemachine_mobilenetv2_0.35'), { inputShape });
    expect(sequential.inputShapes).toEqual([[null, 128, 128, 3]]);
    const flat = await loadModel(dataPath('models', 'mobilenetv2_1.0_224_notop'), { inputShape });
    expect(flat.outputShapes).toEqual([[null, 4, 4, 1280]]);
  });
});

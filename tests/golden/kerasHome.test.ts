import { loadImages, loadModel } from 'mapache/io';
import { tensor } from 'mapache/tensor';
import { applications } from 'mapache/transfer';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { conforms } from '../support/conformance.js';
import { errorInRange } from '../support/error-in-range.js';
import { goldenBatch, goldenPictures, infer, realModel } from '../support/real-models.js';
import { dataPath, describeWithData, readJson } from '../support/shared-data.js';

interface TopFive {
  readonly rows: Readonly<Record<string, { readonly top5: readonly number[] }>>;
}

const { mobileNet, mobileNetV2 } = applications;

describeWithData('published weights come from the folder that Keras keeps them in', () => {
  beforeEach(() => {
    vi.stubEnv('KERAS_HOME', dataPath('keras_home'));
    vi.stubGlobal('fetch', () => Promise.reject(new Error('nothing may be fetched')));
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.unstubAllGlobals();
  });

  test('MobileNet computes and names what it does in Keras', async () => {
    const golden = realModel('mobilenet_v1_0.25_224');
    const model = await mobileNet({ alpha: 0.25 });
    const { x, y } = goldenBatch(golden, 8);
    const probabilities = await infer(model, x);
    const error = errorInRange(probabilities, y);
    expect(conforms({ kind: 'application', name: 'MobileNet' }, error)).toBeLessThan(1e-4);

    const { rows } = readJson<TopFive>('goldens', 'models', 'mobilenet_v1_0.25_224.top5.json');
    const files = goldenPictures(golden).paths.map((path) => path.slice(path.lastIndexOf('/') + 1));
    const classNames = model.metadata.classNames as readonly string[];
    expect(classNames).toHaveLength(1000);
    const decoded = await mobileNet.decodePredictions(tensor(probabilities, { shape: [8, 1000] }));
    expect(decoded.map((list) => list.map(({ name }) => name))).toEqual(
      files.map((file) => rows[file]?.top5.map((i) => classNames[i])),
    );
    expect(decoded[0]?.[0]).toEqual({
      synset: expect.stringMatching(/^n\d{8}$/),
      name: expect.any(String),
      score: Math.max(...probabilities.subarray(0, 1000)),
    });
  });

  test('MobileNetV2 without its top computes what it does in Keras', async () => {
    const { x, y } = goldenBatch(realModel('mobilenetv2_1.0_224_notop'), 4);
    const error = errorInRange(await infer(await mobileNetV2({ includeTop: false }), x), y);
    expect(conforms({ kind: 'application', name: 'MobileNetV2' }, error)).toBeLessThan(1e-4);
  });

  test('MobileNet without its top has the weights of the whole one', async () => {
    const model = await mobileNet({ alpha: 0.25, includeTop: false });
    const whole = await loadModel(dataPath('models', 'mobilenet_v1_0.25_224'));
    expect(model.weights).toHaveLength(whole.weights.length - 2);
    for (const [i, weight] of model.weights.entries()) {
      expect(await weight.value.data()).toEqual(await whole.weights[i]?.value.data());
    }
  });

  test('weights of one size serve others', async () => {
    const model = await mobileNetV2({ includeTop: false, alpha: 0.35, inputShape: [150, 150, 3], pooling: 'avg' });
    expect(model.name).toBe('mobilenetv2_0.35_224');
    expect(model.outputShapes).toEqual([[null, 1280]]);
  });

  test('pictures go in as they come from files', async () => {
    const { paths, y } = goldenPictures(realModel('mobilenetv2_1.0_224_notop'));
    const model = await mobileNetV2({ includeTop: false });
    const pixels = await loadImages(paths.slice(0, 2), { size: [224, 224] });
    const features = await infer(model, mobileNetV2.preprocessInput(pixels));
    expect(errorInRange(features, y.subarray(0, features.length))).toBeLessThan(1e-4);
  });

  test('weights that are nowhere are fetched, and the failure says from where', async () => {
    await expect(applications.resNet50({ includeTop: false })).rejects.toThrow(
      /resnet\/resnet50_weights_tf_dim_ordering_tf_kernels_notop\.h5.*no answer/,
    );
  });
});

describeWithData("weights of files of one's own", () => {
  test("are loaded by name from what Keras's converter wrote", async () => {
    const name = 'mobilenetv2_1.0_224_notop';
    const model = await mobileNetV2({ includeTop: false, weights: dataPath('models', name) });
    const { x, y } = goldenBatch(realModel(name), 2);
    expect(errorInRange(await infer(model, x), y)).toBeLessThan(1e-4);
  });
});

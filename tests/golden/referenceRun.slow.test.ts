import {
  addHead,
  applications,
  fineTune,
  freeze,
  imageFolder,
  losses,
  metrics,
  optimizers,
  setRandomSeed,
  unfreeze,
} from 'mapache';
import { expect, test } from 'vitest';
import { dataPath, describeWithData, readJson } from '../support/shared-data.js';

interface Reference {
  readonly phases: readonly { readonly epochs: readonly { readonly val_accuracy: number }[] }[];
}

/** Validation accuracy at the end of each phase in real Keras. */
function accuraciesOfKeras(): readonly number[] {
  const { phases } = readJson<Reference>('goldens', 'reference_run.json');
  return phases.map(({ epochs }) => epochs.at(-1)?.val_accuracy as number);
}

describeWithData('the reference run: MobileNetV2 at 160 pixels on cats and dogs', () => {
  test('comes within two points of what Keras reaches with the same recipe, with the head and fine-tuned', async () => {
    setRandomSeed(1234);
    const size = [160, 160] as const;
    const { train } = await imageFolder(dataPath('images', 'catsdogs', 'train'), { size, seed: 1234 });
    const { train: validationData } = await imageFolder(dataPath('images', 'catsdogs', 'test'), { size });
    expect([train.size, validationData.size]).toEqual([400, 200]);

    const file = 'mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.0_224_no_top.h5';
    const weights = dataPath('keras_home', 'models', file);
    const base = await applications.mobileNetV2({ includeTop: false, inputShape: [...size, 3], weights });
    freeze(base);
    const model = addHead(base, { units: 1, dropout: 0.2, includePreprocessing: true });
    const compile = (learningRate: number): void =>
      model.compile({
        optimizer: optimizers.adam({ learningRate }),
        loss: losses.binaryCrossentropy({ fromLogits: true }),
        metrics: [metrics.binaryAccuracy({ name: 'accuracy', threshold: 0 })],
      });
    compile(1e-3);
    const head = await model.fit(train, { epochs: 10, batchSize: 32, validationData, verbose: 2 });
    unfreeze(base);
    compile(1e-5);
    const tuned = await fineTune(model, train, {
      epochs: 5,
      batchSize: 32,
      learningRate: 1e-5,
      validationData,
      verbose: 2,
    });

    const reached = [head, tuned].map(({ history }) => history.val_accuracy?.at(-1) as number);
    console.info('validation accuracy, head and fine-tuned:', reached, 'Keras:', accuraciesOfKeras());
    for (const [i, accuracy] of accuraciesOfKeras().entries())
      expect(reached[i]).toBeGreaterThanOrEqual(accuracy - 0.02);
  });
});

import { input, layers } from 'mapache/layers';
import { ArgumentError, ShapeError } from 'mapache/tensor';
import { applications } from 'mapache/transfer';
import { describe, expect, test, vi } from 'vitest';
import { caught, expectExplained } from '../../../support/explained-error.js';

const { denseNet121, mobileNet, mobileNetV2, nasNetMobile, resNet50, vgg16, xception } = applications;
const noFetch = vi.fn(async () => Promise.reject(new Error('nothing may be fetched')));

/** Never published weights: nothing may be downloaded before everything else is right. */
const refused = async (
  build: (more: { fetch: typeof fetch }) => unknown,
  kind: typeof ArgumentError | typeof ShapeError,
) => {
  const error = await caught(() => build({ fetch: noFetch }));
  expectExplained(error, kind);
  expect(noFetch).not.toHaveBeenCalled();
  return error.message;
};

describe('applications refuse what Keras refuses', () => {
  test.each([
    ['other classes with the trained top', (o: object) => resNet50({ ...o, classes: 5 }), /1000 classes.*received 5/],
    [
      'an activation the top was not trained with',
      (o: object) => vgg16({ ...o, classifierActivation: 'relu' }),
      /softmax/,
    ],
    [
      'a width that was never trained',
      (o: object) => mobileNetV2({ ...o, alpha: 0.6 }),
      /alpha 0\.35; alpha 0\.5.*received alpha 0\.6/,
    ],
    [
      'a multiplier that was never trained',
      (o: object) => mobileNet({ ...o, depthMultiplier: 2 }),
      /depthMultiplier 1/,
    ],
    ['an unknown pooling', (o: object) => xception({ ...o, weights: null, pooling: 'min' as 'max' }), /'avg' or 'max'/],
    ['a width of nothing', (o: object) => mobileNetV2({ ...o, weights: null, alpha: 0 }), /alpha/],
    ['a rate above one', (o: object) => mobileNet({ ...o, weights: null, dropout: 2 }), /dropout/],
    ['no classes', (o: object) => resNet50({ ...o, weights: null, classes: 0 }), /classes/],
    ['half a class', (o: object) => resNet50({ ...o, weights: null, classes: 2.5 }), /classes/],
    ['a top that is no boolean', (o: object) => resNet50({ ...o, includeTop: 1 as never }), /includeTop/],
    ['unknown options', (o: object) => resNet50({ ...o, alpha: 1 } as object), /includeTop.*received "alpha"/],
    ["Keras's names for options", (o: object) => resNet50({ ...o, include_top: false } as object), /camelCase/],
  ])('%s', async (_, build, message) => {
    expect(await refused(build, ArgumentError)).toMatch(message);
  });

  test.each([
    [
      'pictures that are too small',
      (o: object) => resNet50({ ...o, includeTop: false, inputShape: [31, 64, 3] }),
      /32 x 32/,
    ],
    [
      'pictures that are too small for Xception',
      (o: object) => xception({ ...o, weights: null, inputShape: [70, 71, 3] }),
      /71 x 71/,
    ],
    ['another size with the trained top', (o: object) => resNet50({ ...o, inputShape: [192, 192, 3] }), /224 x 224/],
    [
      'other channels with trained weights',
      (o: object) => resNet50({ ...o, includeTop: false, inputShape: [64, 64, 1] }),
      /3 channels/,
    ],
    [
      'an unknown size with a top',
      (o: object) => vgg16({ ...o, weights: null, inputShape: [null, 64, 3] }),
      /known size/,
    ],
    [
      'an unknown size of a network that compares sizes',
      (o: object) => nasNetMobile({ ...o, weights: null, includeTop: false, inputShape: [null, null, 3] }),
      /known size/,
    ],
    [
      'a shape with a batch',
      (o: object) => denseNet121({ ...o, weights: null, inputShape: [1, 64, 64, 3] }),
      /three sizes/,
    ],
    [
      'a shape that is none',
      (o: object) => denseNet121({ ...o, weights: null, inputShape: 64 as never }),
      /three sizes/,
    ],
  ])('%s', async (_, build, message) => {
    expect(await refused(build, ShapeError)).toMatch(message);
  });

  test('sizes that weights were published for may differ with the top', () => {
    expect(
      mobileNetV2.record.weights.filter(({ size, options, top }) => size === 96 && options.alpha === 1 && top),
    ).toHaveLength(1);
  });
});

describe('options of applications', () => {
  test('a network stands on a tensor of another one', () => {
    const x = input({ shape: [64, 64, 3] });
    const flipped = layers.rescaling({ scale: 255 }).apply(x);
    const model = mobileNetV2.build({ inputTensor: flipped, includeTop: false, pooling: 'avg' });
    expect(model.inputs).toEqual([x]);
    expect(model.layers.map(({ className }) => className).slice(0, 3)).toEqual(['InputLayer', 'Rescaling', 'Conv2D']);
    expect(model.outputShapes).toEqual([[null, 1280]]);
  });

  test('names of classes travel with the model', () => {
    const model = mobileNetV2.build({ classes: ['raccoon', 'tanuki'], inputShape: [32, 32, 3] });
    expect(model.outputShapes).toEqual([[null, 2]]);
    expect(model.metadata).toEqual({
      application: 'MobileNetV2',
      groups: [...mobileNetV2.record.groups, 'predictions'],
      preprocessing: 'tf',
      inputRange: [-1, 1],
      classNames: ['raccoon', 'tanuki'],
    });
  });

  test('a network that was trained otherwise gets one more layer with those weights', () => {
    const { record } = applications.efficientNetB0;
    const x = input({ shape: [64, 64, 3] });
    const settings = {
      includeTop: false,
      pretrained: true,
      inputShape: [64, 64, 3],
      pooling: null,
      classes: 1000,
      classifierActivation: null,
      name: 'b0',
    } as const;
    const classes: string[] = [];
    for (let node = record.features(x, settings).node; node.inputs[0] !== undefined; node = node.inputs[0].node) {
      classes.unshift(node.layer.className);
    }
    expect(classes.slice(0, 4)).toEqual(['Rescaling', 'Normalization', 'Rescaling', 'ZeroPadding2D']);
  });
});

describe('published weights', () => {
  test.each(applications.list().map(({ record }) => [record.name, record] as const))('of %s', (_, { weights }) => {
    expect(new Set(weights.map(({ file }) => file)).size).toBe(weights.length);
    expect(weights.filter(({ top }) => top)).toHaveLength(weights.length / 2);
    for (const { file, url, hash } of weights) {
      expect(file).toMatch(/^[\w.-]+\.h5$/);
      expect(url).toMatch(
        /^https:\/\/storage\.googleapis\.com\/(tensorflow\/)?keras-applications\/([\w.]+\/)?[\w.-]+\.h5$/,
      );
      if (hash !== null) expect(hash).toMatch(/^([0-9a-f]{32}|[0-9a-f]{64})$/);
    }
  });
});

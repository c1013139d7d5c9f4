import {
  ArgumentError,
  concat,
  neg,
  ShapeMismatchError,
  setRandomSeed,
  type Tensor,
  tensor,
  type Variable,
  zeros,
} from 'mapache';
import { clearSession, input, layers, type Model, model } from 'mapache/layers';
import { addHead, freeze, gradCam, overlayHeatMap } from 'mapache/transfer';
import { beforeEach, describe, expect, test } from 'vitest';
import { convolutionalBase, images } from '../../support/convolutional-base.js';
import { caught, expectExplained } from '../../support/explained-error.js';
import { randomTensor } from '../../support/tensors.js';

beforeEach(() => {
  clearSession();
  setRandomSeed(7);
});

const size = 6;
const filters = 3;
const classes = 4;

/** Pictures of 6 by 6 go through a convolution; a head with a hidden layer, which is not linear, tells four classes. */
function network(activation: string, units = classes): { readonly net: Model; readonly mapsOf: Model } {
  const x = input({ shape: [size, size, 3], name: 'image' });
  const conv = {
    filters,
    kernelSize: 3,
    padding: 'same',
    activation: 'relu',
    biasInitializer: 'ones',
    name: 'conv',
  } as const;
  const maps = layers.conv2d(conv).apply(x);
  const flat = layers.flatten({ name: 'flat' }).apply(maps);
  const hidden = layers.dense({ units: 5, activation: 'relu', name: 'hidden' }).apply(flat);
  const outputs = layers.dense({ units, activation, name: 'classes' }).apply(hidden);
  return { net: model({ inputs: x, outputs }), mapsOf: model({ inputs: x, outputs: maps }) };
}

async function weight(net: Model, layer: string, name: string): Promise<Float64Array> {
  const found = net.getLayer(layer).weights.find(({ path }) => path.endsWith(name)) as Variable;
  return Float64Array.from(await found.value.data());
}

/** Grad-CAM of `network`, written out: the gradient goes back through the second layer, the ReLU and the first layer. */
async function writtenOut(net: Model, mapsOf: Model, x: Tensor, classOf: (i: number) => number): Promise<Float64Array> {
  const maps = Float64Array.from(await (await mapsOf.predict(x)).data());
  const [first, bias, second] = await Promise.all([
    weight(net, 'hidden', 'kernel'),
    weight(net, 'hidden', 'bias'),
    weight(net, 'classes', 'kernel'),
  ]);
  const features = size * size * filters;
  const samples = maps.length / features;
  const heat = new Float64Array(samples * size * size);
  for (let i = 0; i < samples; i++) {
    const sums = Array.from(bias, (b, j) => {
      let total = b;
      for (let f = 0; f < features; f++) total += (maps[i * features + f] ?? 0) * (first[f * 5 + j] ?? 0);
      return total;
    });
    const slope = (f: number): number =>
      sums.reduce(
        (total, z, j) => total + (z > 0 ? (second[j * classes + classOf(i)] ?? 0) * (first[f * 5 + j] ?? 0) : 0),
        0,
      );
    const alpha = Array.from({ length: filters }, (_, k) => {
      let total = 0;
      for (let place = 0; place < size * size; place++) total += slope(place * filters + k);
      return total / (size * size);
    });
    const map = Array.from({ length: size * size }, (_, place) =>
      Math.max(
        0,
        alpha.reduce((total, a, k) => total + a * (maps[i * features + place * filters + k] ?? 0), 0),
      ),
    );
    const largest = Math.max(...map);
    heat.set(
      map.map((value) => (largest > 0 ? value / largest : 0)),
      i * size * size,
    );
  }
  return heat;
}

async function expectSame(found: Tensor, expected: Tensor): Promise<void> {
  expect(await found.data()).toEqual(await expected.data());
}

describe('gradCam', () => {
  test.each(['softmax', 'linear'])('is what it is when it is written out, for %s', async (activation) => {
    const { net, mapsOf } = network(activation);
    const x = randomTensor([5, size, size, 3], 3);
    const given = [0, 1, 2, 3, 0];
    const heat = await gradCam(net, x, { classIndex: given });
    expect(heat.shape).toEqual([5, size, size]);
    const expected = await writtenOut(net, mapsOf, x, (i) => given[i] as number);
    // Something is to be seen, and not everywhere.
    expect(expected.filter((value) => value > 0.1).length).toBeGreaterThan(10);
    expect(expected.filter((value) => value === 0).length).toBeGreaterThan(0);
    const found = await heat.data();
    expect(Math.max(...expected.map((value, i) => Math.abs(value - (found[i] ?? Number.NaN))))).toBeLessThan(1e-5);
    await expectSame(heat, await gradCam(net, x, { classIndex: given, layer: 'conv' }));
  });

  test('takes the score before softmax where a change of shape comes after it', async () => {
    const { net } = network('linear');
    const pixel = layers.reshape({ targetShape: [1, 1, classes] }).apply(net.outputs);
    const probabilities = layers.activation({ activation: 'softmax' }).apply(pixel);
    const outputs = layers.reshape({ targetShape: [classes] }).apply(probabilities);
    const x = randomTensor([5, size, size, 3], 3);
    await expectSame(await gradCam(model({ inputs: net.inputs, outputs }), x), await gradCam(net, x));
  });

  test('shows what speaks for the prediction if no class is given', async () => {
    const { net } = network('softmax');
    const x = randomTensor([5, size, size, 3], 4);
    const probabilities = await (await net.predict(x)).data();
    const predictions = Array.from({ length: 5 }, (_, i) => {
      const row = Array.from(probabilities.slice(i * classes, (i + 1) * classes));
      return row.indexOf(Math.max(...row));
    });
    await expectSame(await gradCam(net, x), await gradCam(net, x, { classIndex: predictions }));
  });

  test('takes a single output as speaking for class 1 and against class 0', async () => {
    const { net } = network('sigmoid', 1);
    const x = randomTensor([4, size, size, 3], 5);
    const hidden = net.getLayer('hidden').inboundNodes[0]?.outputs ?? [];
    const two = model({ inputs: net.inputs, outputs: layers.dense({ units: 2, name: 'two' }).apply(hidden) });
    const [kernel] = net.getLayer('classes').weights as readonly [Variable, Variable];
    two.getLayer('two').weights[0]?.assign(concat([neg(kernel.value), kernel.value], 1));
    const maps = await Promise.all([0, 1].map((classIndex) => gradCam(net, x, { classIndex })));
    await expectSame(maps[0] as Tensor, await gradCam(two, x, { classIndex: 0 }));
    await expectSame(maps[1] as Tensor, await gradCam(two, x, { classIndex: 1 }));
    const heat = await Promise.all(maps.map((map) => map.data()));
    expect(heat.some((values) => values.some((value: number) => value > 0))).toBe(true);
  });

  test('looks into models inside models, frozen or not, and chooses the last maps', async () => {
    const base = convolutionalBase();
    const x = images();
    const net = addHead(base, { classes: 3 });
    const heat = await gradCam(net, x);
    expect(heat.shape).toEqual([12, 8, 8]);
    freeze(base);
    await expectSame(heat, await gradCam(net, x));
    await expectSame(heat, await gradCam(net, x, { layer: 'relu2' }));
    await expectSame(heat, await gradCam(net, x, { layer: 'base/relu2' }));
    const start = input({ shape: [8, 8, 3] });
    const pooled = layers.globalAveragePooling2d().apply(base.apply(start, { training: false }));
    const vectors = model({ inputs: start, outputs: pooled, name: 'vectors' });
    const deeper = model({ inputs: start, outputs: net.getLayer('predictions').apply(vectors.apply(start)) });
    await expectSame(heat, await gradCam(deeper, x));
  });

  test('is 0 where nothing speaks for a class', async () => {
    const { net } = network('softmax');
    const kernel = net.getLayer('classes').weights[0];
    kernel?.assign(zeros([5, classes]));
    expect(new Set(await (await gradCam(net, randomTensor([2, size, size, 3], 6))).data())).toEqual(new Set([0]));
  });

  test('names what it cannot use', async () => {
    const { net } = network('softmax');
    const x = randomTensor([2, size, size, 3], 6);
    const vector = input({ shape: [4] });
    const flat = model({ inputs: vector, outputs: layers.dense({ units: 2 }).apply(vector) });
    for (const run of [
      () => gradCam(flat, randomTensor([2, 4], 1)),
      () => gradCam(net, x, { layer: 'hidden' }),
      () => gradCam(net, x, { layer: 'nowhere' }),
      () => gradCam(net, x, { classIndex: classes }),
      () => gradCam(net, x, { classIndex: [0] }),
    ]) {
      expectExplained(await caught(run), ArgumentError);
    }
  });
});

describe('overlayHeatMap', () => {
  test('leaves cold places nearly as they are and gives hot ones the colour of heat', async () => {
    const grey = tensor([[[[128], [128], [128]]]]);
    const heat = tensor([[[0, 0.5, 1]]]);
    const [cold, warm, hot] = await pixelsOf(await overlayHeatMap(grey, heat, { opacity: 1 }));
    expect(cold).toEqual([100, 101, 109]);
    expect(hot).toEqual([252, 220, 110]);
    const brightness = (pixel: readonly number[] = []): number => pixel.reduce((sum, value) => sum + value, 0);
    expect(brightness(warm)).toBeLessThan(brightness(hot));
    expect(await pixelsOf(await overlayHeatMap(grey, heat, { opacity: 0 }))).toEqual(
      [1, 2, 3].map(() => [128, 128, 128]),
    );
  });

  test('takes pictures of 0 to 1 and of -1 to 1', async () => {
    const cold = tensor([[[0, 0]]]);
    const bytes = await pixelsOf(
      await overlayHeatMap(
        tensor([
          [
            [
              [0, 0, 0],
              [255, 255, 51],
            ],
          ],
        ]),
        cold,
      ),
    );
    expect(
      await pixelsOf(
        await overlayHeatMap(
          tensor([
            [
              [
                [0, 0, 0],
                [1, 1, 0.2],
              ],
            ],
          ]),
          cold,
        ),
      ),
    ).toEqual(bytes);
    expect(
      await pixelsOf(
        await overlayHeatMap(
          tensor([
            [
              [
                [-1, -1, -1],
                [1, 1, -0.6],
              ],
            ],
          ]),
          cold,
        ),
      ),
    ).toEqual(bytes);
  });

  test('refuses heat maps of another size', async () => {
    const run = () => overlayHeatMap(tensor([[[[0]]]]), tensor([[[0, 0]]]));
    expectExplained(await caught(run), ShapeMismatchError);
  });
});

async function pixelsOf(pictures: Tensor): Promise<readonly (readonly number[])[]> {
  const bytes = await pictures.data();
  return Array.from({ length: bytes.length / 3 }, (_, i) => Array.from(bytes.slice(3 * i, 3 * i + 3)));
}

import { cloneModel, layers, sequential } from 'mapache/layers';
import {
  compile,
  currentBackend,
  gradients,
  setBackend,
  setRandomSeed,
  sum,
  type Tensor,
  tensor,
  type Variable,
} from 'mapache/tensor';
import { afterEach, describe, expect, it } from 'vitest';
import { backends, onEachBackend } from '../../support/backends.js';
import { relativeError } from '../../support/relative-error.js';

const training = { training: true };

/** Pictures of one row, `[count, 1, width, 1]`, each with the numbers `0 … width - 1`. */
const rows = (count: number, width: number): Tensor =>
  tensor(
    Float32Array.from({ length: count * width }, (_, i) => i % width),
    { shape: [count, 1, width, 1] },
  );

/** Two pictures with something in every pixel. */
const pictures = tensor(
  Float32Array.from({ length: 2 * 6 * 5 * 3 }, (_, i) => (i * 37) % 256),
  { shape: [2, 6, 5, 3] },
);

const every = (numbers: ArrayLike<number>, step: number): readonly number[] =>
  Array.from(numbers).filter((_, i) => i % step === 0);

const meanOf = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0) / numbers.length;

/** Whether the mean of `count` independent numbers with this deviation may be that: within five deviations of it. */
function expectMean(numbers: readonly number[], mean: number, deviation: number): void {
  expect(Math.abs(meanOf(numbers) - mean)).toBeLessThan((5 * deviation) / Math.sqrt(numbers.length));
}

describe('layers that augment, in training', () => {
  afterEach(() => setRandomSeed(0));

  it('mirror every other picture, whatever became of the one before', async () => {
    const flipped = await layers.randomFlip({ mode: 'horizontal', seed: 1 }).apply(rows(4000, 2), training).data();
    const isFlipped = every(flipped, 2);
    expect(new Set(isFlipped)).toEqual(new Set([0, 1]));
    expectMean(isFlipped, 0.5, 0.5);
    expectMean(
      isFlipped.slice(1).map((one, i) => (one === isFlipped[i] ? 1 : 0)),
      0.5,
      0.5,
    );
  });

  it('draw from the range given, evenly, for each picture', async () => {
    const black = tensor(new Float32Array(3000), { shape: [3000, 1, 1, 1] });
    const brightness = layers.randomBrightness({ factor: [0.25, 0.75], valueRange: [0, 8], seed: 2 });
    const shifts = [...(await brightness.apply(black, training).data())];
    expect(Math.min(...shifts)).toBeGreaterThanOrEqual(2);
    expect(Math.max(...shifts)).toBeLessThan(6);
    expect(new Set(shifts).size).toBeGreaterThan(2900);
    expectMean(shifts, 4, 4 / Math.sqrt(12));
    for (const quarter of [0, 1, 2, 3]) {
      const inside = shifts.map((shift) => (Math.floor(shift) === quarter + 2 ? 1 : 0));
      expectMean(inside, 0.25, Math.sqrt(0.25 * 0.75));
    }
  });

  it('turn by angles from the range given, about the middle', async () => {
    const ramp = tensor(
      Float32Array.from({ length: 500 * 49 }, (_, i) => i % 7),
      { shape: [500, 7, 7, 1] },
    );
    const turned = await layers
      .randomRotation({ factor: [0.05, 0.1], seed: 3 })
      .apply(ramp, training)
      .data();
    const cosines = Array.from(
      { length: 500 },
      (_, i) => (turned[i * 49 + 25] as number) - (turned[i * 49 + 24] as number),
    );
    expect(every(turned.subarray(24), 49).every((middle) => Math.abs(middle - 3) < 1e-4)).toBe(true);
    expect(Math.max(...cosines)).toBeLessThan(Math.cos(0.1 * Math.PI) + 1e-4);
    expect(Math.min(...cosines)).toBeGreaterThan(Math.cos(0.2 * Math.PI) - 1e-4);
    expect(Math.max(...cosines) - Math.min(...cosines)).toBeGreaterThan(0.13);
  });

  it.each([0.2, 1, 4])('blend by weights from the beta distribution with parameter %d', async (alpha) => {
    const count = 300;
    const seed = 4;
    const ones = tensor(
      Float32Array.from({ length: count * count }, (_, i) => (i % (count + 1) === 0 ? 1 : 0)),
      { shape: [count, count, 1, 1] },
    );
    const blended = await layers.mixUp({ alpha, seed }).apply(ones, training).data();
    const entries = Array.from({ length: count }, (_, i) => [...blended.subarray(i * count, (i + 1) * count)]);
    const weights = entries.flatMap((row, i) => (row.filter((one) => one > 0).length > 1 ? [row[i] as number] : []));
    const deviation = Math.sqrt(1 / (4 * (2 * alpha + 1)));
    expectMean(weights, 0.5, deviation);
    // The square of what is between 0 and 1 deviates from its mean by 1/2 at most.
    expectMean(
      weights.map((weight) => (weight - 0.5) ** 2),
      deviation ** 2,
      0.25,
    );
    // Each picture is the partner of one other.
    const partners = entries.map((row, i) => row.findIndex((one, j) => one > 0 && j !== i)).filter((j) => j >= 0);
    expect(new Set(partners).size).toBe(partners.length);
  });

  it('blend chains by shares that add up to 1', async () => {
    const options = { numChains: 4, chainDepth: 0, alpha: 0.7, seed: 9 };
    const blended = await layers.augMix(options).apply(pictures, training).data();
    expect(relativeError(blended, await pictures.data())).toBeLessThan(1e-6);
  });

  it('blend in so much of the picture itself as the beta distribution says', async () => {
    // One link, which for even pictures of a middle grey changes brightness or nothing.
    const grey = tensor(new Float32Array(16).fill(0.5), { shape: [1, 4, 4, 1] });
    const layer = layers.augMix({ numChains: 1, chainDepth: 1, factor: 1, valueRange: [0, 1], seed: 10 });
    const run = compile((x: Tensor) => layer.apply(x, training));
    const outputs: number[] = [];
    for (let i = 0; i < 200; i++) outputs.push((await (await run(grey)).data())[0] as number);
    expect(new Set(outputs).size).toBeGreaterThan(10);
    expect(Math.min(...outputs)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...outputs)).toBeLessThanOrEqual(1);
  });

  it('warp as many pictures as the probability says, and leave even ones as they are', async () => {
    const options = { factor: [0.25, 0.25], scale: [1, 1], fillMode: 'nearest', seed: 11 };
    const warped = await layers.randomElasticTransform(options).apply(rows(2000, 12), training).data();
    const row = [...(await rows(1, 12).data())];
    const isWarped = Array.from({ length: 2000 }, (_, i) =>
      row.some((value, j) => Math.abs((warped[i * 12 + j] as number) - value) > 1e-3) ? 1 : 0,
    );
    expectMean(isWarped, 0.25, Math.sqrt(0.25 * 0.75));
    const even = tensor(new Float32Array(2 * 30 * 30).fill(77), { shape: [2, 30, 30, 1] });
    const still = await layers.randomElasticTransform({ seed: 12, fillMode: 'nearest' }).apply(even, training).data();
    for (const value of still) expect(value).toBeCloseTo(77, 3);
  });

  it('cut at every place there is', async () => {
    const crop = layers.randomCrop({ height: 2, width: 3, seed: 5 });
    crop.build([null, 4, 5, 1]);
    const one = tensor(
      Float32Array.from({ length: 20 }, (_, i) => i),
      { shape: [1, 4, 5, 1] },
    );
    const run = compile((x: Tensor) => crop.apply(x, training));
    const corners = new Set<number>();
    for (let i = 0; i < 100; i++) corners.add((await (await run(one)).data())[0] as number);
    expect([...corners].sort((a, b) => a - b)).toEqual([0, 1, 2, 5, 6, 7, 10, 11, 12]);
  });

  it('draw afresh whenever a plan runs, and the same again from the same seed', async () => {
    const make = () => layers.randomTranslation({ heightFactor: 0.3, widthFactor: 0.3, seed: 6 });
    const runTwice = async (): Promise<readonly (readonly number[])[]> => {
      const layer = make();
      const run = compile((x: Tensor) => layer.apply(x, training));
      return [[...(await (await run(pictures)).data())], [...(await (await run(pictures)).data())]];
    };
    const [first, second] = await runTwice();
    expect(first).not.toEqual(second);
    expect(await runTwice()).toEqual([first, second]);
    setRandomSeed(9);
    const unseeded = layers.randomFlip();
    setRandomSeed(9);
    const again = layers.randomFlip();
    const many = rows(64, 3);
    expect(await again.apply(many, training).data()).toEqual(await unseeded.apply(many, training).data());
  });

  it('change whole numbers into fractions, in training and in inference', () => {
    const bytes = tensor(new Uint8Array(12), { shape: [1, 2, 2, 3] });
    const layer = layers.randomBrightness({ factor: 0.1 });
    expect(layer.apply(bytes).dtype).toBe('float32');
    expect(layer.apply(bytes, training).dtype).toBe('float32');
  });

  it('augment whether they are frozen or not', async () => {
    const layer = layers.randomFlip({ seed: 1 });
    layer.trainable = false;
    expect(await layer.apply(rows(64, 3), training).data()).not.toEqual(await rows(64, 3).data());
  });

  it('say whether they mix samples', () => {
    const mixing = [layers.mixUp(), layers.cutMix(), layers.randAugment(), layers.equalization()];
    expect(mixing.every((layer) => layer.mixesSamples)).toBe(true);
    expect(layers.randomFlip().mixesSamples).toBe(false);
  });

  it('apply what is not random in inference too, if Keras does', async () => {
    const contrast = layers.autoContrast();
    expect(await contrast.apply(pictures).data()).toEqual(await contrast.apply(pictures, training).data());
    expect(contrast.states).toEqual([]);
    expect(await layers.equalization().apply(pictures).data()).toEqual(await pictures.data());
  });

  it('augment alike with channels first', async () => {
    const first = layers.randomZoom({ heightFactor: 0.5, seed: 3, dataFormat: 'channels_first' });
    const last = layers.randomZoom({ heightFactor: 0.5, seed: 3 });
    const one = rows(4, 9);
    const moved = tensor(await one.data(), { shape: [4, 1, 1, 9] });
    expect(await first.apply(moved, training).data()).toEqual(await last.apply(one, training).data());
  });
});

describe('a model that augments', () => {
  const make = () =>
    sequential([
      layers.inputLayer({ shape: [6, 5, 3] }),
      layers.conv2d({ filters: 2, kernelSize: 1 }),
      layers.randomFlip({ seed: 1 }),
      layers.randomRotation({ factor: 0.1, seed: 2 }),
      layers.randomZoom({ heightFactor: 0.2, seed: 3 }),
      layers.randomContrast({ factor: 0.5, valueRange: [-1e4, 1e4], seed: 4 }),
      layers.mixUp({ seed: 5 }),
    ]);

  it('lets gradients through to what comes before', async () => {
    const model = make();
    const [kernel] = model.trainableWeights;
    if (kernel === undefined) throw new Error('no kernel');
    const run = compile((x: Tensor) => gradients(sum(model.apply(x, training)), [kernel])[0] as Tensor);
    expect((await (await run(pictures)).data()).every((one) => one !== 0)).toBe(true);
  });

  it('comes back from its configuration and augments the same', async () => {
    const model = make();
    const again = cloneModel(model);
    again.weights.forEach((weight, i) => {
      weight.assign((model.weights[i] as Variable).value);
    });
    const outputs = [model, again].map((one) => compile((x: Tensor) => one.apply(x, training))(pictures));
    const [first, second] = await Promise.all(outputs);
    expect(await second?.data()).toEqual(await first?.data());
    expect(await first?.data()).not.toEqual(await model.apply(pictures).data());
  });
});

describe('one seed', () => {
  const chain = () => [
    layers.randomFlip({ seed: 1 }),
    layers.randomShear({ xFactor: 0.3, seed: 2 }),
    layers.randomHue({ factor: 0.3, seed: 3 }),
    layers.randAugment({ seed: 4 }),
    layers.cutMix({ seed: 5 }),
    layers.randomErasing({ seed: 6 }),
    layers.randomGaussianBlur({ seed: 7 }),
  ];
  const run = async (): Promise<Float32Array> => {
    const list = chain();
    const all = compile((x: Tensor) => list.reduce((y, layer) => layer.apply(y, training), x));
    return (await (await all(pictures)).data()) as Float32Array;
  };

  onEachBackend((backend) => {
    it('mirrors the same pictures as on the reference, and augments alike', async () => {
      const flip = () => layers.randomFlip({ seed: 7 }).apply(rows(200, 3), training).data();
      const [flips, all] = [await flip(), await run()];
      setBackend('reference');
      try {
        expect(flips).toEqual(await flip());
        expect(relativeError(all, await run())).toBeLessThan(1e-4);
      } finally {
        setBackend(backend);
      }
    });
  });

  it.skipIf(!backends.includes('wasm'))('gives the same bits with one thread and with two', async () => {
    const before = currentBackend();
    try {
      setBackend('wasm', { threads: 1 });
      const one = await run();
      setBackend('wasm', { threads: 2 });
      expect(await run()).toEqual(one);
    } finally {
      setBackend(before);
    }
  });
});

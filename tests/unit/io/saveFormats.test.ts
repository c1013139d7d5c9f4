import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { loadModel } from 'mapache/io';
import { input, layers, type Model, model, sequential } from 'mapache/layers';
import { optimizers, schedules } from 'mapache/optim';
import { ArgumentError, zeros } from 'mapache/tensor';
import { afterAll, describe, expect, it } from 'vitest';
import { fromFloat16, toFloat16 } from '../../../src/tensor/float16.js';
import { smallModel, weightsOf } from '../../support/saved-models.js';

const folder = mkdtempSync(join(tmpdir(), 'mapache-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function nested(): Model {
  const start = input({ shape: [4, 4, 2] });
  const base = sequential(
    [layers.conv2d({ filters: 2, kernelSize: 2, name: 'c' }), layers.batchNormalization({ name: 'bn' })],
    {
      name: 'base',
    },
  );
  const flat = layers.flatten().apply(base.apply(start, { training: false }));
  return model({ inputs: start, outputs: layers.dense({ units: 2 }).apply(flat) });
}

describe.each([{ format: 'keras' }, { format: 'layers-model' }] as const)('a model saved as %j', (options) => {
  it('keeps metadata, frozen layers, and layers in inference mode', async () => {
    const net = nested();
    net.metadata = { classNames: ['raccoon', 'tanuki'] };
    net.getLayer('base/c').trainable = false;
    net.getLayer('base/bn').inferenceMode = true;
    const copy = await loadModel((await net.save('memory', options)).files);
    expect(copy.metadata).toEqual(net.metadata);
    expect(copy.trainableKey).toBe(net.trainableKey);
    expect(copy.getLayer('base').inboundNodes.map(({ training }) => training)).toEqual([false]);
    expect(await weightsOf(copy)).toEqual(await weightsOf(net));
  });

  it('has the weights of the moment it was asked for', async () => {
    const net = smallModel();
    const before = await weightsOf(net);
    const saving = net.save('memory', options);
    net.weights[0]?.assign(zeros([3, 2]));
    expect(await weightsOf(await loadModel((await saving).files))).toEqual(before);
  });
});

describe('a .keras file', () => {
  it('replaces an older one, and leaves nothing beside it', async () => {
    const path = join(folder, 'deep', 'small.keras');
    for (let round = 0; round < 2; round++) {
      const net = smallModel();
      const { sizes } = await net.save(path);
      expect(Object.keys(sizes)).toEqual([path]);
      expect(readdirSync(join(folder, 'deep'))).toEqual(['small.keras']);
      expect(await weightsOf(await loadModel(path))).toEqual(await weightsOf(net));
    }
  });

  it('goes to a handler, and is read from bytes alone', async () => {
    let bytes = new Uint8Array();
    await smallModel().save(
      {
        save: (files) => {
          bytes = new Uint8Array(files['model.keras'] as Uint8Array);
        },
      },
      { format: 'keras' },
    );
    expect((await loadModel(bytes)).countParams()).toBe(8);
    expect((await loadModel(new Blob([bytes]))).countParams()).toBe(8);
    expect((await loadModel([new File([bytes], 'small.keras')])).countParams()).toBe(8);
  });

  it('keeps how the model is compiled, a schedule too; or leaves it out', async () => {
    const net = smallModel();
    const learningRate = schedules.exponentialDecay({ initialLearningRate: 0.1, decaySteps: 10, decayRate: 0.5 });
    net.compile({ optimizer: optimizers.adam({ learningRate, beta1: 0.8 }), loss: 'mse', metrics: ['mae'] });
    await net.trainOnBatch(zeros([2, 3]), zeros([2, 2]));
    const { files } = await net.save('memory', { format: 'keras' });
    const copy = await loadModel(files);
    expect(copy.compileConfig).toEqual(net.compileConfig);
    expect(copy.optimizer.iterations.storage.known).toEqual(Int32Array.of(1));
    expect((await loadModel(files, { compile: false })).compileConfig).toBeNull();
    const bare = await net.save('memory', { format: 'keras', includeOptimizer: false });
    expect((await loadModel(bare.files)).compileConfig).toBeNull();
  });
});

describe('quantized weights', () => {
  it.each([
    ['uint8', 1 / 255],
    ['uint16', 1 / 65_535],
    ['float16', 1 / 1024],
  ] as const)('as %s are at most half a step away', async (quantization, step) => {
    const net = sequential([layers.inputLayer({ shape: [30] }), layers.dense({ units: 40, biasInitializer: 'ones' })]);
    const before = await weightsOf(net);
    const range = Math.max(...before.slice(0, 1200)) - Math.min(...before.slice(0, 1200));
    const { files } = await net.save('memory', { quantization });
    const after = await weightsOf(await loadModel(files));
    const errors = after.map((value, i) => Math.abs(value - (before[i] as number)));
    // Half a step, and as much for the place of 0, which is moved to a step.
    expect(Math.max(...errors)).toBeLessThanOrEqual(range * step * 1.01);
    expect(after.slice(1200)).toEqual(before.slice(1200));
  });

  it('as halves are the nearest ones', () => {
    // Every half but those that are no numbers is the half nearest to itself, and so is all that is nearer to it than to the next.
    const halves = Uint16Array.from({ length: 0x10000 }, (_, i) => i).filter((bits) => (bits & 0x7c00) !== 0x7c00);
    expect(toFloat16(fromFloat16(halves))).toEqual(halves);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0x7bfe }), fc.float({ min: 0, max: 1, noNaN: true }), (bits, part) => {
        const [low, high] = fromFloat16(Uint16Array.of(bits, bits + 1)) as unknown as [number, number];
        const value = Math.fround(low + part * (high - low));
        const expected = value - low < high - value ? bits : value - low > high - value ? bits + 1 : bits + (bits % 2);
        expect(toFloat16(Float32Array.of(value))[0]).toBe(expected);
      }),
    );
    expect([...toFloat16(Float32Array.of(1e9, -1e9, Number.NaN))]).toEqual([0x7c00, 0xfc00, 0x7e00]);
  });
});

describe('a destination', () => {
  it.each(['model.h5', 'model.json', 'model.safetensors', ''])("of save may not be '%s'", async (destination) => {
    await expect(smallModel().save(destination)).rejects.toThrow(ArgumentError);
  });

  it.each(['model.keras', 'weights', 'model.h5', ''])("of saveWeights may not be '%s'", async (destination) => {
    await expect(smallModel().saveWeights(destination)).rejects.toThrow(ArgumentError);
  });

  it.each(['small.weights.h5', 'small.safetensors'])('of saveWeights may be %s', async (name) => {
    const [net, other] = [smallModel(), smallModel()];
    await net.saveWeights(join(folder, name));
    await other.loadWeights(join(folder, name));
    expect(await weightsOf(other)).toEqual(await weightsOf(net));
  });
});

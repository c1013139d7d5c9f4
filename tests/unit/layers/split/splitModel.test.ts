import { addHead, freeze, input, layers, type Model, model, sequential, unfreeze } from 'mapache';
import type { Layer } from 'mapache/layers';
import type { Tensor } from 'mapache/tensor';
import { describe, expect, it } from 'vitest';
import { convolutionalBase, images } from '../../../support/convolutional-base.js';

const cutOf = (net: Model): readonly string[] | null => net.split()?.featureNames ?? null;

function headed(options: { readonly pooling?: 'avg' | 'flatten'; readonly dropout?: number } = {}): {
  readonly base: Model;
  readonly net: Model;
} {
  const base = convolutionalBase();
  freeze(base);
  return { base, net: addHead(base, { classes: 3, ...options }) };
}

describe('splitModel', () => {
  it('takes pooling behind a frozen base into the bottom', () => {
    const { net } = headed();
    expect(cutOf(net)).toEqual([net.layers.at(-2)?.name]);
    expect(net.split()?.top.inputShapes).toEqual([[null, 6]]);
  });

  it('cuts inside a nested base that is frozen in part', () => {
    const { base, net } = headed();
    unfreeze(base, { from: 'conv2' });
    expect(cutOf(net)).toEqual(['relu1']);
  });

  it('cuts a flat model, and leaves dropout above', () => {
    const net = sequential([
      layers.inputLayer({ shape: [4] }),
      layers.dense({ units: 5, name: 'frozen', trainable: false }),
      layers.dropout({ rate: 0.5 }),
      layers.dense({ units: 2 }),
    ]);
    expect(cutOf(net)).toEqual(['frozen']);
  });

  it('finds nothing where nothing is frozen at the bottom, or everything is', () => {
    const { base, net } = headed();
    unfreeze(base);
    expect(cutOf(net)).toBeNull();
    freeze(net);
    expect(cutOf(net)).toBeNull();
  });

  it('cuts below what draws at random, what looks at the whole batch and what adds to the loss', () => {
    const start = (): ReturnType<typeof input> => input({ shape: [4] });
    const frozen = () => layers.dense({ units: 4, name: 'frozen', trainable: false });
    const between = (layer: Layer): readonly string[] | null => {
      const x = start();
      const y = layers.dense({ units: 4, trainable: false, name: 'second' }).apply(layer.apply(frozen().apply(x)));
      return cutOf(model({ inputs: x, outputs: layers.dense({ units: 2 }).apply(y) }));
    };
    expect(between(layers.dropout({ rate: 0.2 }))).toEqual(['frozen']);
    expect(between(layers.dropout({ rate: 0 }))).toEqual(['second']);
    expect(between(layers.batchNormalization())).toEqual(['frozen']);
    expect(between(layers.batchNormalization({ trainable: false }))).toEqual(['second']);
    expect(between(layers.activityRegularization({ l2: 0.1 }))).toEqual(['frozen']);
  });

  it('lets dropout below that was applied with training: false', () => {
    const x = input({ shape: [4] });
    const still = layers.dropout({ rate: 0.5 }).apply(x, { training: false });
    const y = layers.dense({ units: 4, trainable: false, name: 'frozen' }).apply(still);
    expect(cutOf(model({ inputs: x, outputs: layers.dense({ units: 2 }).apply(y) }))).toEqual(['frozen']);
  });

  it('hands on every tensor that the top needs, the input among them', () => {
    const x = input({ shape: [4] });
    const below = layers.dense({ units: 3, trainable: false, name: 'frozen' }).apply(x);
    const above = layers
      .concatenate()
      .apply([layers.dense({ units: 2 }).apply(below), layers.dense({ units: 2 }).apply(x)]);
    expect(cutOf(model({ inputs: x, outputs: above }))).toEqual(['input 0', 'frozen']);
  });

  it('leaves a padding above, which would only make features larger', () => {
    const x = input({ shape: [8, 8, 3] });
    const below = layers.conv2d({ filters: 2, kernelSize: 3, trainable: false, name: 'frozen' }).apply(x);
    const padded = layers.zeroPadding2d({ padding: 3 }).apply(below);
    const net = model({ inputs: x, outputs: layers.conv2d({ filters: 2, kernelSize: 3 }).apply(padded) });
    expect(cutOf(net)).toEqual(['frozen']);
  });

  it('gives two parts that together are the model', async () => {
    const { base, net } = headed({ dropout: 0.5 });
    unfreeze(base, { from: 'bn2' });
    for (const training of [false, true]) {
      const split = net.split();
      const features = split?.run([images()], { training: false }).outputs as readonly Tensor[];
      const whole = net.run([images()], { training: false }).outputs[0] as Tensor;
      const parts = split?.top.run(features, { training: false }).outputs[0] as Tensor;
      expect(await parts.data()).toEqual(await whole.data());
      base.inferenceMode = training;
    }
  });

  it('describes bottoms of equal layers alike, whatever they are called', () => {
    const describeWith = (name: string, units: number): string | undefined => {
      const frozen = layers.dense({ units, trainable: false, name });
      return sequential([layers.inputLayer({ shape: [4] }), frozen, layers.dense({ units: 2 })])
        .split()
        ?.describe();
    };
    expect(describeWith('a', 3)).toBe(describeWith('b', 3));
    expect(describeWith('a', 3)).not.toBe(describeWith('a', 4));
  });
});

import fc from 'fast-check';
import { loadModel } from 'mapache/io';
import {
  InputLayer,
  input,
  type Layer,
  layers,
  type Model,
  model,
  type SymbolicTensor,
  sequential,
} from 'mapache/layers';
import { compile, randomUniform, type Tensor } from 'mapache/tensor';
import { describe, expect, it } from 'vitest';

/** One step in the making of a model: a layer, and which of the tensors made so far it is applied to. */
interface Step {
  readonly kind: keyof typeof makers;
  readonly at: readonly [number, number];
  readonly training: boolean | undefined;
  readonly again: boolean;
}

/** A model as steps. Every tensor has four features, so that every layer fits everywhere. */
interface Recipe {
  readonly inputs: number;
  readonly steps: readonly Step[];
  readonly outputs: readonly number[];
  readonly frozen: readonly boolean[];
  readonly seed: number;
}

const makers = {
  dense: () => layers.dense({ units: 4, activation: 'relu' }),
  plain: () => layers.dense({ units: 4, useBias: false, kernelRegularizer: 'l2' }),
  batchNormalization: () => layers.batchNormalization({ momentum: 0.9 }),
  leakyRelu: () => layers.leakyRelu({ negativeSlope: 0.1 }),
  dropout: () => layers.dropout({ rate: 0.5, seed: 1 }),
  add: () => layers.add(),
  nested: () => {
    const start = input({ shape: [4] });
    return model({
      inputs: start,
      outputs: layers.batchNormalization().apply(layers.dense({ units: 4, name: 'inside' }).apply(start)),
    });
  },
  sequence: () => sequential([layers.dense({ units: 4, name: 'inside' }), layers.dropout({ rate: 0.1, seed: 2 })]),
  nestedTwice: () => {
    const start = input({ shape: [4] });
    const inner = sequential([layers.inputLayer({ shape: [4] }), layers.dense({ units: 4, name: 'inside' })]);
    return model({
      inputs: start,
      outputs: inner.apply(layers.add().apply([start, inner.apply(start, { training: false })])),
    });
  },
  twoOutputs: () => {
    const start = input({ shape: [4] });
    const [a, b] = [layers.dense({ units: 4 }).apply(start), layers.activation({ activation: 'tanh' }).apply(start)];
    return model({ inputs: start, outputs: [a, b] });
  },
} as const satisfies Record<string, () => Layer>;

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom(...(Object.keys(makers) as (keyof typeof makers)[])),
  at: fc.tuple(fc.nat(20), fc.nat(20)),
  training: fc.constantFrom(undefined, undefined, false, true),
  again: fc.boolean(),
});

const recipes: fc.Arbitrary<Recipe> = fc.record({
  inputs: fc.integer({ min: 1, max: 2 }),
  steps: fc.array(step, { minLength: 1, maxLength: 8 }),
  outputs: fc.array(fc.nat(20), { minLength: 1, maxLength: 3 }),
  frozen: fc.array(fc.boolean(), { minLength: 24, maxLength: 24 }),
  seed: fc.nat(1000),
});

function cook({ inputs, steps, outputs, frozen, seed }: Recipe): Model {
  const starts = Array.from({ length: inputs }, () => input({ shape: [4] }));
  const made: SymbolicTensor[] = [...starts];
  const known = new Map<string, Layer>();
  const pick = (i: number): SymbolicTensor => made[i % made.length] as SymbolicTensor;
  for (const { kind, at, training, again } of steps) {
    // A shared layer is one that is applied again.
    const layer = (again ? known.get(kind) : undefined) ?? makers[kind]();
    known.set(kind, layer);
    const given = kind === 'add' ? at.map(pick) : [pick(at[0])];
    made.push(...layer.applyAll(given, training === undefined ? {} : { training }));
  }
  // Every input is used, so that none is left over.
  const last = layers.add({ name: 'last' }).apply([...starts, pick(made.length - 1)]);
  const net = model({ inputs: starts, outputs: [last, ...outputs.map(pick)] });
  // From outside to inside: models that are frozen around layers that are not, and the other way round.
  for (const [i, layer] of everything(net).entries()) if (frozen[i % frozen.length]) layer.trainable = !layer.trainable;
  for (const [i, variable] of net.weights.entries()) variable.assign(randomUniform(variable.shape, { seed: seed + i }));
  return net;
}

/** The model and every layer inside, but for input layers, which have nothing to train. */
function everything(layer: Layer): readonly Layer[] {
  return layer instanceof InputLayer ? [] : [layer, ...layer.sublayers.flatMap(everything)];
}

function flags(net: Model): readonly boolean[] {
  return [...everything(net), ...net.weights].map(({ trainable }) => trainable);
}

async function bits(model: Model): Promise<readonly (readonly [string, Uint8Array])[]> {
  return Promise.all(
    model.weights.map(
      async ({ path, value }) => [path, new Uint8Array((await value.data()).buffer as ArrayBuffer)] as const,
    ),
  );
}

async function outputsOf(net: Model, seed: number): Promise<readonly unknown[]> {
  const inputs = net.inputs.map((_, i) => randomUniform([3, 4], { seed: seed + i }));
  const results = await compile((...batch: readonly Tensor[]) => net.callWith(batch, false))(...inputs);
  return Promise.all(results.map((result) => result.data()));
}

describe('a saved model', () => {
  it('loads again bit for bit: weights, graph, frozen layers, explicit training, outputs', async () => {
    await fc.assert(
      fc.asyncProperty(recipes, fc.integer({ min: 3, max: 200 }), async (recipe, shardSize) => {
        const net = cook(recipe);
        net.metadata = { classNames: ['raccoon', 'tanuki'], seed: recipe.seed };
        const { files } = await net.save('memory', { shardSize });
        const loaded = await loadModel(files);
        expect(loaded.getConfig()).toEqual(net.getConfig());
        expect(flags(loaded)).toEqual(flags(net));
        expect(loaded.metadata).toEqual(net.metadata);
        expect(await bits(loaded)).toEqual(await bits(net));
        expect((await loaded.save('memory', { shardSize })).files).toEqual(files);
        // Last, because what is applied with training: true changes its statistics.
        expect(await outputsOf(loaded, recipe.seed)).toEqual(await outputsOf(net, recipe.seed));
      }),
      { numRuns: 60 },
    );
  });

  it('gives its weights to a model of the same recipe, whatever is frozen in it', async () => {
    await fc.assert(
      fc.asyncProperty(recipes, async (recipe) => {
        const net = cook(recipe);
        const other = cook({ ...recipe, seed: recipe.seed + 1, frozen: recipe.frozen.map((flag) => !flag) });
        const report = await other.loadWeights((await net.save('memory')).files, { byName: false });
        expect(report.matched).toHaveLength(net.weights.length);
        expect((await bits(other)).map(([, bytes]) => bytes)).toEqual((await bits(net)).map(([, bytes]) => bytes));
      }),
      { numRuns: 30 },
    );
  });
});

import { addHead, freeze, type Model, optimizers, setRandomSeed } from 'mapache';
import { type Plan, plainStyle, type Step, setFloatx, type Tensor, type Variable } from 'mapache/tensor';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { wasmStyle } from '../../../../../src/tensor/backends/wasm/style.js';
import { classLabels, convolutionalBase, images } from '../../../../support/convolutional-base.js';
import { relativeError } from '../../../../support/relative-error.js';
import { withStyle } from '../../../../support/rewriting.js';

/** The network of Keras's guide: a base whose batch normalisations are in inference mode, and a head. */
function network(mode: 'inference' | 'training' = 'inference'): { readonly base: Model; readonly net: Model } {
  setRandomSeed(3);
  const base = convolutionalBase();
  const net = addHead(base, { classes: 3, batchNormalization: mode });
  net.compile({ optimizer: optimizers.adam({ learningRate: 1e-2 }) });
  return { base, net };
}

const planOf = (net: Model): Promise<Plan> => withStyle(wasmStyle, () => net.trainingPlan({ batchSize: 12 }));

const readersOf = (plan: Plan, op: string): readonly Step[] => {
  const made = new Set(plan.steps.filter((step) => step.op === op).map(({ output }) => output));
  return plan.steps.filter(({ inputs }) => inputs.some((id) => made.has(id)));
};

async function numbers(variables: readonly Variable[]): Promise<Float64Array> {
  const parts = await Promise.all(variables.map(({ value }) => (value as Tensor).data()));
  return Float64Array.from(parts.flatMap((part) => [...part]));
}

describe('a step of fine-tuning with batch normalisations in inference mode', () => {
  it('reads no convolution before its bias is added', async () => {
    const plan = await planOf(network().net);
    expect(readersOf(plan, 'conv2d').map(({ op }) => op)).toEqual(['add', 'add']);
  });

  it('finds the gradients of scales from filters, those of offsets as sums over images', async () => {
    const { steps, values } = await planOf(network().net);
    const sumsOf = (rank: number) =>
      steps.filter(
        ({ op, inputs, origin }) =>
          op === 'sum' && /∇.*bn/.test(origin) && values[inputs[0] ?? -1]?.shape.length === rank,
      );
    const shapes = sumsOf(4).map(({ inputs }) => values[inputs[0] ?? -1]?.shape);
    expect(shapes.filter((shape) => shape?.[0] === 12)).toHaveLength(2);
    expect(shapes.filter((shape) => shape?.[0] === 3)).toHaveLength(2);
  });

  it('of a frozen base folds the filters once per version', async () => {
    const { base, net } = network();
    freeze(base);
    const plan = await planOf(net);
    expect(readersOf(plan, 'conv2d').map(({ op }) => op)).toEqual(['add', 'add']);
    expect(plan.prelude?.steps.filter(({ op }) => op === 'mul')).not.toEqual([]);
  });
});

describe('training with rewritten plans', () => {
  beforeEach(() => setFloatx('float64'));
  afterEach(() => setFloatx('float32'));

  it.each(['inference', 'training'] as const)('computes the same, batch normalisations in %s mode', async (mode) => {
    const train = async () => {
      const { net } = network(mode);
      const before = await numbers(net.weights);
      for (let i = 0; i < 3; i++) await net.trainOnBatch(images(), classLabels());
      return { before, after: await numbers(net.weights) };
    };
    const expected = await withStyle(plainStyle, train);
    const actual = await withStyle(wasmStyle, train);
    expect(relativeError(actual.before, expected.before)).toBe(0);
    expect(relativeError(expected.after, expected.before)).toBeGreaterThan(1e-3);
    expect(relativeError(actual.after, expected.after)).toBeLessThan(1e-9);
  });
});

import { addHead, optimizers, setRandomSeed } from 'mapache';
import { input, layers, type Model, model } from 'mapache/layers';
import {
  type Plan,
  type PlanStyle,
  plainStyle,
  recompute,
  savedForBackward,
  type Tensor,
  tensor,
} from 'mapache/tensor';
import { describe, expect, it } from 'vitest';
import { withStyle } from '../../../../support/rewriting.js';
import { randomTensor } from '../../../../support/tensors.js';

const saving: PlanStyle = { ...plainStyle, savings: [recompute] };

/** Residual blocks of convolutions and batch normalisations. */
function network(mode: 'inference' | 'training'): Model {
  setRandomSeed(3);
  const image = input({ shape: [16, 16, 3] });
  let x = layers.conv2d({ filters: 8, kernelSize: 3, padding: 'same' }).apply(image);
  for (let i = 0; i < 4; i++) {
    let y = layers.conv2d({ filters: 8, kernelSize: 3, padding: 'same', useBias: false }).apply(x);
    y = layers.relu().apply(layers.batchNormalization().apply(y));
    x = layers.add().apply([x, y]);
  }
  const net = addHead(model({ inputs: image, outputs: x }), { classes: 3, batchNormalization: mode });
  net.compile({ optimizer: optimizers.adam() });
  return net;
}

const planOf = (net: Model, style: PlanStyle): Promise<Plan> =>
  withStyle(style, () => net.trainingPlan({ batchSize: 8 }));

describe('while batch normalisations train', () => {
  it('what follows from the convolutions is made again instead of kept', async () => {
    const [before, after] = [await planOf(network('training'), plainStyle), await planOf(network('training'), saving)];
    expect(after.memory.arenaBytes).toBeLessThan(0.6 * before.memory.arenaBytes);
    const picturesKept = (plan: Plan) =>
      savedForBackward(plan).filter((id) => plan.values[id]?.shape.join() === '8,16,16,8').length;
    // Of each of four blocks the convolution, the same centred, and what the ReLU lets through; and what goes into them.
    expect(picturesKept(before)).toBe(4 * 3 + 4);
    expect(picturesKept(after)).toBeLessThanOrEqual(4 + 4);
    expect(after.rewrites.some((note) => /^recompute: \d+ values made again/.test(note))).toBe(true);
  });

  it('the same bits come out', async () => {
    const train = async () => {
      const net = network('training');
      for (let i = 0; i < 2; i++) {
        await net.trainOnBatch(randomTensor([8, 16, 16, 3], i), tensor(new Int32Array(8)));
      }
      return Promise.all(net.weights.map(({ value }) => (value as Tensor).data()));
    };
    expect(await withStyle(saving, train)).toEqual(await withStyle(plainStyle, train));
  });
});

describe('nothing is made again', () => {
  it('where plans would not become smaller', async () => {
    const [before, after] = [
      await planOf(network('inference'), plainStyle),
      await planOf(network('inference'), saving),
    ];
    expect(after.memory.arenaBytes).toBeLessThanOrEqual(before.memory.arenaBytes);
  });

  it('without a backward pass', () => {
    const x = randomTensor([4, 4], 1);
    expect(recompute.apply([x], { assigned: new Set() })).toEqual({ roots: [x], note: null });
  });
});

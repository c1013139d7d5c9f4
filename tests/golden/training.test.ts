import { freeze, getLoss, getOptimizer, input, type Model, model, modelFromJson, unfreeze } from 'mapache';
import { add, compile, gradients, type Tensor, tensor } from 'mapache/tensor';
import { expect, test } from 'vitest';
import { conforms } from '../support/conformance.js';
import { camelCaseKeys } from '../support/keras-config.js';
import { relativeError } from '../support/relative-error.js';
import { decodeArray, describeWithData, type EncodedArray, hasData, readJson } from '../support/shared-data.js';

type Floats = EncodedArray<'float32'>;
type Described = readonly [className: string, config: Readonly<Record<string, unknown>>];

interface Phase {
  readonly freeze: string;
  readonly base_training: boolean;
  readonly optimizer: Described;
  readonly steps: number;
}

interface Step {
  /** Of the batch before its update, with penalties. */
  readonly loss: number;
  readonly regularization: number;
  readonly output: Floats;
  readonly trainable: readonly string[];
  readonly grads: Readonly<Record<string, Floats>>;
  /** Every weight after the update, statistics included. */
  readonly weights: Readonly<Record<string, Floats>>;
}

interface Trajectory {
  readonly config: object;
  readonly loss: Described;
  readonly phases: readonly Phase[];
  readonly initial_weights: Readonly<Record<string, Floats>>;
  readonly batches: readonly { readonly x: Floats; readonly y: EncodedArray }[];
  readonly steps: readonly Step[];
}

interface Case {
  readonly id: string;
  readonly file: string;
  readonly description: string;
}

const cases = hasData ? readJson<{ cases: readonly Case[] }>('goldens', 'training', 'manifest.json').cases : [];

/** Whole trainings: 1e-4 of the largest value, as for whole models. */
const tolerance = 1e-4;

function decode(encoded: EncodedArray): Tensor {
  const { shape, data } = decodeArray(encoded);
  return tensor(data, { shape });
}

const described = ([className, config]: Described) => ({ className, config: camelCaseKeys(config) });

/** Keras puts the names of sequential models in front, `head/dense/kernel`; ours and those of weights have none. */
const plainName = (path: string): string => path.replace(/^head\//, '');

async function expectClose(actual: Tensor, expected: Floats, what: string): Promise<void> {
  const error = relativeError(await actual.data(), decodeArray(expected).data);
  expect(conforms({ kind: 'training', name: 'step by step' }, error), what).toBeLessThan(tolerance);
}

/** The recorded layers and weights; the base is applied with the recorded `training`, as somebody would write it. */
function restored({ config, initial_weights: weights, phases }: Trajectory): { net: Model; base: Model } {
  const recorded = modelFromJson(config);
  const [base, head] = ['base', 'head'].map((name) => recorded.getLayer(name)) as [Model, Model];
  const [training, ...others] = new Set(phases.map(({ base_training }) => base_training));
  expect(others).toEqual([]);
  const inputs = input({ batchShape: recorded.inputShapes[0] as readonly (number | null)[] });
  const net = model({ inputs, outputs: head.apply(base.apply(inputs, { training: training as boolean })) });
  expect(net.weights.map(({ path }) => path).sort()).toEqual(Object.keys(weights).sort());
  for (const variable of net.weights) variable.assign(decode(weights[variable.path] as Floats));
  return { net, base };
}

function applyFreezing(base: Model, mode: string): void {
  unfreeze(base);
  if (mode === 'base_frozen') freeze(base);
  else if (mode === 'bn_layers_frozen') freeze(base, { match: /^bn/ });
  else if (mode.startsWith('from:')) freeze(base, { until: mode.slice('from:'.length) });
  else expect(mode).toBe('none');
}

async function expectWeights(net: Model, { weights }: Step, step: number): Promise<void> {
  for (const { path, value } of net.weights) await expectClose(value, weights[path] as Floats, `${path}, step ${step}`);
}

/** Goes through the phases and hands out each step with its batch; `begin` is called with every phase. */
async function replay(
  { phases, batches, steps }: Trajectory,
  base: Model,
  begin: (phase: Phase) => (x: Tensor, y: Tensor, step: Step, index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  for (const phase of phases) {
    applyFreezing(base, phase.freeze);
    const train = begin(phase);
    for (let end = next + phase.steps; next < end; next++) {
      const { x, y } = batches[next] as Trajectory['batches'][number];
      await train(decode(x), decode(y), steps[next] as Step, next);
    }
  }
  expect(next).toBe(steps.length);
}

describeWithData('every step of a training is that of Keras', () => {
  test.each(cases)('$id, by trainOnBatch: $description', async ({ file }) => {
    const trajectory = readJson<Trajectory>('goldens', 'training', file);
    const { net, base } = restored(trajectory);
    await replay(trajectory, base, ({ optimizer }) => {
      net.compile({ optimizer: described(optimizer), loss: described(trajectory.loss) });
      return async (x, y, step, index) => {
        const { loss } = await net.trainOnBatch(x, y);
        expect(relativeError([loss as number], [step.loss]), `loss, step ${index}`).toBeLessThan(tolerance);
        await expectWeights(net, step, index);
      };
    });
  });

  test.each(cases)('$id, by a loop of gradients and updates: $description', async ({ file }) => {
    const trajectory = readJson<Trajectory>('goldens', 'training', file);
    const { net, base } = restored(trajectory);
    const loss = getLoss(described(trajectory.loss));
    await replay(trajectory, base, (phase) => {
      const optimizer = getOptimizer(described(phase.optimizer));
      const weights = net.trainableWeights;
      const names = weights.map(({ path }) => path);
      const update = compile((x: Tensor, y: Tensor) => {
        const output = net.apply(x, { training: true });
        const penalty = net.losses.reduce(add, tensor(0));
        const total = add(loss.apply(y, output), penalty);
        const slopes = gradients(total, weights);
        optimizer.apply(slopes, weights);
        return { total, penalty, output, slopes };
      });
      return async (x, y, step, index) => {
        expect(names).toEqual(step.trainable.map(plainName));
        const { total, penalty, output, slopes } = await update(x, y);
        const numbers = [await total.item(), await penalty.item()];
        expect(relativeError(numbers, [step.loss, step.regularization]), `loss, step ${index}`).toBeLessThan(tolerance);
        await expectClose(output, step.output, `output, step ${index}`);
        for (const [i, path] of step.trainable.entries()) {
          await expectClose(slopes[i] as Tensor, step.grads[path] as Floats, `gradient of ${path}, step ${index}`);
        }
        await expectWeights(net, step, index);
      };
    });
  });
});

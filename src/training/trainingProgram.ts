import type { Optimizer } from '../optim/index.js';
import {
  type CompiledFunction,
  cast,
  compile,
  gradients,
  type Plan,
  stack,
  type Tensor,
  type TensorSpec,
} from '../tensor/index.js';
import { collectLosses } from './addedLosses.js';
import type { Logs } from './callbacks/logs.js';
import type { TrainingBatch } from './data/trainingBatch.js';
import { computeLosses, type LossTerm } from './lossTerms.js';
import type { MetricTerm } from './metricTerms.js';
import { type BatchPosition, NonFiniteLossError } from './nonFiniteLossError.js';
import type { Trainable } from './trainable.js';

/** What a program is made of. */
export interface ProgramParts {
  readonly model: Trainable;
  readonly optimizer: Optimizer;
  readonly lossTerms: readonly LossTerm[];
  readonly metricTerms: readonly MetricTerm[];
}

type Step = CompiledFunction<readonly Tensor[], Tensor>;

interface Steps {
  readonly train: Step;
  readonly test: Step;
}

/**
 * The compiled steps of a model: each is one plan, with the forward pass, the losses and the updates of metrics, and
 * when training also the backward pass and the optimizer. Freezing and unfreezing changes the key, hence the plan, at
 * the next batch; the optimizer and its slots stay.
 */
export class TrainingProgram {
  readonly #parts: ProgramParts;
  readonly #steps = new WeakMap<Trainable, Steps>();
  readonly #readMetrics: CompiledFunction<readonly [], readonly Tensor[]>;

  constructor(parts: ProgramParts) {
    this.#parts = parts;
    const { model, metricTerms } = parts;
    this.#readMetrics = compile(() => metricTerms.map(({ metric }) => metric.result()), {
      name: `${model.name}: metrics`,
    });
  }

  get metricTerms(): readonly MetricTerm[] {
    return this.#parts.metricTerms;
  }

  /**
   * One update. Returns the losses, in the order of `lossNames`.
   *
   * The loss is looked at in every step, before anything is updated.
   * @throws {NonFiniteLossError} with nothing changed.
   */
  async train(batch: TrainingBatch, position: BatchPosition | null): Promise<readonly number[]> {
    try {
      return await readOnce(await this.#stepsOf(batch.taker).train(...flatten(batch)));
    } catch (error) {
      throw error instanceof NonFiniteLossError ? new NonFiniteLossError(error.loss, position) : error;
    }
  }

  /** The losses of a batch, in the order of `lossNames`; metrics take note of it. */
  async test(batch: TrainingBatch): Promise<readonly number[]> {
    return readOnce(await this.#stepsOf(batch.taker).test(...flatten(batch)));
  }

  resetMetrics(): void {
    for (const { metric } of this.metricTerms) metric.reset();
  }

  /** What the metrics have come to since they were reset. One with several numbers gives `name_0`, `name_1`, … */
  async metricLogs(): Promise<Logs> {
    if (this.metricTerms.length === 0) return {};
    const results = await this.#readMetrics();
    const entries = this.metricTerms.map(async ({ key }, i) => {
      const values = await readOnce(results[i] as Tensor);
      const names = (results[i] as Tensor).rank === 0 ? [key] : values.map((_, position) => `${key}_${position}`);
      return names.map((name, position) => [name, values[position] as number] as const);
    });
    return Object.fromEntries((await Promise.all(entries)).flat());
  }

  /** The plan of a training step for inputs, targets and weights of these shapes. */
  plan(specs: readonly TensorSpec[], taker: Trainable = this.#parts.model): Plan {
    return this.#stepsOf(taker).train.plan(...specs);
  }

  /** The same plan in words. */
  explain(specs: readonly TensorSpec[]): string {
    return this.#stepsOf(this.#parts.model).train.explain(...specs);
  }

  /** The steps for the model, or for the part of it that takes features; metrics and optimizer are the same. */
  #stepsOf(model: Trainable): Steps {
    let steps = this.#steps.get(model);
    if (steps === undefined) {
      const key = () => model.trainableKey;
      const { name } = model;
      const { optimizer } = this.#parts;
      steps = {
        train: compile((...inputs) => this.#step(model, inputs, true), {
          name: `${name}: training step`,
          key: () => `${key()} ${optimizer.rateMultipliers.keyFor(model.trainableWeights)}`,
          accept: refuseNonFinite,
        }),
        test: compile((...inputs) => this.#step(model, inputs, false), { name: `${name}: evaluation step`, key }),
      };
      this.#steps.set(model, steps);
    }
    return steps;
  }

  #step(model: Trainable, inputs: readonly Tensor[], training: boolean): Tensor {
    const { optimizer, lossTerms, metricTerms } = this.#parts;
    const firstTarget = model.inputShapes.length;
    const firstWeight = firstTarget + model.outputShapes.length;
    const yTrue = inputs.slice(firstTarget, firstWeight);
    const sampleWeight = inputs.slice(firstWeight);
    const { result, losses } = collectLosses(() => model.run(inputs.slice(0, firstTarget), { training }));
    const { outputs: yPred, masks } = result;
    // Penalties are those of the weights before the update, so they are read before the optimizer assigns.
    const batch = { yTrue, yPred, sampleWeight, masks };
    const { total, parts } = computeLosses(lossTerms, [...losses, ...model.losses], batch);
    if (training) update(model, optimizer, total);
    for (const { metric, output, weighted } of metricTerms) {
      const weight = weighted ? sampleWeight[output] : undefined;
      metric.update(yTrue[output] as Tensor, yPred[output] as Tensor, weight, masks[output] ?? undefined);
    }
    const several = parts.length > 1 ? parts : [];
    return stack([total, ...several.map((part) => cast(part, total.dtype))]);
  }
}

/** Names of the losses that steps return: `loss` for the total, then `<output>_loss` for each if there are several. */
export function lossNames(terms: readonly LossTerm[]): readonly string[] {
  return ['loss', ...(terms.length > 1 ? terms.map(({ key }) => key) : [])];
}

function update({ name, trainableWeights }: Trainable, optimizer: Optimizer, loss: Tensor): void {
  if (trainableWeights.length === 0) {
    console.warn(`Model '${name}' has no trainable weights: nothing is learnt.`);
    return;
  }
  optimizer.apply(gradients(loss, trainableWeights), trainableWeights);
}

function flatten({ x, y, sampleWeight }: TrainingBatch): readonly Tensor[] {
  return [...x, ...y, ...sampleWeight];
}

/** The numbers of a result that nobody else is given. */
async function readOnce(values: Tensor): Promise<readonly number[]> {
  const numbers = Array.from(await values.data());
  values.storage?.dispose();
  return numbers;
}

/** @throws {NonFiniteLossError} of no position. */
async function refuseNonFinite(losses: Tensor): Promise<void> {
  const total = (await losses.data())[0] as number;
  if (!Number.isFinite(total)) throw new NonFiniteLossError(total, null);
}

import type { Optimizer } from '../optim/index.js';
import { ArgumentError, fromNdarray, type Plan, Tensor, type TensorSpec } from '../tensor/index.js';
import type { History } from './callbacks/history.js';
import type { Logs } from './callbacks/logs.js';
import { Compilation } from './compilation.js';
import { compileForward } from './compileForward.js';
import type { CompileModelOptions } from './compileOptions.js';
import { asList, isDataset, isSamples, type Samples, type TrainingData } from './data/arrayData.js';
import { type ClassWeight, checkClassWeight } from './data/classWeights.js';
import type { Dataset } from './data/dataset.js';
import type { BatchFactory } from './data/fromIterable.js';
import type { BatchContext, prepareBatch } from './data/trainingBatch.js';
import { readArguments, type SamplesList, type WeightOption } from './dataArguments.js';
import type { FeatureCache } from './features/featureCache.js';
import { checkBatchSize, checkFitOptions, type FitOptions } from './fitOptions.js';
import { NotCompiledError } from './notCompiledError.js';
import { type PlanRequest, planSpecs } from './planRequest.js';
import { RunningMeans } from './runningMeans.js';
import type { Trainable } from './trainable.js';
import { lossNames, type TrainingProgram } from './trainingProgram.js';

/** Options of `evaluate` and `predict`. */
export interface PassOptions {
  /** Samples in a batch; at least 1. @defaultValue `32` */
  readonly batchSize?: number;
  /** Rejects with the signal's reason before the next batch. */
  readonly signal?: AbortSignal | undefined;
}

/** Options of `trainOnBatch`. */
export interface TrainBatchOptions extends WeightOption {
  /** How much each sample counts, by its label. @defaultValue all count the same */
  readonly classWeight?: ClassWeight | undefined;
}

/** Trains, evaluates and applies a model; what `Model.fit` and the like are made of. */
export class Trainer {
  readonly #forward: ReturnType<typeof compileForward>;
  #features: FeatureCache | null = null;
  #compilation: Compilation | null = null;
  #fitting = false;

  constructor(readonly model: Trainable) {
    this.#forward = compileForward(model);
  }

  /** What `compile` has settled; `null` before. */
  get compilation(): Compilation | null {
    return this.#compilation;
  }

  /** @throws {NotCompiledError} */
  get optimizer(): Optimizer {
    return this.#compiled('optimizer').optimizer;
  }

  /**
   * Settles how the model is trained. Compiling again starts afresh with other metrics and, unless the same one is given,
   * another optimizer.
   * @throws {ArgumentError} if something is unknown or does not go with the model's outputs; nothing changes then.
   */
  compile(options: CompileModelOptions): void {
    this.#compilation = new Compilation(this.model, options);
  }

  /**
   * Trains the model and returns what happened.
   * @throws {NotCompiledError | ArgumentError | EmptyDataError | ShapeError | SampleCountError | LabelError} before anything
   * is changed.
   * @throws {NonFiniteLossError} naming epoch and batch; that step has changed nothing.
   */
  async fit(data: TrainingData | BatchFactory, options?: FitOptions): Promise<History>;
  async fit(x: SamplesList, y: SamplesList, options?: FitOptions & WeightOption): Promise<History>;
  async fit(
    first: TrainingData | SamplesList | BatchFactory,
    second?: SamplesList | FitOptions,
    third?: FitOptions & WeightOption,
  ): Promise<History> {
    const compilation = this.#compiled('fit');
    const read = readArguments<FitOptions & WeightOption>('fit', first, second, third);
    const options = checkFitOptions(read.options);
    if (this.#fitting) throw alreadyTraining(this.model);
    this.#fitting = true;
    try {
      const { advise, FeatureCache, openTraining, runTraining } = await import('./passes.js');
      const opened = await openTraining(contextOf('fit', compilation), read.data, options);
      this.#features ??= new FeatureCache(this.model);
      const features = this.#features;
      const { cache, batchSize } = options;
      if (options.advice) await advise({ compilation, ...opened, batchSize });
      const data = await features.over(opened, { cache, batchSize });
      try {
        return await runTraining({ compilation, ...data, given: opened, features, options });
      } finally {
        await features.settle();
      }
    } finally {
      this.#fitting = false;
    }
  }

  /**
   * Loss and metrics of the model as in inference, by name. A loss that is not finite is reported as it is.
   * @throws {NotCompiledError | ArgumentError | EmptyDataError | ShapeError | SampleCountError | LabelError}
   */
  async evaluate(data: TrainingData | BatchFactory, options?: PassOptions): Promise<Logs>;
  async evaluate(x: SamplesList, y: SamplesList, options?: PassOptions & WeightOption): Promise<Logs>;
  async evaluate(
    first: TrainingData | SamplesList | BatchFactory,
    second?: SamplesList | PassOptions,
    third?: PassOptions & WeightOption,
  ): Promise<Logs> {
    const compilation = this.#compiled('evaluate');
    const { data, options } = readArguments<PassOptions & WeightOption>('evaluate', first, second, third);
    const batchSize = checkBatchSize('evaluate', options.batchSize);
    const context = contextOf('evaluate', compilation);
    const { evaluateDataset, openData } = await import('./passes.js');
    const dataset = await openData(context, data);
    return evaluateDataset(compilation, context, dataset, batchSize, options.signal);
  }

  /**
   * The only output for all samples, computed batch by batch. Needs no `compile`.
   * Shape: `[samples, …]`.
   * @throws {ArgumentError | EmptyDataError | ShapeError} also if the model has several outputs.
   */
  async predict(x: SamplesList | Dataset, options?: PassOptions): Promise<Tensor> {
    const { outputShapes, name } = this.model;
    if (outputShapes.length !== 1) {
      throw new ArgumentError({
        operation: 'predict',
        expected: 'a model with one output',
        received: `${outputShapes.length} outputs of '${name}'`,
        remedy: 'Use predictAll(x), which returns all of them.',
      });
    }
    return (await this.predictAll(x, options))[0] as Tensor;
  }

  /** `predict` for models with any number of outputs. */
  async predictAll(x: SamplesList | Dataset, options: PassOptions = {}): Promise<readonly Tensor[]> {
    const batchSize = checkBatchSize('predict', options.batchSize);
    const { ArrayDataset, predictDataset } = await import('./passes.js');
    const dataset = !isSamples(x) && isDataset(x) ? x : await ArrayDataset.from('predict', { x: x as SamplesList });
    return predictDataset(this.model, this.#forward, dataset, batchSize, options.signal);
  }

  /**
   * One update with these samples. Returns their loss and metrics as they were before it.
   * @throws {NonFiniteLossError} with nothing changed, and what `fit` throws.
   */
  async trainOnBatch(x: SamplesList, y: SamplesList, options: TrainBatchOptions = {}): Promise<Logs> {
    if (options.classWeight !== undefined) checkClassWeight('trainOnBatch', options.classWeight);
    return this.#onBatch('trainOnBatch', x, y, options, (program, batch) => program.train(batch, null));
  }

  /** Loss and metrics of these samples. */
  async testOnBatch(x: SamplesList, y: SamplesList, options: WeightOption = {}): Promise<Logs> {
    return this.#onBatch('testOnBatch', x, y, options, (program, batch) => program.test(batch));
  }

  /**
   * The plan of a training step as the model stands: what is frozen costs no backward pass.
   * @throws {NotCompiledError | ArgumentError}
   */
  trainingPlan(request: PlanRequest = {}): Plan {
    const { program, specs } = this.#planned('trainingPlan', request);
    return program.plan(specs);
  }

  /** The same plan in words. */
  explainTraining(request: PlanRequest = {}): string {
    const { program, specs } = this.#planned('explainTraining', request);
    return program.explain(specs);
  }

  #compiled(operation: string): Compilation {
    if (this.#compilation === null) throw new NotCompiledError(operation, this.model.name);
    return this.#compilation;
  }

  async #onBatch(
    operation: string,
    x: SamplesList,
    y: SamplesList,
    { sampleWeight, classWeight }: TrainBatchOptions,
    run: (program: TrainingProgram, batch: Awaited<ReturnType<typeof prepareBatch>>) => Promise<readonly number[]>,
  ): Promise<Logs> {
    const compilation = this.#compiled(operation);
    const raw = { x: asTensors(x), y: asTensors(y), sampleWeight: asTensors(sampleWeight) };
    const { prepareBatch } = await import('./passes.js');
    const batch = await prepareBatch({ ...contextOf(operation, compilation), classWeight }, raw);
    const program = compilation.programFor(batch.y.map(({ shape }) => shape));
    program.resetMetrics();
    const losses = new RunningMeans(lossNames(compilation.lossTerms));
    losses.add(await run(program, batch), 1);
    return { ...losses.result(), ...(await program.metricLogs()) };
  }

  #planned(operation: string, request: PlanRequest): { program: TrainingProgram; specs: readonly TensorSpec[] } {
    const compilation = this.#compiled(operation);
    const { inputs, targets } = planSpecs(compilation, request);
    // A program of its own: the metrics of the one in use go on undisturbed.
    const program = compilation.createProgram(targets.map(({ shape }) => shape));
    return { program, specs: [...inputs, ...targets] };
  }
}

function contextOf(operation: string, { model, lossTerms }: Compilation): BatchContext {
  return { operation, model, lossTerms };
}

function asTensors(samples: SamplesList | undefined): readonly Tensor[] {
  return asList<Samples>(samples).map((item) => (item instanceof Tensor ? item : fromNdarray(item)));
}

function alreadyTraining({ name }: Trainable): ArgumentError {
  return new ArgumentError({
    operation: 'fit',
    expected: `model '${name}' to be idle`,
    received: 'a second fit while the first one is under way',
    remedy: 'Await the first one.',
  });
}

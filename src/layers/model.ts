import { ArgumentError, type Seed } from '../tensor/index.js';
import {
  type CompileConfig,
  type CompileModelOptions,
  type LossOption,
  type ModelSplit,
  Trainer,
} from '../training/index.js';
import { Layer, type SymbolicShape, type SymbolicTensor } from './layer.js';
import type { Network } from './network.js';
import type {
  LoadWeightsOptions,
  ModelSource,
  SaveDestination,
  SaveOptions,
  SaveResult,
  SaveWeightsOptions,
  WeightReport,
} from './persistence.js';
import { generatorOf, type SeedGenerator } from './seedGenerator.js';
import { type SummaryOptions, summarize } from './summary.js';

/** A layer made of layers, which can be trained. */
export abstract class Model extends Layer {
  /** What a user wants to travel with the model: class names, a description, ... Saved with it as plain data. */
  metadata: Record<string, unknown> = {};

  /** The loss that `compile` takes when it is given none, for models whose task is known. */
  defaultLoss: LossOption | null = null;

  /** Made when first asked for: a model that is only a part of another never needs one. */
  #trainer: Trainer | null = null;

  /** The layers, in the order of their weights in files. */
  abstract get layers(): readonly Layer[];
  /** Where data enters. @throws {ArgumentError} while the shape of the input is not known. */
  abstract get inputs(): readonly SymbolicTensor[];
  /** Where results leave. @throws {ArgumentError} while the shape of the input is not known. */
  abstract get outputs(): readonly SymbolicTensor[];

  /** The graph that the model is; `null` for one that computes in a way of its own. */
  get network(): Network | null {
    return null;
  }

  override get parts(): Readonly<Record<string, Layer | readonly Layer[]>> {
    return { layers: this.layers };
  }

  get inputShapes(): readonly SymbolicShape[] {
    return this.inputs.map(({ shape }) => shape);
  }

  get outputShapes(): readonly SymbolicShape[] {
    return this.outputs.map(({ shape }) => shape);
  }

  /** The names of the layers that give the outputs. */
  get outputNames(): readonly string[] {
    return this.outputs.map(({ node }) => node.layer.name);
  }

  /** The only output. @throws {ArgumentError} if there are several. */
  get output(): SymbolicTensor {
    const [output] = this.outputs;
    if (output === undefined || this.outputs.length > 1) {
      throw new ArgumentError({
        operation: `${this.name}.output`,
        expected: 'a model with one output',
        received: `${this.outputs.length} outputs`,
        remedy: 'Use outputs.',
      });
    }
    return output;
  }

  /**
   * The layer of a name; a path such as `mobilenetv2/block_1_expand` looks inside nested models.
   * @throws {ArgumentError} naming the layers there are.
   */
  getLayer(path: string): Layer {
    const found = this.findLayer(path);
    if (found !== undefined) return found;
    const names = this.layers.map(({ name }) => `'${name}'`);
    const shown = names.length > 12 ? [...names.slice(0, 6), '…', ...names.slice(-6)] : names;
    throw new ArgumentError({
      operation: `${this.name}.getLayer`,
      expected: `one of ${shown.join(', ')}`,
      received: `'${path}'`,
      remedy: "Layers of nested models are reached with 'model/layer'.",
    });
  }

  /** `getLayer` for layers that may be missing. Names may contain slashes themselves, so whole names come first. */
  findLayer(path: string): Layer | undefined {
    const exact = this.layers.find(({ name }) => name === path);
    if (exact !== undefined) return exact;
    for (const layer of this.layers) {
      if (!(layer instanceof Model) || !path.startsWith(`${layer.name}/`)) continue;
      const inside = layer.findLayer(path.slice(layer.name.length + 1));
      if (inside !== undefined) return inside;
    }
    return undefined;
  }

  /** Changes whenever a layer or a variable anywhere inside is frozen, unfrozen, held in inference mode, or added. */
  get trainableKey(): string {
    const flags = (layer: Layer): string =>
      `${layer.inferenceMode ? 'i' : ''}${layer.delta === null ? '' : `d${layer.delta.id} `}${layer.trainable ? 1 : 0}${layer.sublayers.length > 0 ? `(${layer.sublayers.map(flags).join('')})` : ''}`;
    return `${flags(this)} ${this.weights.map(({ trainable }) => (trainable ? 1 : 0)).join('')}`;
  }

  /** What random layers draw from, in the order of their counters among `variables`. */
  get seeds(): readonly Seed[] {
    return this.#generators.map(({ seed }) => seed);
  }

  set seeds(seeds: readonly Seed[]) {
    for (const [i, generator] of this.#generators.entries()) generator.seed = seeds[i] ?? generator.seed;
  }

  get #generators(): readonly SeedGenerator[] {
    return this.variables.map(generatorOf).filter((generator) => generator !== undefined);
  }

  /**
   * The model in two parts as it stands: below, what is frozen and looks at each sample alone; above, the rest. `null` if
   * nothing is frozen at the bottom, nothing trains, or the model is not given by a graph.
   */
  split(): ModelSplit | null {
    return null;
  }

  /**
   * The layers in a table: output shapes, numbers of parameters, what trains and which batch normalisations run in
   * inference mode because they are frozen. Printed, and returned.
   */
  summary(options: SummaryOptions = {}): string {
    const text = summarize(this, options);
    (options.print ?? console.log)(text);
    return text;
  }

  /** What trains, evaluates and applies the model; the methods below are its own. */
  get trainer(): Trainer {
    this.#trainer ??= new Trainer(this);
    return this.#trainer;
  }

  /** The optimizer of the last `compile`. @throws {NotCompiledError} */
  get optimizer(): Trainer['optimizer'] {
    return this.trainer.optimizer;
  }

  /** How the model was compiled, as plain data that `compile` takes; `null` if it was not. The optimizer is as it is now. */
  get compileConfig(): CompileConfig | null {
    return this.#trainer?.compilation?.config ?? null;
  }

  /**
   * Settles optimizer, loss and metrics. What is frozen afterwards is frozen at once; there is no need to compile again.
   * @throws {ArgumentError} if something is unknown or does not go with the outputs; nothing changes then.
   */
  compile(options: CompileModelOptions = {}): void {
    this.trainer.compile({ ...options, loss: options.loss ?? this.defaultLoss });
  }

  /** Trains: `fit({ x, y }, options)`, `fit(x, y, options)` or `fit(dataset, options)`. See `Trainer.fit`. */
  get fit(): Trainer['fit'] {
    return this.trainer.fit.bind(this.trainer);
  }

  /** Loss and metrics of data, as in inference. See `Trainer.evaluate`. */
  get evaluate(): Trainer['evaluate'] {
    return this.trainer.evaluate.bind(this.trainer);
  }

  /** The only output for all samples, batch by batch. See `Trainer.predict`. */
  get predict(): Trainer['predict'] {
    return this.trainer.predict.bind(this.trainer);
  }

  /** All outputs for all samples, batch by batch. See `Trainer.predictAll`. */
  get predictAll(): Trainer['predictAll'] {
    return this.trainer.predictAll.bind(this.trainer);
  }

  /** One update. See `Trainer.trainOnBatch`. */
  get trainOnBatch(): Trainer['trainOnBatch'] {
    return this.trainer.trainOnBatch.bind(this.trainer);
  }

  /** Loss and metrics of one batch. See `Trainer.testOnBatch`. */
  get testOnBatch(): Trainer['testOnBatch'] {
    return this.trainer.testOnBatch.bind(this.trainer);
  }

  /** The plan of a training step as the model stands. See `Trainer.trainingPlan`. */
  get trainingPlan(): Trainer['trainingPlan'] {
    return this.trainer.trainingPlan.bind(this.trainer);
  }

  /** The same plan in words: what is frozen has no backward pass in it. See `Trainer.explainTraining`. */
  get explainTraining(): Trainer['explainTraining'] {
    return this.trainer.explainTraining.bind(this.trainer);
  }

  /**
   * Writes the model, its weights, `metadata`, and how it is compiled and what its optimizer remembers.
   *
   * `save('model.keras')` writes what Keras 3 reads; `save('folder')` a `model.json` and files of weights, as Keras's ports
   * read them, without optimizer. A save that fails leaves an older model in the same place as it was.
   * @param destination a file or a folder (Node; in a page, a file to download), `'memory'`, or an object that takes the
   * files.
   * @throws {ArgumentError} if a layer cannot be described, or the weights are not built yet.
   */
  async save(destination: SaveDestination, options: SaveOptions = {}): Promise<SaveResult> {
    return persistence.save(this, destination, options);
  }

  /**
   * Writes the weights alone: as `.weights.h5` that Keras reads, or as `.safetensors`.
   * @param destination a file whose name ends so (Node), `'memory'`, or an object that takes the file.
   * @throws {ArgumentError} if the weights are not built yet, or for another ending.
   */
  async saveWeights(destination: SaveDestination, options: SaveWeightsOptions = {}): Promise<SaveResult> {
    return persistence.saveWeights(this, destination, options);
  }

  /**
   * Takes the weights of a saved model of the same architecture, by their names.
   * @returns which weights went together.
   * @throws {WeightsMismatchError} if they do not; nothing is assigned then.
   */
  async loadWeights(source: ModelSource, options: LoadWeightsOptions = {}): Promise<WeightReport> {
    return persistence.loadWeights(this, source, options);
  }
}

/** Saves and loads. Installed by `io`, which this file must not know. */
export interface Persistence {
  save(model: Model, destination: SaveDestination, options: SaveOptions): Promise<SaveResult>;
  saveWeights(model: Model, destination: SaveDestination, options: SaveWeightsOptions): Promise<SaveResult>;
  loadWeights(model: Model, source: ModelSource, options: LoadWeightsOptions): Promise<WeightReport>;
}

const refuse = (): never => {
  throw new ArgumentError({
    operation: 'save',
    expected: 'file formats to be installed',
    received: 'none',
    remedy: "Import from 'mapache', or 'mapache/io' beside 'mapache/layers'.",
  });
};

let persistence: Persistence = { save: refuse, saveWeights: refuse, loadWeights: refuse };

export function installPersistence(installed: Persistence): void {
  persistence = installed;
}

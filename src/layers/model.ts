import { ArgumentError } from '../tensor/index.js';
import { Layer, type SymbolicShape, type SymbolicTensor } from './layer.js';
import { type SummaryOptions, summarize } from './summary.js';

/** A layer made of layers, which can be trained. */
export abstract class Model extends Layer {
  /** What a user wants to travel with the model: class names, a description, ... Saved with it as plain data. */
  metadata: Record<string, unknown> = {};

  /** The layers, in the order of their weights in files. */
  abstract get layers(): readonly Layer[];
  /** Where data enters. @throws {ArgumentError} while the shape of the input is not known. */
  abstract get inputs(): readonly SymbolicTensor[];
  /** Where results leave. @throws {ArgumentError} while the shape of the input is not known. */
  abstract get outputs(): readonly SymbolicTensor[];

  override get sublayers(): readonly Layer[] {
    return this.layers;
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
      `${layer.inferenceMode ? 'i' : ''}${layer.trainable ? 1 : 0}${layer.sublayers.length > 0 ? `(${layer.sublayers.map(flags).join('')})` : ''}`;
    return `${flags(this)} ${this.weights.map(({ trainable }) => (trainable ? 1 : 0)).join('')}`;
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
}

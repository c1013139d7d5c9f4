import { type Layer, Model, type SymbolicShape } from '../layers/index.js';
import { compile, sizeOf, type Tensor, type Variable } from '../tensor/index.js';

/** A model as plain data. */
export interface NetworkDescription {
  readonly name: string;
  readonly className: string;
  readonly inputShapes: readonly SymbolicShape[];
  readonly outputShapes: readonly SymbolicShape[];
  readonly parameters: { readonly total: number; readonly trainable: number; readonly nonTrainable: number };
  /** Floating point operations for one sample in inference; `null` if the sizes of the input are not all known. */
  readonly flops: number | null;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly layers: readonly LayerDescription[];
}

/** A layer as plain data. */
export interface LayerDescription {
  /** Name, after those of the models around it. */
  readonly path: string;
  readonly className: string;
  readonly outputShapes: readonly SymbolicShape[];
  readonly parameters: number;
  readonly trainableParameters: number;
}

/** Says what a model is made of and what it costs. */
export function describeNetwork(model: Model, nested: boolean): NetworkDescription {
  return {
    name: model.name,
    className: model.className,
    inputShapes: model.inputShapes,
    outputShapes: model.outputShapes,
    parameters: {
      total: count(model.weights),
      trainable: count(model.trainableWeights),
      nonTrainable: count(model.nonTrainableWeights),
    },
    flops: flopsOf(model),
    metadata: model.metadata,
    layers: describeLayers(model, nested, ''),
  };
}

function describeLayers(model: Model, nested: boolean, prefix: string): readonly LayerDescription[] {
  return model.layers.flatMap((layer: Layer) => {
    const path = `${prefix}${layer.name}`;
    const row: LayerDescription = {
      path,
      className: layer.className,
      outputShapes: layer.inboundNodes[0]?.outputs.map(({ shape }) => shape) ?? [],
      parameters: count(layer.weights),
      trainableParameters: count(layer.trainableWeights),
    };
    return [row, ...(nested && layer instanceof Model ? describeLayers(layer, nested, `${path}/`) : [])];
  });
}

function flopsOf(model: Model): number | null {
  const inputs = model.inputs.map(({ shape, dtype }) => ({ shape: [1, ...shape.slice(1)], dtype }));
  if (!inputs.every(isKnown)) return null;
  const forward = compile((...x: readonly Tensor[]) => model.run(x, { training: false }).outputs, { name: model.name });
  return forward.plan(...inputs).steps.reduce((total, { flops }) => total + flops, 0);
}

function isKnown<T extends { readonly shape: SymbolicShape }>(spec: T): spec is T & { readonly shape: number[] } {
  return spec.shape.every((size) => size !== null);
}

function count(variables: readonly Variable[]): number {
  return variables.reduce((total, { shape }) => total + sizeOf(shape), 0);
}

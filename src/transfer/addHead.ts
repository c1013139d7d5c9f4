import { input, layers, type Model, model, type SymbolicTensor } from '../layers/index.js';
import { ArgumentError, formatShape, formatValue } from '../tensor/index.js';

/** Options of `addHead`: `classes` or `units`, and what stands before the last layer. */
export interface HeadOptions {
  /** Classes to tell apart: their number, or their names, which then travel with the model. */
  readonly classes?: number | readonly string[];
  /** Numbers to predict, for regression. */
  readonly units?: number;
  /** How a map of features becomes one vector. @defaultValue `'avg'`; nothing if the base gives vectors already */
  readonly pooling?: 'avg' | 'max' | 'flatten';
  /** Units of hidden dense layers with ReLU, first to last. @defaultValue none */
  readonly hidden?: number | readonly number[];
  /** Fraction of features to drop before each dense layer while training. @defaultValue `0` */
  readonly dropout?: number;
  /** Activation of the last layer. @defaultValue `'softmax'` for classes, `'linear'` for units */
  readonly activation?: string;
  /**
   * `'inference'`: batch normalisations of the base keep their statistics even when they are unfrozen later.
   * `'training'`: they adapt whenever they train, as a base without pretrained weights needs it.
   * @defaultValue `'inference'`
   */
  readonly batchNormalization?: 'inference' | 'training';
  /** Take the base up to this layer and leave off what comes after it, such as an old head. */
  readonly cut?: string;
  /** Name of the new model. @defaultValue automatic */
  readonly name?: string;
}

/**
 * A new model: `base`, then pooling, dropout and dense layers for a new task. The base is a layer of it and keeps its
 * weights; it is applied with `training: false`, so that its batch normalisations keep their statistics even when they
 * are unfrozen later, as Keras's guide to transfer learning advises.
 *
 * `compile` without a loss takes sparse categorical cross-entropy for `classes` and mean squared error for `units`.
 * @throws {ArgumentError} for missing or contradictory options, or a base that does not give one tensor of features.
 */
export function addHead(base: Model, options: HeadOptions): Model {
  const units = checkUnits(options);
  const body = cutAt(base, options.cut);
  const [first] = body.inputs;
  if (first === undefined || body.inputs.length > 1 || body.outputs.length > 1) {
    throw new ArgumentError({
      operation: 'addHead',
      expected: 'a base with one input and one output',
      received: `${body.inputs.length} inputs, ${body.outputs.length} outputs`,
      remedy: 'Build the model with model({ inputs, outputs }).',
    });
  }
  const start = input({ batchShape: first.shape, dtype: first.dtype });
  const { dropout = 0, hidden = [], batchNormalization = 'inference' } = options;
  let x = pool(body.apply(start, batchNormalization === 'inference' ? { training: false } : {}), options.pooling);
  for (const width of typeof hidden === 'number' ? [hidden] : hidden) {
    if (dropout > 0) x = layers.dropout({ rate: dropout }).apply(x);
    x = layers.dense({ units: width, activation: 'relu' }).apply(x);
  }
  if (dropout > 0) x = layers.dropout({ rate: dropout }).apply(x);
  const classify = options.classes !== undefined;
  const activation = options.activation ?? (classify ? 'softmax' : 'linear');
  const outputs = layers.dense({ units, activation, name: 'predictions' }).apply(x);
  const headed = model({ inputs: start, outputs, name: options.name });
  headed.defaultLoss = !classify
    ? 'mean_squared_error'
    : { className: 'SparseCategoricalCrossentropy', config: { fromLogits: activation === 'linear' } };
  if (typeof options.classes === 'object') headed.metadata = { classNames: [...options.classes] };
  return headed;
}

function checkUnits({ classes, units }: HeadOptions): number {
  const count = typeof classes === 'object' ? classes.length : (classes ?? units);
  const least = classes === undefined ? 1 : 2;
  if ((classes === undefined) !== (units === undefined) && Number.isInteger(count) && (count as number) >= least) {
    return count as number;
  }
  throw new ArgumentError({
    operation: 'addHead',
    expected: 'classes (two or more, or their names) or units (one or more)',
    received: `classes ${formatValue(classes)}, units ${formatValue(units)}`,
    remedy: 'Use classes to tell things apart, units to predict numbers.',
  });
}

function cutAt(base: Model, name: string | undefined): Model {
  if (name === undefined) return base;
  const layer = base.getLayer(name);
  const node = layer.inboundNodes[0];
  if (node === undefined || !base.layers.includes(layer)) {
    throw new ArgumentError({
      operation: 'addHead',
      expected: 'cut to name a layer of the base itself',
      received: formatValue(name),
      remedy: 'Cut the nested model first, with model({ inputs, outputs }).',
    });
  }
  return model({ inputs: base.inputs, outputs: node.outputs, name: base.name });
}

function pool(features: SymbolicTensor, pooling: HeadOptions['pooling']): SymbolicTensor {
  if (features.shape.length === 2) return features;
  if (pooling === 'flatten') return layers.flatten().apply(features);
  if (features.shape.length === 4) {
    const layer = pooling === 'max' ? layers.globalMaxPooling2d() : layers.globalAveragePooling2d();
    return layer.apply(features);
  }
  throw new ArgumentError({
    operation: 'addHead',
    expected: 'a base that gives vectors or maps of features',
    received: `shape ${formatShape(features.shape)}`,
    remedy: "Use pooling: 'flatten'.",
  });
}

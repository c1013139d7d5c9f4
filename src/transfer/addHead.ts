import {
  input,
  type Layer,
  layers,
  type Model,
  model,
  type SymbolicShape,
  type SymbolicTensor,
} from '../layers/index.js';
import { ArgumentError, checkChoiceOption, formatShape, formatValue } from '../tensor/index.js';
import { preprocessingOf } from './applications/preprocessing.js';
import { preprocessingLayers } from './applications/preprocessingLayers.js';

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
  /**
   * What to make of pixels before the base sees them: `scale * x + offset`. A base that was trained on -1 to 1, such as
   * MobileNet, takes pictures of 0 to 255 with `{ scale: 1 / 127.5, offset: -1 }`.
   * @defaultValue nothing
   */
  readonly rescaling?: { readonly scale: number; readonly offset?: number };
  /**
   * Put what the base wants done to pixels into the new model, as layers in front of it: the model then takes pixels of 0
   * to 255, here and in Keras. Bases that say nothing in `metadata.preprocessing` get none. @defaultValue `false`
   */
  readonly includePreprocessing?: boolean;
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
  const { batchNormalization = 'inference' } = options;
  const mode = checkChoiceOption('addHead', 'batchNormalization', batchNormalization, ['inference', 'training']);
  const classify = options.classes !== undefined;
  const activation = options.activation ?? (classify ? 'softmax' : 'linear');
  // Layers check their options when they are made; the base is not touched before all are there.
  const before = layersBefore(base, options);
  const after = [
    ...poolingLayers(body.output.shape, options.pooling),
    ...hiddenLayers(options),
    layers.dense({ units, activation, name: 'predictions' }),
  ];
  const start = input({ batchShape: first.shape, dtype: first.dtype });
  const features = body.apply(applyAll(before, start), mode === 'inference' ? { training: false } : {});
  const headed = model({ inputs: start, outputs: applyAll(after, features), name: options.name });
  headed.defaultLoss = !classify
    ? 'mean_squared_error'
    : { className: 'SparseCategoricalCrossentropy', config: { fromLogits: activation === 'linear' } };
  headed.metadata = {
    ...inputMetadata(base, options),
    ...groupsOf(base, body, after),
    ...(typeof options.classes === 'object' && { classNames: [...options.classes] }),
  };
  return headed;
}

/** Where parts of the new model begin: those of the base, as far as it is taken, and the head. */
function groupsOf(base: Model, body: Model, after: readonly Layer[]): Model['metadata'] {
  const { groups } = base.metadata;
  if (!Array.isArray(groups)) return {};
  const known = groups.filter((name) => typeof name === 'string' && body.findLayer(name) !== undefined);
  const head = after.find(({ weights }) => weights.length > 0) as Layer;
  return { groups: [...known.map((name) => `${body.name}/${name}`), head.name] };
}

/** What the new model says of its input, if layers of its own prepare pixels. */
const pixelInput = { preprocessing: 'none', inputRange: [0, 255] } as const;

function layersBefore({ metadata }: Model, { rescaling, includePreprocessing = false }: HeadOptions): readonly Layer[] {
  if (rescaling !== undefined && includePreprocessing) {
    throw new ArgumentError({
      operation: 'addHead',
      expected: 'rescaling or includePreprocessing',
      received: 'both',
      remedy: 'includePreprocessing does what the base says; leave rescaling out.',
    });
  }
  if (rescaling !== undefined) return [layers.rescaling(rescaling)];
  return includePreprocessing ? preprocessingLayers(preprocessingOf(metadata)) : [];
}

/** What the new model says of its input: what its base says, unless layers of its own prepare it. */
function inputMetadata({ metadata }: Model, { rescaling, includePreprocessing }: HeadOptions): Model['metadata'] {
  if (rescaling !== undefined) return {};
  if (includePreprocessing && preprocessingOf(metadata) !== 'none') return pixelInput;
  const { preprocessing, inputRange } = metadata;
  return { ...(preprocessing !== undefined && { preprocessing }), ...(inputRange !== undefined && { inputRange }) };
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

function poolingLayers(shape: SymbolicShape, pooling: HeadOptions['pooling']): readonly Layer[] {
  const kind = checkChoiceOption('addHead', 'pooling', pooling ?? 'avg', ['avg', 'max', 'flatten']);
  const sizes = kind === 'flatten' ? shape.slice(1) : shape.slice(-1);
  if (shape.length >= 2 && !sizes.includes(null)) {
    if (shape.length === 2) return [];
    if (kind === 'flatten') return [layers.flatten()];
    if (shape.length === 4) return [kind === 'max' ? layers.globalMaxPooling2d() : layers.globalAveragePooling2d()];
  }
  throw new ArgumentError({
    operation: 'addHead',
    expected: `a base that gives vectors or maps of features${kind === 'flatten' ? ' of known size' : ''}`,
    received: `shape ${formatShape(shape)}`,
    remedy: kind === 'flatten' ? 'Give the base an input of fixed size.' : "Use pooling: 'flatten'.",
  });
}

/** Dropout before each dense layer, those of `hidden` and the last one. */
function hiddenLayers({ hidden = [], dropout = 0 }: HeadOptions): readonly Layer[] {
  const drop = (): readonly Layer[] => (dropout === 0 ? [] : [layers.dropout({ rate: dropout })]);
  const widths = typeof hidden === 'number' ? [hidden] : hidden;
  return [...widths.flatMap((units) => [...drop(), layers.dense({ units, activation: 'relu' })]), ...drop()];
}

function applyAll(chain: readonly Layer[], start: SymbolicTensor): SymbolicTensor {
  return chain.reduce((x, layer) => layer.apply(x), start);
}

import fc from 'fast-check';
import { type Layer, layerFromConfig, type SymbolicTensor } from 'mapache/layers';
import { type LayerDraw, layerSpecs } from '../../support/layer-specs.js';
import type { Random } from './random.js';

/** A draw, and how to make the layer: a new one each time. */
export interface DrawnLayer {
  readonly draw: LayerDraw;
  readonly make: () => Layer;
}

/** Classes that Keras 3 cannot be asked about. */
const impossible: Readonly<Record<string, string>> = {
  Equalization: 'fails while a graph is built',
  RandomCrop: 'announces the size it crops to and, in inference, gives its input',
  RandomHeight: 'is of Keras 2 only',
  RandomWidth: 'is of Keras 2 only',
  StackedRNNCells: 'fails while a graph is built, outside an RNN',
  ThresholdedReLU: 'is of Keras 2 only',
};

/** The classes that can be drawn. */
export const drawableClasses = Object.keys(layerSpecs)
  .filter((className) => !(className in impossible))
  .sort();

/** Some of the layers of a class that Keras can compute with on a CPU. */
export function drawLayers(
  random: Random,
  className: string,
  count: number,
  isWanted: (draw: LayerDraw) => boolean = () => true,
): readonly DrawnLayer[] {
  const spec = layerSpecs[className];
  if (spec === undefined) throw new Error(`drawLayers: no spec for ${className}.`);
  const drawn: readonly LayerDraw[] = fc.sample(spec.draws, { seed: random.integer(0, 2 ** 30), numRuns: 10 * count });
  const possible = drawn.filter((draw) => isPossible(className, draw) && isWanted(draw));
  // A layer that takes lists is given lists: in Keras one tensor is none.
  const lists = possible.filter(({ inputs }) => inputs.length > 1);
  const chosen = lists.length > 0 && drawn.every(({ call }) => call === undefined) ? lists : possible;
  return chosen.slice(0, count).map((draw) => ({ draw, make: () => layerFromConfig(className, draw.config) }));
}

/** One of them that others may follow. */
export function drawLayer(random: Random, className: string): DrawnLayer {
  return random.pick(drawLayers(random, className, 4, (draw) => isAnnounced(className, draw)));
}

/** Whether Keras knows, before it computes, of what shape a layer's output is. */
function isAnnounced(className: string, { config, inputs: [shape = []] }: LayerDraw): boolean {
  const { outputShape, outputMode = className === 'CategoryEncoding' ? 'multi_hot' : 'int' } = config;
  // Of encodings of categories in samples of more than one axis it announces another shape than it gives.
  if (shape.length > 2 && outputMode !== 'int' && outputMode !== 'one_hot') return false;
  return !(Array.isArray(outputShape) && outputShape.includes(null));
}

/** Whether a layer may be put on a tensor of another shape than the one it was drawn for. */
export function mayTake(className: string, draw: LayerDraw, tensor: SymbolicTensor): boolean {
  const { config, inputs, kinds } = draw;
  const [shape] = inputs;
  // Numbers for each channel fit no other number of channels.
  const isTied = Object.values(config).some(
    (value) => Array.isArray(value) && value.some((one) => !Number.isInteger(one ?? 0)),
  );
  return (
    kinds?.[0] === undefined &&
    tensor.shape.length === shape?.length &&
    (!isTied || tensor.shape.at(-1) === shape.at(-1)) &&
    isPossible(className, { ...draw, inputs: [tensor.shape.map((extent) => extent ?? 1)] })
  );
}

/** What TensorFlow can do on a CPU; its refusals come when Keras computes, not when it builds. */
function isPossible(className: string, { config, inputs: [shape = [], second = []], call }: LayerDraw): boolean {
  const { dataFormat, outputPadding = null, dilationRate = 1, strides = 1 } = config;
  const numbers = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);
  if (dataFormat === 'channels_first' && /Conv|^(Max|Average)Pooling/.test(className)) return false;
  if (/Transpose$/.test(className)) {
    return outputPadding === null && numbers(dilationRate).every((rate) => rate === 1);
  }
  // Keras pools with a window longer than the input, and TensorFlow's gradient of that is whatever is in memory.
  if (/^AdaptiveMax/.test(className)) return !numbers(config.outputSize).includes(1);
  // Where TensorFlow's windows in space start that leave gaps between them depends on the signs of numbers.
  if (className === 'MaxPooling3D' && config.padding === 'same' && config.strides != null) {
    const [windows, steps] = [numbers(config.poolSize ?? 2), numbers(strides)];
    const at = (list: readonly unknown[], axis: number): number => Number(list[axis] ?? list[0]);
    if ([0, 1, 2].some((axis) => at(steps, axis) > at(windows, axis))) return false;
  }
  // TensorFlow has no gradient of it.
  if (config.interpolation === 'area') return false;
  // As with columns in `batchSize`, Keras takes biases of one size for those of another axis.
  if (config.useBias !== false && (config.keyDim === 1 || config.headDim === 1)) return false;
  if (className === 'EinsumDense' && String(config.equation).endsWith('...')) return false;
  // Keras forgets the mask of queries that it is given as an argument.
  if (className === 'MultiHeadAttention' && call?.inputNames?.includes('queryMask')) return false;
  // Of one number, softmax is 1 but for rounding, and a gate of it lets rounding through.
  if (config.units === 1 && config.recurrentActivation === 'softmax') return false;
  if (className === 'RandomColorDegeneration') return shape.at(-1) === 3;
  // Of one pixel, Keras's gradient is 0 divided by 0.
  if (className === 'AutoContrast') return shape[1] !== 1 || shape[2] !== 1;
  // TensorFlow continues a picture by no more than its size.
  if (className === 'ContrastLimitedAdaptiveHistogramEqualization') {
    const tiles = numbers(config.tileGridSize ?? 8);
    return [0, 1].every((axis) => {
      const [extent, count] = [Number(shape[1 + axis]), Number(tiles[axis] ?? tiles[0])];
      return count * Math.ceil(extent / count) <= 2 * extent;
    });
  }
  // Keras wants queries and values of one size.
  if (className === 'GroupQueryAttention' && shape.at(-1) !== second.at(-1)) return false;
  // Keras then forgets to turn the mask round as well.
  if (config.unroll === true && config.goBackwards === true && config.zeroOutputForMask === true) return false;
  // Of one number, the rest is rounding: its gradient is 0.
  if (className === 'UnitNormalization') return numbers(config.axis ?? -1).some((axis) => shape.at(Number(axis)) !== 1);
  if (className === 'RMSNormalization') {
    // Of one number, what is left of the gradient is some epsilon of terms that cancel: float32 has no digits for it.
    if (numbers(config.axis ?? -1).every((axis) => shape.at(Number(axis)) === 1)) return false;
    // Keras multiplies by a scale without axes between: it fits the last axes only.
    const axes = new Set(numbers(config.axis ?? -1).map((axis) => (Number(axis) + shape.length) % shape.length));
    return [...axes].every((axis) => axis >= shape.length - axes.size);
  }
  return !/^(Depthwise|Separable)Conv/.test(className) || new Set(numbers(strides)).size === 1;
}

import { createHash } from 'node:crypto';
import { type Layer, type Model, Sequential } from 'mapache/layers';

/** Options of each class that decide what its layers compute: those that `make_applications.py` writes. */
const window = ['kernelSize', 'strides', 'padding', 'dilationRate', 'activation', 'useBias'];
const essentials: Readonly<Record<string, readonly string[]>> = {
  InputLayer: ['batchShape'],
  Conv2D: [...window, 'filters', 'groups', 'kernelInitializer', 'biasInitializer'],
  DepthwiseConv2D: [...window, 'depthMultiplier', 'depthwiseInitializer'],
  SeparableConv2D: [...window, 'filters', 'depthMultiplier', 'depthwiseInitializer', 'pointwiseInitializer'],
  Dense: ['units', 'activation', 'useBias', 'kernelInitializer', 'biasInitializer'],
  BatchNormalization: ['axis', 'momentum', 'epsilon', 'center', 'scale'],
  LayerNormalization: ['axis', 'epsilon', 'center', 'scale'],
  Activation: ['activation'],
  ReLU: ['maxValue', 'negativeSlope', 'threshold'],
  MaxPooling2D: ['poolSize', 'strides', 'padding'],
  AveragePooling2D: ['poolSize', 'strides', 'padding'],
  GlobalAveragePooling2D: ['keepdims'],
  GlobalMaxPooling2D: ['keepdims'],
  ZeroPadding2D: ['padding'],
  Cropping2D: ['cropping'],
  Reshape: ['targetShape'],
  Dropout: ['rate', 'noiseShape'],
  Concatenate: ['axis'],
  Rescaling: ['scale', 'offset'],
  Normalization: ['axis', 'invert', 'mean', 'variance'],
  LayerScale: ['initValues', 'projectionDim'],
  CustomScaleLayer: ['scale'],
};

/** A model's layers in the words of `make_applications.py`: name, class, output, weights, inputs and options of each. */
export function linesOf(model: Model): readonly string[] {
  const layers = model.layers.includes(model.inputs[0]?.node.layer as Layer)
    ? model.layers
    : [...model.inputs.map(({ node }) => node.layer), ...model.layers];
  return layers.flatMap((layer) => [
    lineOf(layer),
    ...(layer instanceof Sequential ? linesOf(layer).map((line) => `  ${line}`) : []),
  ]);
}

function lineOf(layer: Layer): string {
  const [node] = layer.inboundNodes;
  const config = layer.getConfig();
  const weights = layer.weights.map(({ shape }) => text(shape)).join(';');
  // Operators may have numbers for arguments too.
  const inputs = [
    ...(node?.inputs.map((input) => input.node.layer.name) ?? []),
    ...Object.values(node?.options ?? {}).map(text),
  ];
  const options = (essentials[layer.className] ?? [])
    .map((key) => `${snakeCase(key)}=${text(key === 'axis' ? axisOf(layer.className, config[key]) : config[key])}`)
    .join(',');
  const kind = layer.className.replace(/^ops\./, '');
  return `${layer.name} ${kind} ${text(node?.outputs[0]?.shape)} [${weights}] <${inputs.join(',')}> ${options}`;
}

/** Keras writes the axes of these classes as lists. */
function axisOf(className: string, axis: unknown): unknown {
  return className.endsWith('rNormalization') || className === 'Normalization' ? [axis].flat() : axis;
}

/** A value as text that does not depend on the language it is written in. */
function text(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'number') return value.toExponential(6);
  if (Array.isArray(value)) return `[${value.map(text).join(',')}]`;
  if (typeof value === 'object' && 'className' in value && 'config' in value) {
    const config = Object.entries(value.config as object)
      .filter(([key, option]) => key !== 'seed' && option !== null)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, option]) => `${snakeCase(key)}=${text(option)}`);
    return `${value.className}(${config.join(',')})`;
  }
  return String(value);
}

function snakeCase(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** The first digits of a text's SHA-256. */
export function digest(line: string, length: number): string {
  return createHash('sha256').update(line).digest('hex').slice(0, length);
}

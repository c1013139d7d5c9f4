import { getActivation, type SymbolicShape } from '../../layers/index.js';
import {
  ArgumentError,
  checkBooleanOption,
  checkChoiceOption,
  checkNumberOption,
  formatShape,
  formatValue,
  ShapeError,
} from '../../tensor/index.js';
import type { Application, ApplicationOptions, Settings } from './application.js';
import { publishedSize } from './publishedWeights.js';

const commonOptions: readonly string[] = [
  'includeTop',
  'weights',
  'inputShape',
  'inputTensor',
  'pooling',
  'classes',
  'classifierActivation',
  'name',
  'onProgress',
  'signal',
  'maxBytes',
  'fetch',
] satisfies readonly (keyof ApplicationOptions)[];

/** The classes of ImageNet, which published tops tell apart. */
const imagenetClasses = 1000;

/**
 * Options checked and completed.
 * @throws {ArgumentError} for an unknown option, a value out of range, or options that contradict each other.
 * @throws {ShapeError} for an input the network cannot take.
 */
export function checkSettings(application: Application, options: ApplicationOptions): Settings {
  const { name: operation } = application;
  checkNames(application, options);
  const { includeTop = true, weights = 'imagenet', pooling = null, classifierActivation = 'softmax' } = options;
  const top = checkBooleanOption(operation, 'includeTop', includeTop);
  const classes = checkClasses(operation, options.classes);
  const pretrained = weights === 'imagenet';
  if (pretrained && top && classes !== imagenetClasses) {
    throw new ArgumentError({
      operation,
      expected: `${imagenetClasses} classes, those of ImageNet`,
      received: `${classes}`,
      remedy: 'For classes of your own: includeTop: false and addHead, or weights: null.',
    });
  }
  if (top && weights !== null) checkActivation(operation, classifierActivation);
  const checked = {
    includeTop: top,
    pretrained,
    inputShape: checkInputShape(application, options, top, pretrained),
    pooling: pooling === null ? null : checkChoiceOption(operation, 'pooling', pooling, ['avg', 'max']),
    classes,
    classifierActivation,
    ...checkExtras(application, options),
  };
  return { ...checked, name: options.name ?? application.modelName(checked) };
}

function checkNames({ name, options: extras }: Application, options: object): void {
  const known = [...commonOptions, ...Object.keys(extras)];
  const unknown = Object.keys(options).find((key) => !known.includes(key));
  if (unknown === undefined) return;
  throw new ArgumentError({
    operation: name,
    expected: `options among ${known.join(', ')}`,
    received: formatValue(unknown),
    remedy: 'Options have the names of Keras, in camelCase.',
  });
}

/** Options of this application only. What kind of value they take, their defaults say. */
function checkExtras({ name, options: extras }: Application, options: object): object {
  const given = new Map<string, unknown>(Object.entries(options));
  const checked = Object.entries(extras).map(([key, fallback]) => {
    const value = given.get(key) ?? fallback;
    if (typeof fallback === 'boolean') return [key, checkBooleanOption(name, key, value)];
    // Rates may be 0; what multiplies a number of channels may not.
    return [key, checkNumberOption(name, key, value, /dropout/i.test(key) ? { min: 0, max: 1 } : { above: 0 })];
  });
  return Object.fromEntries(checked);
}

function checkClasses(operation: string, classes: unknown = imagenetClasses): number {
  const count = Array.isArray(classes) ? classes.length : classes;
  return checkNumberOption(operation, 'classes', count, { min: 1, integer: true });
}

function checkActivation(operation: string, activation: Settings['classifierActivation']): void {
  const { name } = getActivation(activation);
  if (name === 'softmax' || name === 'linear') return;
  throw new ArgumentError({
    operation,
    expected: "classifierActivation to be 'softmax' or null with trained weights",
    received: formatValue(name),
    remedy: 'The weights were trained with softmax.',
  });
}

function checkInputShape(
  application: Application,
  { inputShape, inputTensor }: ApplicationOptions,
  top: boolean,
  pretrained: boolean,
): SymbolicShape {
  const { name: operation, minSize, fixedSize } = application;
  const given = inputShape ?? inputTensor?.shape.slice(1);
  const fixed = fixedSize === 'always' || (fixedSize === 'withTop' && top);
  if (given === undefined) return fixed ? [application.inputSize, application.inputSize, 3] : [null, null, 3];
  const refuse = (expected: string, remedy: string): ShapeError =>
    new ShapeError({ operation, expected, received: `shape ${formatSizes(given)}`, remedy });
  const [rows = null, columns = null, channels = null] = Array.isArray(given) ? (given as SymbolicShape) : [];
  const isSize = (size: unknown): boolean => size === null || (Number.isInteger(size) && (size as number) > 0);
  if (given.length !== 3 || !given.every(isSize) || channels === null) {
    throw refuse('an inputShape of three sizes, channels last', 'For example inputShape: [160, 160, 3].');
  }
  if (inputTensor !== undefined && formatSizes(inputTensor.shape.slice(1)) !== formatSizes(given)) {
    throw refuse(`inputShape to be that of inputTensor, ${formatSizes(inputTensor.shape.slice(1))}`, 'Leave it out.');
  }
  if (pretrained && channels !== 3) throw refuse('3 channels, as the trained weights have', 'Or use weights: null.');
  if (Math.min(rows ?? minSize, columns ?? minSize) < minSize) {
    throw refuse(`pictures of at least ${minSize} x ${minSize}`, 'Resize them.');
  }
  if (fixed && (rows === null || columns === null)) {
    throw refuse(top ? 'a known size with the top' : 'a known size', 'Sizes may vary only where layers allow it.');
  }
  const size = publishedSize(application.weights, given) ?? application.inputSize;
  if (pretrained && top && fixed && (rows !== size || columns !== size)) {
    throw refuse(`${size} x ${size} pixels, as the trained top has them`, 'Other sizes work with includeTop: false.');
  }
  return [rows, columns, channels];
}

function formatSizes(shape: SymbolicShape): string {
  return Array.isArray(shape) ? formatShape(shape) : formatValue(shape);
}

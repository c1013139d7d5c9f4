import type { SymbolicShape } from '../../layers/index.js';
import { ArgumentError, formatValue } from '../../tensor/index.js';
import type { Application, PublishedWeights, Settings } from './application.js';

/** Where Keras publishes most of its weights. */
export const kerasWeights = 'https://storage.googleapis.com/tensorflow/keras-applications/';

/** The two files of a network without variants. `[top, withoutTop]`: names, or endings of the address, and hashes. */
export function publishedPair(
  folder: string,
  files: readonly [top: string, withoutTop: string],
  hashes: readonly [top: string, withoutTop: string],
  options: PublishedWeights['options'] = {},
): readonly PublishedWeights[] {
  return files.map((file, i) => ({
    top: i === 0,
    options,
    file,
    url: `${kerasWeights}${folder}/${file}`,
    hash: hashes[i] as string,
  }));
}

/**
 * The published file for these settings. Where there are files for several sizes, it is the one for the size of the
 * input, or for the usual size.
 * @throws {ArgumentError} if there is none, listing those there are.
 */
export function findWeights(application: Application, settings: Settings): PublishedWeights {
  const given = new Map<string, unknown>(Object.entries(settings));
  const fitting = application.weights.filter(
    ({ top, options }) =>
      top === settings.includeTop && Object.entries(options).every(([key, value]) => given.get(key) === value),
  );
  const size = publishedSize(application.weights, settings.inputShape) ?? application.inputSize;
  const found = fitting.find((weights) => weights.size === undefined || weights.size === size);
  if (found !== undefined) return found;
  const variants = new Set(application.weights.map(({ options }) => describeOptions(options)));
  const keys = Object.keys(application.weights[0]?.options ?? {});
  throw new ArgumentError({
    operation: application.name,
    expected: `a variant that was trained on ImageNet: ${[...variants].join('; ')}`,
    received: describeOptions(Object.fromEntries(keys.map((key) => [key, given.get(key)]))),
    remedy: 'Use one of those, or weights: null.',
  });
}

/** The size in pixels for which there are weights of their own, if that of the pictures is one. */
export function publishedSize(weights: Application['weights'], shape: SymbolicShape): number | undefined {
  const [rows, columns] = shape;
  return weights.find(({ size }) => rows === columns && size === rows)?.size;
}

/** Number of rows that names of models give: that of the input, or of the pictures the weights were trained on. */
export function rowsInName(
  weights: Application['weights'],
  { inputShape, pretrained }: Omit<Settings, 'name'>,
): string {
  return pretrained ? `${publishedSize(weights, inputShape) ?? 224}` : `${inputShape[0] ?? 'None'}`;
}

function describeOptions(options: Readonly<Record<string, unknown>>): string {
  return Object.entries(options)
    .map(([key, value]) => `${key} ${formatValue(value)}`)
    .join(', ');
}

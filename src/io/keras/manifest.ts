import { formatValue, type Shape, sizeOf } from '../../tensor/index.js';
import { checkFilePath } from '../files/filePath.js';
import { ModelFormatError } from '../modelFormatError.js';
import { asArray, asObject, asString, field, type JsonObject, unexpected } from './json.js';

/** Kinds of number a weight may have in a file. */
export type WeightDType = 'float32' | 'int32' | 'bool' | 'uint8';

/** How the numbers of a weight were made smaller. */
export type Quantization =
  | { readonly dtype: 'uint8' | 'uint16'; readonly scale: number; readonly min: number }
  | { readonly dtype: 'float16' };

/** One weight, as the manifest announces it. */
export interface WeightEntry {
  readonly name: string;
  readonly shape: Shape;
  readonly dtype: WeightDType;
  readonly quantization: Quantization | null;
}

/** Weights that follow each other in the bytes of some files, without gaps. */
export interface WeightGroup {
  readonly paths: readonly string[];
  readonly weights: readonly WeightEntry[];
  /** How many bytes the files must have together. */
  readonly byteLength: number;
}

const bytesOf = { float32: 4, int32: 4, bool: 1, uint8: 1, uint16: 2, float16: 2 } as const;
const weightDTypes: readonly string[] = ['float32', 'int32', 'bool', 'uint8'] satisfies readonly WeightDType[];
const maxElements = 2 ** 29;
const maxRank = 16;

/** Bytes one weight takes in its file. */
export function byteLengthOf({ shape, dtype, quantization }: WeightEntry): number {
  return sizeOf(shape) * bytesOf[quantization?.dtype ?? dtype];
}

/**
 * Reads a `weightsManifest`, believing none of it.
 * @param maxBytes the most bytes all weights may have together.
 * @throws {ModelFormatError} before anything else is read.
 */
export function readManifest(file: string, manifest: unknown, maxBytes: number): readonly WeightGroup[] {
  const groups = asArray(file, 'weightsManifest', manifest).map((group) =>
    readGroup(file, asObject(file, 'each group of weightsManifest', group)),
  );
  const total = totalBytes(groups);
  if (total > maxBytes) {
    throw new ModelFormatError(file, {
      expected: `at most ${maxBytes} bytes of weights`,
      received: `${total}`,
      remedy: 'If the model is that large, allow it with maxBytes.',
    });
  }
  const seen = new Set<string>();
  for (const path of groups.flatMap((group) => group.paths)) {
    if (seen.has(path)) throw unexpected(file, 'files that are named once', path);
    seen.add(path);
  }
  return groups;
}

/** Bytes of all weights. */
export function totalBytes(groups: readonly WeightGroup[]): number {
  return groups.reduce((sum, { byteLength }) => sum + byteLength, 0);
}

function readGroup(file: string, group: JsonObject): WeightGroup {
  const paths = asArray(file, 'paths', field(group, 'paths')).map((path) => checkFilePath(file, path));
  const weights = asArray(file, 'weights', field(group, 'weights')).map((weight) =>
    readEntry(file, asObject(file, 'each weight', weight)),
  );
  return { paths, weights, byteLength: weights.reduce((sum, weight) => sum + byteLengthOf(weight), 0) };
}

function readEntry(file: string, entry: JsonObject): WeightEntry {
  const name = asString(file, 'the name of each weight', field(entry, 'name'));
  const shape = readShape(file, name, field(entry, 'shape'));
  const dtype = field(entry, 'dtype');
  if (typeof dtype !== 'string' || !weightDTypes.includes(dtype)) {
    throw unexpected(file, `the dtype of '${name}' to be one of ${weightDTypes.join(', ')}`, dtype);
  }
  const quantization = readQuantization(file, name, field(entry, 'quantization'));
  const allowed = quantization?.dtype === 'float16' ? ['float32'] : ['float32', 'int32'];
  if (quantization !== null && !allowed.includes(dtype)) {
    throw unexpected(file, `a ${quantization.dtype} weight '${name}' to stand for ${allowed.join(' or ')}`, dtype);
  }
  return { name, shape, dtype: dtype as WeightDType, quantization };
}

function readShape(file: string, name: string, value: unknown): Shape {
  const shape = asArray(file, `the shape of '${name}'`, value);
  const isSize = (size: unknown): size is number => Number.isSafeInteger(size) && (size as number) >= 0;
  if (shape.length <= maxRank && shape.every(isSize) && sizeOf(shape) <= maxElements) return [...shape];
  throw new ModelFormatError(file, {
    expected: `the shape of '${name}' to be integers of 0 or more, with at most ${maxElements} elements`,
    received: formatValue(shape),
    remedy: 'The file is damaged or hostile.',
  });
}

function readQuantization(file: string, name: string, value: unknown): Quantization | null {
  if (value === undefined || value === null) return null;
  const quantization = asObject(file, `the quantization of '${name}'`, value);
  const dtype = field(quantization, 'dtype');
  if (dtype === 'float16') return { dtype };
  const scale = field(quantization, 'scale');
  const min = field(quantization, 'min');
  if (dtype !== 'uint8' && dtype !== 'uint16') {
    throw unexpected(file, `'${name}' to be quantized as uint8, uint16 or float16`, dtype);
  }
  if (!isFiniteNumber(scale) || !isFiniteNumber(min)) {
    throw unexpected(file, `'${name}' to have a finite scale and min`, isFiniteNumber(scale) ? min : scale);
  }
  return { dtype, scale, min };
}

function isFiniteNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

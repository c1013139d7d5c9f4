import {
  checkNumberOption,
  drawSeed,
  fillNormal,
  formatShape,
  type Shape,
  ShapeError,
  sizeOf,
  tensor,
} from '../../tensor/index.js';
import { checkSeed } from '../options.js';
import { defineInitializer, floatingOnly, type Initializer } from './initializer.js';
import type { SeedConfig } from './random.js';

/** Options of `orthogonal`. */
export interface OrthogonalConfig extends SeedConfig {
  /** What to multiply with. @defaultValue `1` */
  readonly gain?: number;
}

/**
 * A random orthogonal matrix (Saxe et al., 2014). All axes but the last count as rows; the shorter of rows and columns
 * are orthonormal.
 * @throws {ArgumentError}
 */
export function orthogonal(config: OrthogonalConfig = {}): Initializer {
  const gain = checkNumberOption('Orthogonal', 'gain', config.gain ?? 1);
  const seed = checkSeed('Orthogonal', config.seed);
  return defineInitializer('Orthogonal', { gain, seed }, (shape, dtype) => {
    const [rows, columns] = matrixShape(shape);
    const length = Math.max(rows, columns);
    const count = Math.min(rows, columns);
    const vectors = orthonormalVectors(count, length, seed);
    const values = new Float64Array(rows * columns);
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const [vector, element] = rows >= columns ? [column, row] : [row, column];
        values[row * columns + column] = gain * ((vectors[vector] as Float64Array)[element] as number);
      }
    }
    return tensor(values, { shape, dtype: floatingOnly('Orthogonal', dtype) });
  });
}

/** @throws {ShapeError} for vectors and scalars, which are no matrices. */
function matrixShape(shape: Shape): readonly [rows: number, columns: number] {
  if (shape.length >= 2) return [sizeOf(shape.slice(0, -1)), shape.at(-1) as number];
  throw new ShapeError({
    operation: 'Orthogonal',
    expected: 'a weight of rank 2 or more',
    received: formatShape(shape),
    remedy: 'Use another initialiser for vectors.',
  });
}

/**
 * Gram and Schmidt's process on normal vectors, which favours no direction. Each vector is cleaned twice: once leaves a
 * rest where it nearly lay in the space of those before ("twice is enough", Giraud et al., 2005).
 */
function orthonormalVectors(count: number, length: number, ownSeed: number | null): readonly Float64Array[] {
  const { seed, stream } = drawSeed(ownSeed);
  const numbers = new Float64Array(count * length);
  fillNormal(numbers, seed, stream, 0);
  const vectors: Float64Array[] = [];
  for (let i = 0; i < count; i++) {
    const vector = numbers.subarray(i * length, (i + 1) * length);
    for (let pass = 0; pass < 2; pass++) {
      for (const other of vectors) addMultiple(vector, other, -dot(vector, other));
    }
    const norm = Math.sqrt(dot(vector, vector));
    for (let k = 0; k < length; k++) vector[k] = (vector[k] as number) / norm;
    vectors.push(vector);
  }
  return vectors;
}

function dot(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let i = 0; i < a.length; i++) total += (a[i] as number) * (b[i] as number);
  return total;
}

function addMultiple(a: Float64Array, b: Float64Array, factor: number): void {
  for (let i = 0; i < a.length; i++) a[i] = (a[i] as number) + factor * (b[i] as number);
}

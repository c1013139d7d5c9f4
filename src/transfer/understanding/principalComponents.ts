import { fillNormal } from '../../tensor/index.js';
import { symmetricEigen } from './symmetricEigen.js';

/** Where points lie along the directions in which they differ most. */
export interface PrincipalComponents {
  /** `[count, 2]`, row by row. */
  readonly coordinates: Float64Array;
  /** Fraction of the variance along each direction; 0 if all points are the same. */
  readonly explained: readonly [first: number, second: number];
}

/** Directions that are looked for together: the more, the sooner the first two are found. */
const block = 8;
const maxSteps = 500;
/** A direction is found when the covariance maps it to itself but for this part of its largest eigenvalue. */
const tolerance = 1e-10;

/**
 * Principal components in two dimensions: `(x - mean) v`, where `v` are the two eigenvectors of the covariance with the
 * largest eigenvalues. They are found by subspace iteration from directions that are always the same, so that the same
 * points give the same numbers. The largest component of a direction is positive, as in scikit-learn. Directions in which
 * points do not differ at all give 0.
 *
 * Shape: `[count, width] -> [count, 2]`.
 * @param points row by row
 */
export function principalComponents(points: ArrayLike<number>, width: number): PrincipalComponents {
  const centred = centre(points, width);
  const variance = centred.reduce((sum, value) => sum + value * value, 0);
  const { vectors, values } = mainDirections(centred, width);
  const along = vectors.map((vector) => project(centred, width, withSign(vector)));
  const coordinates = Float64Array.from({ length: 2 * (points.length / width) }, (_, i) => along[i % 2]?.[i >> 1] ?? 0);
  const part = (value = 0): number => (variance === 0 ? 0 : Math.max(0, value) / variance);
  return { coordinates, explained: [part(values[0]), part(values[1])] };
}

interface Directions {
  readonly vectors: readonly Float64Array[];
  readonly values: readonly number[];
}

/** At most two eigenvectors of `X^T X`, with the largest eigenvalues. */
function mainDirections(points: Float64Array, width: number): Directions {
  const start = Array.from({ length: Math.min(block, width) }, (_, i) => {
    const vector = new Float64Array(width);
    fillNormal(vector, 0, i, 0);
    return vector;
  });
  let basis = orthonormal(start);
  for (let step = 1; ; step++) {
    const mapped = basis.map((vector) => scatterTimes(points, width, vector));
    // What the matrix does within the space of the basis.
    const { values, vectors } = symmetricEigen(basis.map((a) => mapped.map((b) => dot(a, b))));
    const within = (list: readonly Float64Array[]) => vectors.map((weights) => combine(list, weights));
    const [found, images] = [within(basis).slice(0, 2), within(mapped)];
    const largest = values[0] as number;
    const isFound = (vector: Float64Array, i: number): boolean => {
      const rest = (images[i] as Float64Array).map((value, k) => value - (values[i] as number) * (vector[k] as number));
      return Math.sqrt(dot(rest, rest)) <= tolerance * largest;
    };
    if (step === maxSteps || found.every(isFound)) return { vectors: found, values: values.slice(0, 2) };
    basis = orthonormal(images);
  }
}

function centre(points: ArrayLike<number>, width: number): Float64Array {
  const count = points.length / width;
  const mean = new Float64Array(width);
  for (let i = 0; i < points.length; i++) mean[i % width] = (mean[i % width] as number) + (points[i] as number) / count;
  return Float64Array.from(points, (value, i) => value - (mean[i % width] as number));
}

/** `X^T X v`: the covariance times a vector, but for a factor. It is never written down. */
function scatterTimes(points: Float64Array, width: number, vector: Float64Array): Float64Array {
  const result = new Float64Array(width);
  project(points, width, vector).forEach((along, i) => {
    for (let k = 0; k < width; k++) result[k] = (result[k] as number) + along * (points[i * width + k] as number);
  });
  return result;
}

/** How far each point lies along a direction. */
function project(points: Float64Array, width: number, direction: Float64Array): Float64Array {
  return Float64Array.from({ length: points.length / width }, (_, i) => {
    let total = 0;
    for (let k = 0; k < width; k++) total += (points[i * width + k] as number) * (direction[k] as number);
    return total;
  });
}

/** Gram and Schmidt's process, twice over each vector so that rounding does no harm; zeros for what depends on others. */
function orthonormal(vectors: readonly Float64Array[]): readonly Float64Array[] {
  const result: Float64Array[] = [];
  for (const vector of vectors) {
    const before = Math.sqrt(dot(vector, vector));
    let rest = vector;
    for (const other of [...result, ...result]) {
      const along = dot(rest, other);
      rest = rest.map((value, k) => value - along * (other[k] as number));
    }
    const length = Math.sqrt(dot(rest, rest));
    result.push(length > before * 1e-12 ? rest.map((value) => value / length) : new Float64Array(vector.length));
  }
  return result;
}

function combine(vectors: readonly Float64Array[], weights: readonly number[]): Float64Array {
  const result = new Float64Array(vectors[0]?.length ?? 0);
  for (const [i, vector] of vectors.entries()) {
    for (const [k, value] of vector.entries()) result[k] = (result[k] as number) + (weights[i] as number) * value;
  }
  return result;
}

function withSign(direction: Float64Array): Float64Array {
  const largest = direction.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0);
  return largest < 0 ? direction.map((value) => -value) : direction;
}

function dot(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let k = 0; k < a.length; k++) total += (a[k] as number) * (b[k] as number);
  return total;
}

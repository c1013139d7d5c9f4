import type { ResizeParams } from './primitives.js';

// TensorFlow computes source coordinates in float32, and at the edge between two pixels the rounding decides which one
// is nearest. Hence `Math.fround` after every operation.

/** Source steps per output step, along one axis. */
function scaleOf(inputSize: number, outputSize: number, alignCorners: boolean): number {
  return Math.fround(alignCorners && outputSize > 1 ? (inputSize - 1) / (outputSize - 1) : inputSize / outputSize);
}

/** The two source rows (or columns) that an output row lies between, and how far it is from the first to the second. */
export interface LinearSamples {
  readonly lower: Int32Array;
  readonly upper: Int32Array;
  readonly weight: Float32Array;
}

/** Bilinear sampling along one axis, as TensorFlow's `ResizeBilinear`. */
export function linearSamples(
  inputSize: number,
  outputSize: number,
  { alignCorners, halfPixelCenters }: ResizeParams,
): LinearSamples {
  const scale = scaleOf(inputSize, outputSize, alignCorners);
  const samples = {
    lower: new Int32Array(outputSize),
    upper: new Int32Array(outputSize),
    weight: new Float32Array(outputSize),
  };
  for (let i = 0; i < outputSize; i++) {
    const source = halfPixelCenters ? Math.fround(Math.fround((i + 0.5) * scale) - 0.5) : Math.fround(i * scale);
    const floor = Math.floor(source);
    samples.lower[i] = Math.max(floor, 0);
    samples.upper[i] = Math.min(Math.ceil(source), inputSize - 1);
    samples.weight[i] = source - floor;
  }
  return samples;
}

/** The source row (or column) of each output row, as TensorFlow's `ResizeNearestNeighbor`. */
export function nearestSamples(
  inputSize: number,
  outputSize: number,
  { alignCorners, halfPixelCenters }: ResizeParams,
): Int32Array {
  const scale = scaleOf(inputSize, outputSize, alignCorners);
  return Int32Array.from({ length: outputSize }, (_, i) => {
    const source = Math.fround((halfPixelCenters ? i + 0.5 : i) * scale);
    return Math.min(alignCorners ? Math.round(source) : Math.floor(source), inputSize - 1);
  });
}

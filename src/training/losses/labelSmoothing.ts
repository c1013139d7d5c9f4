import { add, checkNumberOption, mul, type Tensor } from '../../tensor/index.js';

/** Labels moved towards all classes being equally likely: `y (1 - smoothing) + smoothing / classes`. */
export function smoothLabels(yTrue: Tensor, smoothing: number, classes: number): Tensor {
  return smoothing === 0 ? yTrue : add(mul(yTrue, 1 - smoothing), smoothing / classes);
}

/** @throws {ArgumentError} unless `value` is in `[0, 1]`. */
export function checkSmoothing(operation: string, value: unknown): number {
  return checkNumberOption(operation, 'labelSmoothing', value, { min: 0, max: 1 });
}

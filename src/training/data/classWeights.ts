import { ArgumentError, floatx, formatValue, type Tensor, tensor } from '../../tensor/index.js';

/** How much the samples of each class count, by label. @defaultValue 1 for a class that is not named */
export type ClassWeight = Readonly<Record<number, number>>;

/**
 * A weight for each sample, taken from its class: the label, or the position of the largest number in a one-hot row.
 * Shape: `[n]`, `[n, 1]` or `[n, …, classes] -> [n]` or `[n, …]`.
 */
export async function sampleWeightsOf(y: Tensor, classWeight: ClassWeight): Promise<Tensor> {
  const numbers = await y.data();
  const width = y.rank > 1 ? (y.shape[y.rank - 1] as number) : 1;
  const weights = new Float64Array(y.size / width);
  for (let i = 0; i < weights.length; i++) {
    const row = numbers.subarray(i * width, (i + 1) * width);
    const label = width > 1 ? row.indexOf(Math.max(...row)) : Math.round(row[0] as number);
    weights[i] = classWeight[label] ?? 1;
  }
  return tensor(weights, { shape: y.rank > 1 ? y.shape.slice(0, -1) : y.shape, dtype: floatx() });
}

/** @throws {ArgumentError} unless keys are labels and values are finite and not negative. */
export function checkClassWeight(operation: string, classWeight: ClassWeight): void {
  for (const [key, weight] of Object.entries(classWeight)) {
    const label = Number(key);
    if (Number.isInteger(label) && label >= 0 && Number.isFinite(weight) && weight >= 0) continue;
    throw new ArgumentError({
      operation,
      expected: 'classWeight to map labels, counted from 0, to finite weights that are not negative',
      received: `${formatValue(weight)} for ${formatValue(key)}`,
      remedy: 'For example { 0: 1, 1: 5 } makes each sample of class 1 count five times.',
    });
  }
}

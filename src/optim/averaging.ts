import { add, cast, checkBooleanOption, checkNumberOption, mul, notEqual, sub, type Tensor } from '../tensor/index.js';

/** A running average of the weights themselves, which often generalises better than the last ones. */
export interface AveragingOptions {
  /** Keep an exponential moving average of every weight. @defaultValue `false` */
  readonly useEma?: boolean;
  /** How slowly the average forgets, in `[0, 1]`. @defaultValue `0.99` */
  readonly emaMomentum?: number;
  /** Replace the weights by the average every so many updates; `null` for never. @defaultValue `null` */
  readonly emaOverwriteFrequency?: number | null;
}

/** Averaging options, complete and checked. */
export interface Averaging {
  readonly useEma: boolean;
  readonly emaMomentum: number;
  readonly emaOverwriteFrequency: number | null;
}

/** @throws {ArgumentError} if an option is outside its range. */
export function checkAveraging(operation: string, options: AveragingOptions): Averaging {
  const frequency = options.emaOverwriteFrequency ?? null;
  return {
    useEma: checkBooleanOption(operation, 'useEma', options.useEma ?? false),
    emaMomentum: checkNumberOption(operation, 'emaMomentum', options.emaMomentum ?? 0.99, { min: 0, max: 1 }),
    emaOverwriteFrequency:
      frequency === null
        ? null
        : checkNumberOption(operation, 'emaOverwriteFrequency', frequency, { min: 1, integer: true }),
  };
}

/** `momentum * average + (1 - momentum) * weight`; before the first update there is no average yet, only the weight. */
export function averaged(average: Tensor, weight: Tensor, emaMomentum: number, iterations: Tensor): Tensor {
  const momentum = mul(cast(notEqual(iterations, 0), weight.dtype), emaMomentum);
  return add(mul(average, momentum), mul(weight, sub(1, momentum)));
}

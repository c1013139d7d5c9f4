import {
  type Config,
  type Described,
  type DType,
  DTypeError,
  type FloatDType,
  floatx,
  isFloating,
  type Shape,
  type Tensor,
} from '../../tensor/index.js';

/** Makes the first value of a weight. It knows its class and options, so that a file can hold it. */
export interface Initializer extends Described {
  /** @param dtype `floatx()` by default */
  (shape: Shape, dtype?: DType): Tensor;
}

/** An initialiser that fills a shape as `fill` does. */
export function defineInitializer(
  className: string,
  config: Config,
  fill: (shape: Shape, dtype: DType) => Tensor,
): Initializer {
  return Object.assign((shape: Shape, dtype: DType = floatx()) => fill(shape, dtype), { className, config });
}

/** @throws {DTypeError} for integers, which cannot hold random fractions. */
export function floatingOnly(className: string, dtype: DType): FloatDType {
  if (isFloating(dtype)) return dtype;
  throw new DTypeError(className, 'a floating dtype', dtype);
}

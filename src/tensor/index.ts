import './execution/evaluate.js';

export * from './autograd/index.js';
export * from './backends/index.js';
export { type ClassDescription, type Config, type Described, isClassDescription, readDescription } from './config.js';
export { type TensorOptions, tensor } from './create.js';
export {
  allocate,
  bytesPerElement,
  type DType,
  dtypeOf,
  dtypes,
  type FloatDType,
  floatx,
  isFloating,
  isTypedArray,
  setFloatx,
  type TypedArray,
} from './dtype.js';
export * from './errors.js';
export * from './execution/index.js';
export { fromBfloat16, fromFloat16, toFloat16 } from './float16.js';
export { lookupKey, snakeCase } from './naming.js';
export { fromNdarray, toNdarray } from './ndarray.js';
export * from './ops/index.js';
export {
  checkBooleanOption,
  checkChoiceOption,
  checkNumberOption,
  invalidOption,
  type NumberRange,
} from './options.js';
export * from './plan/index.js';
export { fillNormal, hashName, permutation } from './random.js';
export { drawSeed, type Seed, setRandomSeed } from './seed.js';
export { checkAxes, checkAxis, checkShape, type Shape, sameShape, sizeOf } from './shape.js';
export { sameBits } from './storage.js';
export {
  currentOrigin,
  denseCopy,
  evaluate,
  type NestedArray,
  type StridedView,
  Tensor,
  type TensorData,
  withOrigin,
  wrap,
} from './tensor.js';
export { Variable, type VariableOptions } from './variable.js';

import { floatx, isFloating } from '../dtype.js';
import { DTypeError } from '../errors.js';
import { broadcastShapes } from '../shape.js';
import { Tensor, type TensorData, tensorFrom } from '../tensor.js';
import { apply, type TensorSpec } from './define.js';

/** Anything an operation takes in place of a tensor. A number takes the dtype of the other operand. */
export type TensorLike = Tensor | TensorData;

/** `value` as a tensor; plain numbers become `like`'s dtype, or `floatx()`. */
export function asTensor(value: TensorLike, like?: Tensor): Tensor {
  if (value instanceof Tensor) return value;
  return tensorFrom(value, undefined, like?.dtype ?? floatx());
}

/** Both operands as tensors of one dtype. */
export function asTensors(a: TensorLike, b: TensorLike): readonly [Tensor, Tensor] {
  if (a instanceof Tensor) return [a, asTensor(b, a)];
  const right = asTensor(b);
  return [asTensor(a, right), right];
}

/** @throws {DTypeError} if the inputs do not all have the dtype of the first. */
export function checkSameDType(operation: string, inputs: readonly Tensor[]): void {
  const [first] = inputs as readonly [Tensor];
  for (const input of inputs) {
    if (input.dtype !== first.dtype) throw new DTypeError(operation, first.dtype, input.dtype);
  }
}

/** @throws {DTypeError} unless `x` is floating. */
export function checkFloating(operation: string, x: Tensor): void {
  if (!isFloating(x.dtype)) throw new DTypeError(operation, 'a floating dtype', x.dtype);
}

/** Shape rule of an operation on matching elements of two tensors. */
export function binarySpec(name: string, inputs: readonly Tensor[]): TensorSpec {
  const [a, b] = inputs as readonly [Tensor, Tensor];
  checkSameDType(name, inputs);
  return { shape: broadcastShapes(name, a.shape, b.shape), dtype: a.dtype };
}

/** @throws {DTypeError} if `x` is `bool`: a truth value is not a number. */
export function checkNumber(operation: string, x: Tensor): void {
  if (x.dtype === 'bool') throw new DTypeError(operation, 'a dtype of numbers', x.dtype);
}

/** Shape rule of arithmetic. */
export function arithmeticSpec(name: string, inputs: readonly Tensor[]): TensorSpec {
  const spec = binarySpec(name, inputs);
  checkNumber(name, inputs[0] as Tensor);
  return spec;
}

/** Shape rule of a comparison. */
export function comparisonSpec(name: string, inputs: readonly Tensor[]): TensorSpec {
  return { shape: binarySpec(name, inputs).shape, dtype: 'bool' };
}

/** Shape rule of a smooth function of one floating tensor. */
export function floatingSpec(name: string, inputs: readonly Tensor[]): TensorSpec {
  const [x] = inputs as readonly [Tensor];
  checkFloating(name, x);
  return { shape: x.shape, dtype: x.dtype };
}

/** Sums a gradient over the dimensions along which its operand was broadcast. */
export function unbroadcast(dy: Tensor, target: Tensor): Tensor {
  const extra = dy.rank - target.rank;
  const axes = dy.shape.flatMap((size, axis) =>
    axis < extra || (target.shape[axis - extra] === 1 && size !== 1) ? [axis] : [],
  );
  if (axes.length === 0) return dy;
  const summed = apply('sum', [dy], { axes, keepDims: false });
  return summed.rank === target.rank ? summed : apply('reshape', [summed], { shape: target.shape });
}

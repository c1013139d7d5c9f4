import {
  abs,
  add,
  cast,
  div,
  equal,
  floatx,
  greater,
  greaterEqual,
  isFloating,
  less,
  lessEqual,
  logicalAnd,
  logicalNot,
  logicalOr,
  maximum,
  minimum,
  mul,
  neg,
  notEqual,
  pow,
  sub,
  Tensor,
  type TensorLike,
  where,
} from '../../tensor/index.js';
import type { Given, OperationRecord } from './operation.js';

type Binary = (a: TensorLike, b: TensorLike) => Tensor;

/** An operation on matching elements of two tensors, or of a tensor and a number. */
function binary(name: string, compute: Binary): OperationRecord {
  return { name, arguments: ['x1', 'x2'], compute: (given) => compute(...promoted(given)) };
}

/** Both operands in one dtype: floats are stronger than integers, integers than truth values. */
function promoted(given: Given): readonly [TensorLike, TensorLike] {
  const [a, b] = [given.operand('x1'), given.operand('x2')];
  const strength = (x: TensorLike): number => {
    if (!(x instanceof Tensor)) return Number.isInteger(x) ? 1 : 3;
    return isFloating(x.dtype) ? 4 : x.dtype === 'bool' ? 0 : 2;
  };
  const lift = (x: TensorLike, y: TensorLike): TensorLike => {
    if (!(x instanceof Tensor) || strength(x) >= strength(y)) return x;
    return cast(x, y instanceof Tensor ? y.dtype : strength(y) === 3 ? floatx() : 'int32');
  };
  return [lift(a, b), lift(b, a)];
}

function asFloat(x: TensorLike): TensorLike {
  return x instanceof Tensor && !isFloating(x.dtype) ? cast(x, floatx()) : x;
}

function asTruth(x: TensorLike): Tensor {
  return x instanceof Tensor ? cast(x, 'bool') : notEqual(x, 0);
}

/** The largest integer that is not larger. Numbers beyond `2^23` are integers already. */
export function floor(x: Tensor): Tensor {
  if (!isFloating(x.dtype)) return x;
  const whole = cast(cast(x, 'int32'), x.dtype);
  const rounded = sub(whole, cast(greater(whole, x), x.dtype));
  return where(less(abs(x), 2 ** 23), rounded, x);
}

const floorDivide: Binary = (a, b) => {
  const quotient = floor(div(asFloat(a), asFloat(b)));
  const whole = [a, b].every((x) => (x instanceof Tensor ? !isFloating(x.dtype) : Number.isInteger(x)));
  return whole ? cast(quotient, 'int32') : quotient;
};

/** What two tensors, or a tensor and a number, make: what `x + y` and the like are in a file. */
export const arithmetic: readonly OperationRecord[] = [
  binary('Add', add),
  binary('Subtract', sub),
  binary('Multiply', mul),
  binary('Divide', (a, b) => div(asFloat(a), asFloat(b))),
  binary('TrueDivide', (a, b) => div(asFloat(a), asFloat(b))),
  binary('FloorDivide', floorDivide),
  // As in Python the result has the sign of the divisor.
  binary('Mod', (a, b) => sub(a, mul(floorDivide(a, b), b))),
  binary('Power', pow),
  binary('Maximum', maximum),
  binary('Minimum', minimum),
  binary('Greater', greater),
  binary('GreaterEqual', greaterEqual),
  binary('Less', less),
  binary('LessEqual', lessEqual),
  binary('Equal', equal),
  binary('NotEqual', notEqual),
  binary('LogicalAnd', (a, b) => logicalAnd(asTruth(a), asTruth(b))),
  binary('LogicalOr', (a, b) => logicalOr(asTruth(a), asTruth(b))),
  { name: 'LogicalNot', arguments: ['x'], compute: (given) => logicalNot(asTruth(given.operand('x'))) },
  { name: 'Negative', arguments: ['x'], compute: (given) => neg(given.tensor('x')) },
  {
    name: 'Where',
    arguments: ['condition', 'x1', 'x2'],
    compute: (given) => where(asTruth(given.operand('condition')), ...promoted(given)),
  },
];

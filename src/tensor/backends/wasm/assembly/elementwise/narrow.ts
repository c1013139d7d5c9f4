import { bool8, uint8 } from '../dtypes';
import { Operation } from '../generated/operations';
import { Erf } from '../math/erf';
import { Exp } from '../math/exp';
import { Log, Log1p } from '../math/log';
import { Pow } from '../math/pow';
import { Sigmoid } from '../math/sigmoid';
import { Tanh } from '../math/tanh';
import {
  Abs,
  Add,
  Div,
  DivInt,
  Maximum,
  MaximumInt,
  Minimum,
  MinimumInt,
  Mul,
  Neg,
  PowInt,
  Relu,
  ReluGradient,
  Sqrt,
  Sub,
} from './arithmetic';
import {
  Copy,
  FloatToByte,
  FloatToInt,
  FloatToTruth,
  IntToFloat,
  IntToTruth,
  TruthToFloat,
  TruthToInt,
  WrapByte,
} from './conversions';
import { Bytes, storeBytes, Truths, Words } from './elements';
import { Equal, Less, LessEqual, LogicalAnd, LogicalNot, LogicalOr, NotEqual, Where } from './logic';
import { binary, binaryLanes, ternary, unary } from './loops';
import { fill, spread } from './spread';

/** Registers of 32-bit lanes: float32 and int32 as such, uint8 as an int32, bool as a mask. */
@unmanaged
export class Narrow {
  /** Bytes of a lane. */
  @inline
  lane(): usize {
    return 4;
  }

  /** Whether arrays of `dtype` are in memory as they are in a register. */
  @inline
  direct(dtype: i32): bool {
    return dtype != uint8 && dtype != bool8;
  }

  /** A constant, whose bits come in two words. */
  splat(to: usize, low: usize, _high: usize, bytes: usize): void {
    fill(to, i32x4.splat(<i32>low), bytes);
  }

  /** A tile of an operand, as its walk says. */
  read(to: usize, dtype: i32, from: usize, walk: usize, start: i32, count: i32): void {
    if (dtype == uint8) spread<Bytes>(to, from, walk, start, count);
    else if (dtype == bool8) spread<Truths>(to, from, walk, start, count);
    else spread<Words>(to, from, walk, start, count);
  }

  /** A tile of a result, and nothing behind it. */
  write(dtype: i32, to: usize, from: usize, start: i32, count: i32): void {
    if (dtype == uint8) storeBytes(to + start, from, 255, count);
    else if (dtype == bool8) storeBytes(to + start, from, 1, count);
    else memory.copy(to + (<usize>start << 2), from, <usize>count << 2);
  }

  compute(operation: i32, to: usize, a: usize, b: usize, c: usize, bytes: usize): void {
    switch (operation) {
      case Operation.copy: return unary<Copy>(to, a, bytes);

      case Operation.add: return binary<Add<f32>>(to, a, b, bytes);
      case Operation.sub: return binary<Sub<f32>>(to, a, b, bytes);
      case Operation.mul: return binary<Mul<f32>>(to, a, b, bytes);
      case Operation.div: return binary<Div<f32>>(to, a, b, bytes);
      case Operation.pow: return binary<Pow>(to, a, b, bytes);
      case Operation.maximum: return binary<Maximum<f32>>(to, a, b, bytes);
      case Operation.minimum: return binary<Minimum<f32>>(to, a, b, bytes);
      case Operation.neg: return unary<Neg<f32>>(to, a, bytes);
      case Operation.abs: return unary<Abs<f32>>(to, a, bytes);

      case Operation.addInt: return binary<Add<i32>>(to, a, b, bytes);
      case Operation.subInt: return binary<Sub<i32>>(to, a, b, bytes);
      case Operation.mulInt: return binary<Mul<i32>>(to, a, b, bytes);
      case Operation.divInt: return binaryLanes<DivInt, i32>(to, a, b, bytes);
      case Operation.powInt: return binaryLanes<PowInt, i32>(to, a, b, bytes);
      case Operation.maximumInt: return binary<MaximumInt>(to, a, b, bytes);
      case Operation.minimumInt: return binary<MinimumInt>(to, a, b, bytes);
      case Operation.negInt: return unary<Neg<i32>>(to, a, bytes);
      case Operation.absInt: return unary<Abs<i32>>(to, a, bytes);

      case Operation.exp: return unary<Exp>(to, a, bytes);
      case Operation.log: return unary<Log>(to, a, bytes);
      case Operation.log1p: return unary<Log1p>(to, a, bytes);
      case Operation.sqrt: return unary<Sqrt<f32>>(to, a, bytes);
      case Operation.tanh: return unary<Tanh>(to, a, bytes);
      case Operation.sigmoid: return unary<Sigmoid>(to, a, bytes);
      case Operation.erf: return unary<Erf>(to, a, bytes);
      case Operation.relu: return binary<Relu<f32>>(to, a, b, bytes);
      case Operation.reluGradient: return ternary<ReluGradient<f32>>(to, a, b, c, bytes);

      case Operation.equal: return binary<Equal<f32>>(to, a, b, bytes);
      case Operation.notEqual: return binary<NotEqual<f32>>(to, a, b, bytes);
      case Operation.less: return binary<Less<f32>>(to, a, b, bytes);
      case Operation.lessEqual: return binary<LessEqual<f32>>(to, a, b, bytes);
      case Operation.equalInt: return binary<Equal<i32>>(to, a, b, bytes);
      case Operation.notEqualInt: return binary<NotEqual<i32>>(to, a, b, bytes);
      case Operation.lessInt: return binary<Less<i32>>(to, a, b, bytes);
      case Operation.lessEqualInt: return binary<LessEqual<i32>>(to, a, b, bytes);
      case Operation.logicalAnd: return binary<LogicalAnd>(to, a, b, bytes);
      case Operation.logicalOr: return binary<LogicalOr>(to, a, b, bytes);
      case Operation.logicalNot: return unary<LogicalNot>(to, a, bytes);
      case Operation.where: return ternary<Where>(to, a, b, c, bytes);

      case Operation.floatToInt: return unary<FloatToInt>(to, a, bytes);
      case Operation.floatToByte: return unary<FloatToByte>(to, a, bytes);
      case Operation.floatToTruth: return unary<FloatToTruth>(to, a, bytes);
      case Operation.intToFloat: return unary<IntToFloat>(to, a, bytes);
      case Operation.intToTruth: return unary<IntToTruth>(to, a, bytes);
      case Operation.truthToFloat: return unary<TruthToFloat>(to, a, bytes);
      case Operation.truthToInt: return unary<TruthToInt>(to, a, bytes);
      case Operation.wrapByte: return unary<WrapByte>(to, a, bytes);
      default: unreachable();
    }
  }
}

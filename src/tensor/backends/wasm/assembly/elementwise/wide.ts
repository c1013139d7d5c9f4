import { bool8, float32, float64, int32, uint8 } from '../dtypes';
import { Operation } from '../generated/operations';
import {
  DoubleErf,
  DoubleExp,
  DoubleLog,
  DoubleLog1p,
  DoublePow,
  DoubleSigmoid,
  DoubleTanh,
} from '../math/double';
import { Abs, Add, Div, Maximum, Minimum, Mul, Neg, Relu, ReluGradient, Sqrt, Sub } from './arithmetic';
import { Copy } from './conversions';
import { Equal, Less, LessEqual, NotEqual, Where } from './logic';
import { binary, binaryLanes, ternary, unary, unaryLanes } from './loops';
import { fill, spread } from './spread';

/** Registers of 64-bit lanes: every number as a double, bool as a mask. For steps that float64 has a part in. */
@unmanaged
export class Wide {
  @inline
  lane(): usize {
    return 8;
  }

  @inline
  direct(dtype: i32): bool {
    return dtype == float64;
  }

  splat(to: usize, low: usize, high: usize, bytes: usize): void {
    fill(to, i64x2.splat((<i64>high << 32) | <i64>low), bytes);
  }

  read(to: usize, dtype: i32, from: usize, walk: usize, start: i32, count: i32): void {
    if (dtype == float32) spread<Doubles<f32>>(to, from, walk, start, count);
    else if (dtype == float64) spread<Doubles<f64>>(to, from, walk, start, count);
    else if (dtype == int32) spread<Doubles<i32>>(to, from, walk, start, count);
    else if (dtype == uint8) spread<Doubles<u8>>(to, from, walk, start, count);
    else spread<WideTruths>(to, from, walk, start, count);
  }

  write(dtype: i32, to: usize, from: usize, start: i32, count: i32): void {
    if (dtype == float32) storeAs<f32>(to, from, start, count);
    else if (dtype == float64) storeAs<f64>(to, from, start, count);
    else if (dtype == int32) storeAs<i32>(to, from, start, count);
    else if (dtype == uint8) storeAs<u8>(to, from, start, count);
    else for (let i = 0; i < count; i++) store<u8>(to + start + i, load<u8>(from + (<usize>i << 3)) & 1);
  }

  compute(operation: i32, to: usize, a: usize, b: usize, c: usize, bytes: usize): void {
    switch (operation) {
      case Operation.copy: return unary<Copy>(to, a, bytes);

      case Operation.add: return binary<Add<f64>>(to, a, b, bytes);
      case Operation.sub: return binary<Sub<f64>>(to, a, b, bytes);
      case Operation.mul: return binary<Mul<f64>>(to, a, b, bytes);
      case Operation.div: return binary<Div<f64>>(to, a, b, bytes);
      case Operation.pow: return binaryLanes<DoublePow, f64>(to, a, b, bytes);
      case Operation.maximum: return binary<Maximum<f64>>(to, a, b, bytes);
      case Operation.minimum: return binary<Minimum<f64>>(to, a, b, bytes);
      case Operation.neg: return unary<Neg<f64>>(to, a, bytes);
      case Operation.abs: return unary<Abs<f64>>(to, a, bytes);

      case Operation.exp: return unaryLanes<DoubleExp, f64>(to, a, bytes);
      case Operation.log: return unaryLanes<DoubleLog, f64>(to, a, bytes);
      case Operation.log1p: return unaryLanes<DoubleLog1p, f64>(to, a, bytes);
      case Operation.sqrt: return unary<Sqrt<f64>>(to, a, bytes);
      case Operation.tanh: return unaryLanes<DoubleTanh, f64>(to, a, bytes);
      case Operation.sigmoid: return unaryLanes<DoubleSigmoid, f64>(to, a, bytes);
      case Operation.erf: return unaryLanes<DoubleErf, f64>(to, a, bytes);
      case Operation.relu: return binary<Relu<f64>>(to, a, b, bytes);
      case Operation.reluGradient: return ternary<ReluGradient<f64>>(to, a, b, c, bytes);

      case Operation.equal: return binary<Equal<f64>>(to, a, b, bytes);
      case Operation.notEqual: return binary<NotEqual<f64>>(to, a, b, bytes);
      case Operation.less: return binary<Less<f64>>(to, a, b, bytes);
      case Operation.lessEqual: return binary<LessEqual<f64>>(to, a, b, bytes);
      case Operation.where: return ternary<Where>(to, a, b, c, bytes);

      case Operation.floatToInt: return unary<ToInt>(to, a, bytes);
      case Operation.floatToByte: return unary<ToByte>(to, a, bytes);
      case Operation.floatToTruth: return unary<ToTruth>(to, a, bytes);
      case Operation.truthToFloat: return unary<FromTruth>(to, a, bytes);
      case Operation.roundFloat: return unaryLanes<RoundFloat, f64>(to, a, bytes);
      default: unreachable();
    }
  }
}

/** Numbers of any kind as doubles. */
@unmanaged
class Doubles<T> {
  @inline
  stored(): usize {
    return sizeof<T>();
  }

  @inline
  held(): usize {
    return 8;
  }

  copy(to: usize, from: usize, step: i32, count: i32): void {
    const end = to + (<usize>count << 3);
    for (; to < end; to += 8, from += <usize>step * sizeof<T>()) store<f64>(to, <f64>load<T>(from));
  }
}

@unmanaged
class WideTruths {
  @inline
  stored(): usize {
    return 1;
  }

  @inline
  held(): usize {
    return 8;
  }

  copy(to: usize, from: usize, step: i32, count: i32): void {
    const end = to + (<usize>count << 3);
    for (; to < end; to += 8, from += <usize>step) store<i64>(to, 0 - <i64>load<u8>(from));
  }
}

function storeAs<T>(to: usize, from: usize, start: i32, count: i32): void {
  for (let i = start; i < start + count; i++, from += 8) store<T>(to + <usize>i * sizeof<T>(), <T>load<f64>(from));
}

@unmanaged
class ToInt {
  @inline
  apply(x: v128): v128 {
    return f64x2.convert_low_i32x4_s(i32x4.trunc_sat_f64x2_s_zero(x));
  }
}

@unmanaged
class ToByte {
  @inline
  apply(x: v128): v128 {
    return f64x2.convert_low_i32x4_u(i32x4.min_u(i32x4.trunc_sat_f64x2_u_zero(x), i32x4.splat(255)));
  }
}

@unmanaged
class ToTruth {
  @inline
  apply(x: v128): v128 {
    return f64x2.ne(x, f64x2.splat(0));
  }
}

@unmanaged
class FromTruth {
  @inline
  apply(x: v128): v128 {
    return v128.and(x, f64x2.splat(1));
  }
}

@unmanaged
class RoundFloat {
  @inline
  apply(x: f64): f64 {
    return <f64>(<f32>x);
  }
}

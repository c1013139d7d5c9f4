import { errorFunction } from './errorFunction';

// Functions of double precision numbers, one at a time.

@unmanaged
export class DoublePow {
  @inline
  apply(a: f64, b: f64): f64 {
    // 1 to the power of infinity is NaN in JavaScript.
    return abs(a) == 1 && abs(b) == Infinity ? NaN : NativeMath.pow(a, b);
  }
}

@unmanaged
export class DoubleExp {
  @inline
  apply(x: f64): f64 {
    return NativeMath.exp(x);
  }
}

@unmanaged
export class DoubleLog {
  @inline
  apply(x: f64): f64 {
    return NativeMath.log(x);
  }
}

@unmanaged
export class DoubleLog1p {
  @inline
  apply(x: f64): f64 {
    return NativeMath.log1p(x);
  }
}

@unmanaged
export class DoubleTanh {
  @inline
  apply(x: f64): f64 {
    return NativeMath.tanh(x);
  }
}

/** `1 / (1 + e^-x)`, written so that the exponential never overflows. */
@unmanaged
export class DoubleSigmoid {
  @inline
  apply(x: f64): f64 {
    const decay = NativeMath.exp(-abs(x));
    return (x < 0 ? decay : 1) / (1 + decay);
  }
}

@unmanaged
export class DoubleErf {
  @inline
  apply(x: f64): f64 {
    return errorFunction(x);
  }
}

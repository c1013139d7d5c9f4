// Truth values of a tile are masks, all bits or none, as wide as the numbers.

@unmanaged
export class Equal<T> {
  @inline
  apply(a: v128, b: v128): v128 {
    return v128.eq<T>(a, b);
  }
}

@unmanaged
export class NotEqual<T> {
  @inline
  apply(a: v128, b: v128): v128 {
    return v128.ne<T>(a, b);
  }
}

@unmanaged
export class Less<T> {
  @inline
  apply(a: v128, b: v128): v128 {
    return v128.lt<T>(a, b);
  }
}

@unmanaged
export class LessEqual<T> {
  @inline
  apply(a: v128, b: v128): v128 {
    return v128.le<T>(a, b);
  }
}

@unmanaged
export class LogicalAnd {
  @inline
  apply(a: v128, b: v128): v128 {
    return v128.and(a, b);
  }
}

@unmanaged
export class LogicalOr {
  @inline
  apply(a: v128, b: v128): v128 {
    return v128.or(a, b);
  }
}

@unmanaged
export class LogicalNot {
  @inline
  apply(x: v128): v128 {
    return v128.not(x);
  }
}

@unmanaged
export class Where {
  @inline
  apply(condition: v128, a: v128, b: v128): v128 {
    return v128.bitselect(a, b, condition);
  }
}

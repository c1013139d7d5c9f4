/**
 * One dimension of images and the windows over them. Through tap `i`, position `o` of the output sees position
 * `(o * stride + offset + i * dilation) / divisor` of the input, if that is whole and inside.
 *
 * A convolution has divisor 1 and the padding as a negative offset; its input gradient, which looks from the other side,
 * has stride 1, a negative dilation, and the stride of the convolution as divisor. `lowering/windows.ts` writes it.
 */
@unmanaged
export class Axis {
  input: i32;
  output: i32;
  taps: i32;
  stride: i32;
  offset: i32;
  dilation: i32;
  divisor: i32;

  /** Where the position `output` of the other side looks through a tap; -1 if at nothing. */
  seen(output: i32, tap: i32): i32 {
    const at = output * this.stride + this.offset + tap * this.dilation;
    if (at < 0 || at % this.divisor != 0) return -1;
    const position = at / this.divisor;
    return position < this.input ? position : -1;
  }
}

// @ts-ignore: decorator
@inline
/** Rows, as the tail of an instruction holds them. */
export function rowsAt(tail: usize): Axis {
  return changetype<Axis>(tail);
}

// @ts-ignore: decorator
@inline
/** Columns, which follow the rows. */
export function columnsAt(tail: usize): Axis {
  return changetype<Axis>(tail + offsetof<Axis>());
}

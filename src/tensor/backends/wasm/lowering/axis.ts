/**
 * A convolution along one axis, seen from the side it computes: pixel `u` of a grid on the result, which is the pixel
 * `first + apart u` there, sees the pixel `origin + stride u + step i` of the source through the tap `i`, whose weights
 * stand at `firstTap + tapStep i` in the filter.
 */
export interface Axis {
  readonly pixels: number;
  readonly first: number;
  readonly apart: number;
  readonly origin: number;
  readonly stride: number;
  readonly step: number;
  readonly taps: number;
  readonly firstTap: number;
  readonly tapStep: number;
}

/** Sizes of a convolution along one axis. */
export interface ConvolutionAxis {
  /** Pixels of the result: of y forwards, of x backwards. */
  readonly pixels: number;
  readonly taps: number;
  readonly stride: number;
  readonly dilation: number;
  /** Padding before the first pixel of x. */
  readonly padding: number;
}

/** The forward pass: every pixel of y sees all taps. */
export function forwardAxis({ pixels, taps, stride, dilation, padding }: ConvolutionAxis): Axis {
  const everyPixel = { pixels, first: 0, apart: 1, stride };
  return { ...everyPixel, origin: -padding, step: dilation, taps, firstTap: 0, tapStep: 1 };
}

/**
 * The gradient with respect to x: the pixel `p` received the pixel `(p + padding - dilation t) / stride` of dy through the
 * tap `t`, for those `t` for which that is whole. They are the same for all `p` of one remainder modulo the stride, so
 * there is a grid for each remainder, and nothing is multiplied by zeros between the strides.
 */
export function backwardAxes({ pixels, taps, stride, dilation, padding }: ConvolutionAxis): readonly Axis[] {
  const common = greatestCommonDivisor(stride, dilation);
  const between = stride / common;
  return Array.from({ length: Math.min(stride, pixels) }, (_, first) => {
    const all = Array.from({ length: taps }, (_, tap) => tap);
    const seen = all.filter((tap) => (first + padding - dilation * tap) % stride === 0);
    // From the last tap to the first one, so that the pixels of dy come in order.
    const firstTap = seen.at(-1) ?? 0;
    return {
      ...{ pixels: Math.ceil((pixels - first) / stride), first, apart: stride, stride: 1 },
      ...{ origin: (first + padding - dilation * firstTap) / stride, step: dilation / common },
      ...{ taps: seen.length, firstTap, tapStep: -between },
    };
  });
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

import {
  broadcastTo,
  depthwiseConv2d,
  div,
  exp,
  mul,
  reshape,
  square,
  sum,
  type Tensor,
  tensor,
  where,
} from '../../tensor/index.js';

/** How far a blur reaches. */
export interface Blur {
  /** Taps along either axis. */
  readonly size: readonly [columns: number, rows: number];
  /** Standard deviation in pixels along either axis: scalars. */
  readonly sigma: readonly [columns: Tensor, rows: Tensor];
  /** Which taps along an axis count, of `size`. @defaultValue all */
  readonly counts?: Tensor;
}

/** Every channel blurred by a Gaussian; outside is 0. Shape: `[batch, height, width, channels]`, unchanged. */
export function gaussianBlur(x: Tensor, { size: [columns, rows], sigma, counts }: Blur): Tensor {
  const channels = x.shape[3] as number;
  const taps = (size: number, deviation: Tensor): Tensor => {
    const distance = tensor(
      Float64Array.from({ length: size }, (_, i) => i - (size - 1) / 2),
      { dtype: x.dtype },
    );
    const weights = exp(mul(square(div(distance, deviation)), -0.5));
    const counted = counts === undefined ? weights : where(counts, weights, 0);
    return div(counted, sum(counted));
  };
  // As in Keras, a kernel of unequal sides is laid out in the other order of its sides.
  const kernel = mul(reshape(taps(rows, sigma[1]), [rows, 1]), reshape(taps(columns, sigma[0]), [1, columns]));
  const filter = broadcastTo(reshape(kernel, [columns, rows, 1, 1]), [columns, rows, channels, 1]);
  return depthwiseConv2d(x, filter, { padding: 'same' });
}

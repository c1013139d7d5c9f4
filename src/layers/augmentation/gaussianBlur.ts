import {
  abs,
  broadcastTo,
  depthwiseConv2d,
  div,
  exp,
  lessEqual,
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
}

/** Every channel blurred by a Gaussian; outside is 0. Shape: `[batch, height, width, channels]`, unchanged. */
export function gaussianBlur(x: Tensor, { size: [columns, rows], sigma }: Blur): Tensor {
  const channels = x.shape[3] as number;
  // As in Keras, a kernel of unequal sides is laid out in the other order of its sides.
  const kernel = mul(
    reshape(gaussianTaps(rows, sigma[1]), [rows, 1]),
    reshape(gaussianTaps(columns, sigma[0]), [1, columns]),
  );
  const filter = broadcastTo(reshape(kernel, [columns, rows, 1, 1]), [columns, rows, channels, 1]);
  return depthwiseConv2d(x, filter, { padding: 'same' });
}

/** Weights of a Gaussian, which add up to 1; with a `reach`, of the taps that lie no farther from the middle. Shape: `[size]`. */
export function gaussianTaps(size: number, sigma: Tensor, reach?: Tensor): Tensor {
  const places = Float64Array.from({ length: size }, (_, i) => i - (size - 1) / 2);
  const distance = tensor(places, { dtype: sigma.dtype });
  const weights = exp(mul(square(div(distance, sigma)), -0.5));
  const counted = reach === undefined ? weights : where(lessEqual(abs(distance), reach), weights, 0);
  return div(counted, sum(counted));
}

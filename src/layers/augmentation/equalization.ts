import {
  add,
  broadcastTo,
  cast,
  clip,
  div,
  gather,
  greater,
  lessEqual,
  maximum,
  min,
  mul,
  ones,
  reshape,
  scatterAdd,
  slice,
  sub,
  sum,
  type Tensor,
  tensor,
  where,
} from '../../tensor/index.js';
import { rounded } from '../preprocessing/rounded.js';
import { type AugmentationRecord, seeded } from './record.js';
import { runningSums } from './runningSums.js';
import { bytes, rescale } from './valueRange.js';

/**
 * Spreads the shades of each channel so that all are as frequent. Nothing is random; as in Keras, shades are counted over the
 * whole batch, and in inference nothing happens.
 */
export const equalization: AugmentationRecord = {
  className: 'Equalization',
  optional: { valueRange: [0, 255], bins: 256, dataFormat: seeded.dataFormat },
  isRandom: false,
  mixesSamples: true,
  prepare: (options) => {
    const range = options.valueRange();
    const bins = options.number('bins', { min: 2, integer: true });
    return () => ({ pictures: (x) => rescale(equalize(rescale(x, range, bytes), bins), bytes, range) });
  },
};

function equalize(x: Tensor, bins: number): Tensor {
  const channels = x.shape[3] as number;
  // One table for each channel, one after the other.
  const tables = tensor(Int32Array.from({ length: channels }, (_, i) => i * bins));
  const place = (shade: Tensor): Tensor => add(cast(clip(shade, 0, bins - 1), 'int32'), tables);
  const counts = reshape(
    scatterAdd(ones([x.size], x.dtype), reshape(place(mul(x, (bins - 1) / 255)), [x.size]), { size: channels * bins }),
    [channels, bins],
  );
  const total = runningSums(counts);
  const all = slice(total, [0, bins - 1], [-1, 1]);
  const first = min(where(greater(total, 0), total, broadcastTo(all, total.shape)), { axes: [1], keepDims: true });
  const table = rounded(clip(div(mul(sub(total, first), 255), maximum(sub(all, first), 1)), 0, 255));
  const shades = sum(cast(greater(counts, 0), x.dtype), { axes: [1] });
  const equalized = gather(reshape(table, [channels * bins]), place(mul(div(x, 255), bins - 1)));
  return where(lessEqual(shades, 1), x, equalized);
}

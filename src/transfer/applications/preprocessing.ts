/**
 * What becomes of pixels of 0 to 255 before a network sees them. `'tf'`: -1 to 1. `'torch'`: 0 to 1, then mean 0 and
 * deviation 1 by the statistics of ImageNet. `'caffe'`: blue first, then mean 0. `'none'`: nothing.
 */
export type PreprocessingMode = 'tf' | 'caffe' | 'torch' | 'none';

/** `(x - mean) / deviation` for each channel, blue first if `reversed`. */
export interface ChannelScaling {
  readonly reversed: boolean;
  readonly mean: readonly [number, number, number];
  readonly deviation: readonly [number, number, number];
}

const white = 255;

/** The modes as numbers, for pixels of 0 to 255. */
export const channelScalings: Readonly<Record<PreprocessingMode, ChannelScaling>> = {
  none: { reversed: false, mean: [0, 0, 0], deviation: [1, 1, 1] },
  tf: { reversed: false, mean: [127.5, 127.5, 127.5], deviation: [127.5, 127.5, 127.5] },
  torch: {
    reversed: false,
    mean: [0.485 * white, 0.456 * white, 0.406 * white],
    deviation: [0.229 * white, 0.224 * white, 0.225 * white],
  },
  caffe: { reversed: true, mean: [103.939, 116.779, 123.68], deviation: [1, 1, 1] },
};

/** The smallest and the largest number that a mode makes of pixels. */
export function rangeOf(mode: PreprocessingMode): readonly [number, number] {
  const { mean, deviation } = channelScalings[mode];
  const limits = (pixel: number): readonly number[] => mean.map((m, i) => (pixel - m) / (deviation[i] as number));
  return [Math.min(...limits(0)), Math.max(...limits(white))];
}

/** How a model says its pixels are to be prepared; `'none'` if it does not say, or says it in words that are not known. */
export function preprocessingOf(metadata: Readonly<Record<string, unknown>>): PreprocessingMode {
  const modes = Object.keys(channelScalings) as PreprocessingMode[];
  return modes.find((mode) => mode === metadata.preprocessing) ?? 'none';
}

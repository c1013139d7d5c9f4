import { type Layer, layers } from '../../layers/index.js';
import { tensor } from '../../tensor/index.js';
import { channelScalings, type PreprocessingMode } from './preprocessing.js';

/**
 * What a mode does to pixels of 0 to 255, as layers that Keras has too: a rescaling where all channels are treated alike, a
 * normalization where they are not, and a frozen convolution of single pixels where they change places.
 */
export function preprocessingLayers(mode: PreprocessingMode): readonly Layer[] {
  const { reversed, mean, deviation } = channelScalings[mode];
  if (mode === 'none') return [];
  if (reversed) return [channelsInPlaces(mean, deviation)];
  const [m, d] = [mean[0], deviation[0]];
  if (mean.every((value) => value === m) && deviation.every((value) => value === d)) {
    return [layers.rescaling({ scale: 1 / d, offset: -m / d })];
  }
  return [layers.normalization({ mean: [...mean], variance: deviation.map((value) => value ** 2) })];
}

function channelsInPlaces(mean: readonly number[], deviation: readonly number[]): Layer {
  const layer = layers.conv2d({ filters: 3, kernelSize: 1, trainable: false, name: 'preprocessing' });
  layer.build([null, null, null, 3]);
  const kernel = [0, 1, 2].map((from) => deviation.map((d, to) => (from + to === 2 ? 1 / d : 0)));
  const bias = mean.map((m, channel) => -m / (deviation[channel] as number));
  const [kernelVariable, biasVariable] = layer.weights;
  kernelVariable?.assign(tensor([[kernel]]));
  biasVariable?.assign(tensor(bias));
  return layer;
}

import { isPretrained } from '../../io/index.js';
import { type Layer, Model } from '../../layers/index.js';
import type { Advised } from './advised.js';

/** Fewer samples than this say little of what all are like. */
const fewest = 8;

/** Pretrained batch normalisations that take their statistics from a handful of samples. */
export function tinyBatches({ model, batchSize, training: { size } }: Advised): string | null {
  const samples = Math.min(batchSize, size ?? batchSize);
  if (samples >= fewest) return null;
  const adapting = adaptingIn(model);
  if (adapting.length === 0) return null;
  return (
    `${adapting.length} pretrained batch normalisations take new statistics from batches of ${samples}. ` +
    'Train with larger batches, freeze them, or use fineTune, which keeps their statistics.'
  );
}

/** Pretrained layers that would behave in inference mode if they were frozen, and are not. */
function adaptingIn(model: Model): readonly Layer[] {
  return model.layers.flatMap((layer) => {
    const { inboundNodes } = layer;
    if (inboundNodes.length > 0 && inboundNodes.every(({ training }) => training === false)) return [];
    if (layer instanceof Model) return adaptingIn(layer);
    const adapts = layer.inferenceWhenFrozen && layer.trainable && !layer.inferenceMode && layer.mixesSamples;
    return adapts && layer.weights.some(isPretrained) ? [layer] : [];
  });
}

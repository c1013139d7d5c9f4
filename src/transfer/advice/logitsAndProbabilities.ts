import { type Layer, Model } from '../../layers/index.js';
import type { Advised } from './advised.js';

/** A loss that takes logits where the model gives probabilities, or the other way round. */
export function logitsAndProbabilities({ model, compilation: { lossTerms } }: Advised): string | null {
  for (const { output, loss } of lossTerms) {
    const { fromLogits } = loss.getConfig();
    if (typeof fromLogits !== 'boolean') continue;
    const layer = outputLayer(model, output);
    const activation = layer?.getConfig().activation;
    const isProbability = activation === 'sigmoid' || activation === 'softmax';
    if (fromLogits && isProbability) {
      return (
        `'${layer?.name}' gives probabilities (${activation}), but ${loss.className} is told to expect logits. ` +
        "Leave out fromLogits, or give the layer the activation 'linear'."
      );
    }
    if (!fromLogits && activation === 'linear' && layer !== null && layer.weights.length > 0) {
      return (
        `'${layer.name}' has no activation, but ${loss.className} expects probabilities. ` +
        'Say fromLogits: true, or give the layer an activation: softmax, or sigmoid for yes and no.'
      );
    }
  }
  return null;
}

/** The layer that gives an output, inside nested models. */
function outputLayer(model: Model, output: number): Layer | null {
  const symbol = model.outputs[output];
  if (symbol === undefined) return null;
  const { layer } = symbol.node;
  return layer instanceof Model ? outputLayer(layer, symbol.position) : layer;
}

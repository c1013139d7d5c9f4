import { InputLayer, type Layer, type Model } from 'mapache/layers';
import type { EncodedArray } from '../../support/shared-data.js';
import { Drawing, drawSequential } from './drawing.js';
import { drawableClasses } from './draws.js';
import { randomInput } from './numbers.js';
import { Random } from './random.js';

/** A model, and a batch for each of its inputs. */
export interface RandomModel {
  readonly model: Model;
  readonly inputs: readonly EncodedArray[];
}

/**
 * A model drawn at random, the same for the same seed: sequential or functional, with nested and shared layers, several
 * inputs and outputs, and frozen parts. Its layers have random options; the classes take turns, so that among enough
 * models in a row each class occurs.
 */
export function randomModel(seed: number): RandomModel {
  const random = new Random(seed);
  const wanted = drawableClasses[seed % drawableClasses.length] as string;
  const drawing = new Drawing(random);
  const model = random.chance(0.3) ? drawSequential(random, wanted) : drawing.draw(wanted);
  const freezable = new Set(keepsFreezing(model));
  for (const layer of everything(model)) {
    if (random.chance(0.15) && freezable.has(layer)) layer.trainable = false;
  }
  return { model, inputs: model.inputs.map((tensor) => randomInput(random, tensor, drawing.kinds.get(tensor))) };
}

/** The model and every layer inside, but for input layers, which have nothing to train. */
function everything(layer: Layer): readonly Layer[] {
  return layer instanceof InputLayer ? [] : [layer, ...layer.sublayers.flatMap(everything)];
}

/** Layers that Keras makes from options that do not say which of their parts are frozen. */
const makeParts = /^(LSTM|GRU|SimpleRNN|ConvLSTM.D|MultiHeadAttention|GroupQueryAttention)$/;
/** Those among them that tell the parts when they themselves are frozen. */
const freezeParts = /^(LSTM|GRU|SimpleRNN)$/;

/**
 * The layers that are still frozen when Keras makes the model again from its own files: all but the parts of layers that
 * make them from options, those layers where they do not tell their parts, and what holds such a layer. A functional model
 * as a whole tells everything inside once it is made.
 */
function keepsFreezing(model: Model): readonly Layer[] {
  const inside = (layer: Layer): readonly Layer[] => (makeParts.test(layer.className) ? [] : layer.sublayers);
  const forgets = (layer: Layer): boolean =>
    (makeParts.test(layer.className) && !freezeParts.test(layer.className)) || layer.sublayers.some(forgets);
  const below = (layer: Layer): readonly Layer[] =>
    inside(layer).flatMap((part) => (forgets(part) ? below(part) : [part, ...below(part)]));
  return model.className === 'Functional' || !forgets(model) ? [model, ...below(model)] : below(model);
}

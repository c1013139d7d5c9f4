import { type InputConfig, InputLayer } from '../inputLayer.js';
import type { LayerConfig } from '../layer.js';
import { Activation, type ActivationConfig } from './activation.js';
import { Dense, type DenseConfig } from './dense.js';
import { EinsumDense, type EinsumDenseConfig } from './einsumDense.js';
import { Embedding, type EmbeddingConfig } from './embedding.js';
import { Identity } from './identity.js';
import { Masking, type MaskingConfig } from './masking.js';

/** Where data enters a model: the first layer of a sequential one. */
export function inputLayer(config: InputConfig): InputLayer {
  return new InputLayer(config);
}

/** A fully connected layer. */
export function dense(config: DenseConfig): Dense {
  return new Dense(config);
}

/** An activation as a layer of its own. */
export function activation(config: ActivationConfig): Activation {
  return new Activation(config);
}

/** Gives back what it gets. */
export function identity(config: LayerConfig = {}): Identity {
  return new Identity(config);
}

/** A linear layer over any axes. */
export function einsumDense(config: EinsumDenseConfig): EinsumDense {
  return new EinsumDense(config);
}

/** A vector for each integer. */
export function embedding(config: EmbeddingConfig): Embedding {
  return new Embedding(config);
}

/** Steps of sequences that do not count. */
export function masking(config: MaskingConfig = {}): Masking {
  return new Masking(config);
}

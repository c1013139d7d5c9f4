import { BatchNormalization, type BatchNormalizationConfig } from './batchNormalization.js';
import { LayerNormalization, type LayerNormalizationConfig } from './layerNormalization.js';

/** Features brought to mean 0 and variance 1 over the batch. */
export function batchNormalization(config: BatchNormalizationConfig = {}): BatchNormalization {
  return new BatchNormalization(config);
}

/** Samples brought to mean 0 and variance 1. */
export function layerNormalization(config: LayerNormalizationConfig = {}): LayerNormalization {
  return new LayerNormalization(config);
}

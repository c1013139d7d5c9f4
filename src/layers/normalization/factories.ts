import { BatchNormalization, type BatchNormalizationConfig } from './batchNormalization.js';
import { GroupNormalization, type GroupNormalizationConfig } from './groupNormalization.js';
import { LayerNormalization, type LayerNormalizationConfig } from './layerNormalization.js';
import { LayerScale, type LayerScaleConfig } from './layerScale.js';
import { RMSNormalization, type RMSNormalizationConfig } from './rmsNormalization.js';
import { UnitNormalization, type UnitNormalizationConfig } from './unitNormalization.js';

/** Features brought to mean 0 and variance 1 over the batch. */
export function batchNormalization(config: BatchNormalizationConfig = {}): BatchNormalization {
  return new BatchNormalization(config);
}

/** Samples brought to mean 0 and variance 1. */
export function layerNormalization(config: LayerNormalizationConfig = {}): LayerNormalization {
  return new LayerNormalization(config);
}

/** Groups of channels brought to mean 0 and variance 1. */
export function groupNormalization(config: GroupNormalizationConfig = {}): GroupNormalization {
  return new GroupNormalization(config);
}

/** Samples brought to mean square 1. */
export function rmsNormalization(config: RMSNormalizationConfig = {}): RMSNormalization {
  return new RMSNormalization(config);
}

/** Samples brought to length 1. */
export function unitNormalization(config: UnitNormalizationConfig = {}): UnitNormalization {
  return new UnitNormalization(config);
}

/** A learnt factor for each feature. */
export function layerScale(config: LayerScaleConfig): LayerScale {
  return new LayerScale(config);
}

import { activationSpecs } from './layer-specs/activation.js';
import { attentionSpecs } from './layer-specs/attention.js';
import { augmentationSpecs } from './layer-specs/augmentation.js';
import { categorySpecs } from './layer-specs/categories.js';
import { convolutionSpecs } from './layer-specs/convolution.js';
import { coreSpecs } from './layer-specs/core.js';
import type { LayerSpec } from './layer-specs/draws.js';
import { mergingSpecs } from './layer-specs/merging.js';
import { normalizationSpecs } from './layer-specs/normalization.js';
import { poolingSpecs } from './layer-specs/pooling.js';
import { preprocessingSpecs } from './layer-specs/preprocessing.js';
import { recurrentSpecs } from './layer-specs/recurrent.js';
import { regularizationSpecs } from './layer-specs/regularization.js';
import { reshapingSpecs } from './layer-specs/reshaping.js';
import { wrapperSpecs } from './layer-specs/wrappers.js';

export type { InputKind, LayerDraw, LayerSpec } from './layer-specs/draws.js';

/** A spec for every layer, by family. Forget one, and the contract test fails. */
export const layerSpecs: Readonly<Record<string, LayerSpec>> = {
  ...activationSpecs,
  ...attentionSpecs,
  ...augmentationSpecs,
  ...categorySpecs,
  ...convolutionSpecs,
  ...coreSpecs,
  ...mergingSpecs,
  ...normalizationSpecs,
  ...poolingSpecs,
  ...preprocessingSpecs,
  ...recurrentSpecs,
  ...regularizationSpecs,
  ...reshapingSpecs,
  ...wrapperSpecs,
};

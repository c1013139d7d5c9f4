import { CategoryEncoding, type CategoryEncodingConfig } from './categoryEncoding.js';
import { CenterCrop, type CenterCropConfig } from './centerCrop.js';
import { Discretization, type DiscretizationConfig } from './discretization.js';
import { IntegerLookup, type IntegerLookupConfig } from './integerLookup.js';
import { Normalization, type NormalizationConfig } from './normalization.js';
import { Rescaling, type RescalingConfig } from './rescaling.js';
import { Resizing, type ResizingConfig } from './resizing.js';

/** A factor and an offset, as for pixels. */
export function rescaling(config: RescalingConfig): Rescaling {
  return new Rescaling(config);
}

/** Features brought to mean 0 and variance 1 by fixed statistics. */
export function normalization(config: NormalizationConfig = {}): Normalization {
  return new Normalization(config);
}

/** Pictures of one size. */
export function resizing(config: ResizingConfig): Resizing {
  return new Resizing(config);
}

/** The middle of pictures. */
export function centerCrop(config: CenterCropConfig): CenterCrop {
  return new CenterCrop(config);
}

/** Indices of categories as vectors. */
export function categoryEncoding(config: CategoryEncodingConfig): CategoryEncoding {
  return new CategoryEncoding(config);
}

/** Numbers as the ranges they lie in. */
export function discretization(config: DiscretizationConfig): Discretization {
  return new Discretization(config);
}

/** Integers as indices of a vocabulary. */
export function integerLookup(config: IntegerLookupConfig): IntegerLookup {
  return new IntegerLookup(config);
}

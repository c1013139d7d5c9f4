import type { LayerConfig } from '../layer.js';
import { Add } from './add.js';
import { Average } from './average.js';
import { Concatenate, type ConcatenateConfig } from './concatenate.js';
import { CustomScaleLayer, type CustomScaleLayerConfig } from './customScaleLayer.js';
import { Dot, type DotConfig } from './dot.js';
import { Maximum } from './maximum.js';
import { Minimum } from './minimum.js';
import { Multiply } from './multiply.js';
import { Subtract } from './subtract.js';

/** Sum of all inputs. */
export function add(config: LayerConfig = {}): Add {
  return new Add(config);
}

/** First input minus the second. */
export function subtract(config: LayerConfig = {}): Subtract {
  return new Subtract(config);
}

/** Product of all inputs. */
export function multiply(config: LayerConfig = {}): Multiply {
  return new Multiply(config);
}

/** Mean of all inputs. */
export function average(config: LayerConfig = {}): Average {
  return new Average(config);
}

/** Largest of all inputs, element by element. */
export function maximum(config: LayerConfig = {}): Maximum {
  return new Maximum(config);
}

/** Smallest of all inputs, element by element. */
export function minimum(config: LayerConfig = {}): Minimum {
  return new Minimum(config);
}

/** Inputs joined along one axis. */
export function concatenate(config: ConcatenateConfig = {}): Concatenate {
  return new Concatenate(config);
}

/** Products of two inputs, summed along an axis of each. */
export function dot(config: DotConfig): Dot {
  return new Dot(config);
}

/** First input plus a multiple of the second. */
export function customScaleLayer(config: CustomScaleLayerConfig): CustomScaleLayer {
  return new CustomScaleLayer(config);
}

import { ELU, type ELUConfig } from './elu.js';
import { LeakyReLU, type LeakyReLUConfig } from './leakyRelu.js';
import { PReLU, type PReLUConfig } from './prelu.js';
import { ReLU, type ReLUConfig } from './relu.js';
import { Softmax, type SoftmaxConfig } from './softmax.js';
import { ThresholdedReLU, type ThresholdedReLUConfig } from './thresholdedRelu.js';

/** Rectified linear unit, with an optional ceiling, slope and threshold. */
export function relu(config: ReLUConfig = {}): ReLU {
  return new ReLU(config);
}

/** Rectified linear unit with a slope below 0. */
export function leakyRelu(config: LeakyReLUConfig = {}): LeakyReLU {
  return new LeakyReLU(config);
}

/** Exponential linear unit. */
export function elu(config: ELUConfig = {}): ELU {
  return new ELU(config);
}

/** Rectified linear unit with learnt slopes. */
export function prelu(config: PReLUConfig = {}): PReLU {
  return new PReLU(config);
}

/** Positive numbers that sum to 1. */
export function softmax(config: SoftmaxConfig = {}): Softmax {
  return new Softmax(config);
}

/** Nothing below a threshold: a layer of Keras 2. */
export function thresholdedRelu(config: ThresholdedReLUConfig = {}): ThresholdedReLU {
  return new ThresholdedReLU(config);
}

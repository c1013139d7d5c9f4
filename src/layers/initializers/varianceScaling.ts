import {
  type Config,
  checkChoiceOption,
  checkNumberOption,
  drawSeed,
  type FloatDType,
  type Seed,
  type Shape,
  type Tensor,
} from '../../tensor/index.js';
import { checkIntegers, checkSeed } from '../options.js';
import { type FanAxes, fansOf } from './fans.js';
import { defineInitializer, floatingOnly, type Initializer } from './initializer.js';
import { normal, type SeedConfig, truncated, uniform } from './random.js';

const modes = ['fan_in', 'fan_out', 'fan_avg'] as const;
const distributions = ['truncated_normal', 'untruncated_normal', 'uniform'] as const;

/** How far numbers scatter: with variance `scale / fan`. */
export interface Scaling {
  /** @defaultValue `1` */
  readonly scale: number;
  /** Which fan to divide by. @defaultValue `'fan_in'` */
  readonly mode: (typeof modes)[number];
  /** @defaultValue `'truncated_normal'` */
  readonly distribution: (typeof distributions)[number];
}

/** Options of every initialiser that scales by fans. */
export interface FanConfig extends SeedConfig {
  /** Axes that count as inputs, given together with `outputAxes`. @defaultValue `null`: all but the last */
  readonly inputAxes?: readonly number[] | null;
  /** Axes that count as outputs. @defaultValue `null`: the last, and the receptive field */
  readonly outputAxes?: readonly number[] | null;
}

/** Options of `varianceScaling`. */
export interface VarianceScalingConfig extends Partial<Scaling>, FanConfig {}

/** Standard deviation that is left of a standard normal distribution cut off at -2 and 2. */
const truncatedDeviation = 0.8796256610342398;

function fill(shape: Shape, dtype: FloatDType, seed: Seed, scaling: Scaling, axes: FanAxes | null): Tensor {
  const { scale, mode, distribution } = scaling;
  const { fanIn, fanOut } = fansOf(shape, axes);
  const fan = { fan_in: fanIn, fan_out: fanOut, fan_avg: (fanIn + fanOut) / 2 }[mode];
  const variance = scale / Math.max(1, fan);
  switch (distribution) {
    case 'uniform': {
      // A uniform distribution over [-l, l) has variance l^2 / 3.
      const limit = Math.sqrt(3 * variance);
      return uniform(shape, dtype, seed, -limit, limit);
    }
    case 'untruncated_normal':
      return normal(shape, dtype, seed, 0, Math.sqrt(variance));
    case 'truncated_normal':
      return truncated(shape, dtype, seed, 0, Math.sqrt(variance) / truncatedDeviation);
    default:
      throw new Error(`unknown distribution ${distribution satisfies never}`);
  }
}

/** @param options those that only this class has; `given` are the ones that all have. */
function scaled(className: string, scaling: Scaling, given: FanConfig, options: Config = {}): Initializer {
  const seed = checkSeed(className, given.seed);
  const axes = checkFanAxes(className, given);
  return defineInitializer(className, { ...options, seed, ...axes }, (shape, dtype) =>
    fill(shape, floatingOnly(className, dtype), drawSeed(seed), scaling, axes),
  );
}

/** @throws {ArgumentError} unless both kinds of axes are given, or neither. */
function checkFanAxes(className: string, { inputAxes, outputAxes }: FanConfig): FanAxes | null {
  if ((inputAxes ?? null) === null && (outputAxes ?? null) === null) return null;
  return {
    inputAxes: checkIntegers(className, 'inputAxes', inputAxes),
    outputAxes: checkIntegers(className, 'outputAxes', outputAxes),
  };
}

/**
 * Random numbers of variance `scale / n`, `n` being the number of inputs of the weight, of outputs, or their mean.
 * @throws {ArgumentError}
 */
export function varianceScaling(config: VarianceScalingConfig = {}): Initializer {
  const className = 'VarianceScaling';
  // Keras 2 and its ports write 'normal' for the truncated one.
  const distribution = (config.distribution as string) === 'normal' ? 'truncated_normal' : config.distribution;
  const scaling: Scaling = {
    scale: checkNumberOption(className, 'scale', config.scale ?? 1, { min: 0 }),
    mode: checkChoiceOption(className, 'mode', config.mode ?? 'fan_in', modes),
    distribution: checkChoiceOption(className, 'distribution', distribution ?? 'truncated_normal', distributions),
  };
  return scaled(className, scaling, config, { ...scaling });
}

function variant(className: string, scaling: Scaling): (config?: FanConfig) => Initializer {
  return (config = {}) => scaled(className, scaling, config);
}

/** Uniform in `±sqrt(6 / (fanIn + fanOut))` (Glorot and Bengio, 2010). The default of kernels. */
export const glorotUniform = variant('GlorotUniform', { scale: 1, mode: 'fan_avg', distribution: 'uniform' });
/** Normal with variance `2 / (fanIn + fanOut)`, truncated (Glorot and Bengio, 2010). */
export const glorotNormal = variant('GlorotNormal', { scale: 1, mode: 'fan_avg', distribution: 'truncated_normal' });
/** Uniform in `±sqrt(6 / fanIn)` (He et al., 2015). */
export const heUniform = variant('HeUniform', { scale: 2, mode: 'fan_in', distribution: 'uniform' });
/** Normal with variance `2 / fanIn`, truncated (He et al., 2015). */
export const heNormal = variant('HeNormal', { scale: 2, mode: 'fan_in', distribution: 'truncated_normal' });
/** Uniform in `±sqrt(3 / fanIn)` (LeCun et al., 1998). */
export const lecunUniform = variant('LecunUniform', { scale: 1, mode: 'fan_in', distribution: 'uniform' });
/** Normal with variance `1 / fanIn`, truncated (LeCun et al., 1998). */
export const lecunNormal = variant('LecunNormal', { scale: 1, mode: 'fan_in', distribution: 'truncated_normal' });

import {
  add,
  checkBooleanOption,
  checkNumberOption,
  div,
  expandDims,
  maximum,
  mean,
  minimum,
  mul,
  pow,
  sqrt,
  square,
  sub,
  type Tensor,
} from '../../tensor/index.js';
import type { UpdateRule } from '../updateRule.js';

/** Options of Adafactor. */
export interface AdafactorRuleOptions {
  /** How fast squares of gradients are forgotten less, at most 0. @defaultValue `-0.8` */
  readonly beta2Decay?: number;
  /** Added to squares of gradients. @defaultValue `1e-30` */
  readonly epsilon1?: number;
  /** Smallest scale of a weight. @defaultValue `1e-3` */
  readonly epsilon2?: number;
  /** Largest root mean square of a move before it is scaled, above 0. @defaultValue `1` */
  readonly clipThreshold?: number;
  /**
   * Let a constant learning rate fall with the number of updates. Kept for files: Keras 3 lets every rate fall, so that it
   * makes no difference. @defaultValue `true`
   */
  readonly relativeStep?: boolean;
}

/** One that is remembered for weights that have no rows and columns, because Keras stores one. */
const placeholder = { shape: [], dtype: 'int32' } as const;

/**
 * Adaptive moves that remember little (Shazeer and Stern, 2018): of the squares of gradients of a matrix (the last two
 * axes of a weight) only the means of rows `r` and of columns `c`. With `b = 1 - t^beta2Decay`:
 * `r <- b r + (1 - b) mean(g^2 + epsilon1)` along rows, `c` likewise along columns, `v = r c / mean(r)`; of a vector
 * `v <- b v + (1 - b)(g^2 + epsilon1)`. `u = g / sqrt(v)` is scaled down to a root mean square of at most
 * `clipThreshold`, and `w <- w - max(epsilon2, rms(w)) min(lr, 1 / sqrt(t)) u`.
 * @throws {ArgumentError} if an option is outside its range.
 */
export function adafactorRule(options: AdafactorRuleOptions = {}): UpdateRule<'velocity', 'rows' | 'columns'> {
  const number = checkNumberOption;
  const beta2Decay = number('Adafactor', 'beta2Decay', options.beta2Decay ?? -0.8, { max: 0 });
  const epsilon1 = number('Adafactor', 'epsilon1', options.epsilon1 ?? 1e-30, { min: 0 });
  const epsilon2 = number('Adafactor', 'epsilon2', options.epsilon2 ?? 1e-3, { min: 0 });
  const clipThreshold = number('Adafactor', 'clipThreshold', options.clipThreshold ?? 1, { above: 0 });
  const relativeStep = checkBooleanOption('Adafactor', 'relativeStep', options.relativeStep ?? true);
  return {
    className: 'Adafactor',
    config: { beta2Decay, epsilon1, epsilon2, clipThreshold, relativeStep },
    slots: [['rows', 'columns', 'velocity']],
    formOf: (slot, { shape, name: label }) => {
      if (slot === 'velocity') return null;
      if (shape.length < 2) return { ...placeholder, label };
      return { shape: slot === 'rows' ? shape.slice(0, -1) : shape.filter((_, i) => i !== shape.length - 2), label };
    },
    update: ({ gradient, parameter, slots, learningRate, step }) => {
      const keep = sub(1, pow(step, beta2Decay));
      const follow = (old: Tensor, fresh: Tensor): Tensor => add(mul(keep, old), mul(sub(1, keep), fresh));
      const squares = add(square(gradient), epsilon1);
      const remembered = remember(gradient.rank, slots, squares, follow);
      const direction = div(gradient, sqrt(remembered.velocity));
      const clipped = div(direction, maximum(div(rms(direction), clipThreshold), 1));
      const rate = mul(maximum(rms(parameter), epsilon2), minimum(learningRate, div(1, sqrt(step))));
      return { parameter: sub(parameter, mul(rate, clipped)), slots: remembered };
    },
  };
}

type Memory = { readonly velocity: Tensor } & { readonly rows?: Tensor; readonly columns?: Tensor };

function remember(
  rank: number,
  slots: Memory,
  squares: Tensor,
  follow: (old: Tensor, fresh: Tensor) => Tensor,
): Memory {
  if (rank < 2) return { velocity: follow(slots.velocity, squares) };
  const rows = follow(slots.rows as Tensor, mean(squares, { axes: -1 }));
  const columns = follow(slots.columns as Tensor, mean(squares, { axes: -2 }));
  const share = div(rows, mean(rows, { axes: -1, keepDims: true }));
  return { rows, columns, velocity: mul(expandDims(share, -1), expandDims(columns, -2)) };
}

function rms(x: Tensor): Tensor {
  return sqrt(mean(square(x)));
}

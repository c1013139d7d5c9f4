import {
  type Config,
  checkNumberOption,
  dropout,
  formatShape,
  invalidOption,
  type Shape,
  ShapeError,
  type Tensor,
} from '../../tensor/index.js';
import type { SymbolicShape } from '../layer.js';
import { checkCount } from '../options.js';
import type { Draw } from '../seedGenerator.js';
import { RandomLayer, type RandomLayerConfig } from './randomLayer.js';

/** Options of `Dropout`. */
export interface DropoutConfig extends RandomLayerConfig {
  /** Fraction of elements to drop, in `[0, 1]`. */
  readonly rate: number;
  /**
   * Shape of the mask, which broadcasts; `null` is the input's own size. `[null, 1, 1, null]` drops whole channels.
   * @defaultValue the shape of the input
   */
  readonly noiseShape?: SymbolicShape | null;
}

/**
 * In training, replaces a random part of the input by 0 and divides the rest by `1 - rate`, so that the sum stays the
 * same on average (Srivastava et al., 2014). In inference it changes nothing.
 *
 * Shape: unchanged.
 */
export class Dropout extends RandomLayer {
  static override readonly className = 'Dropout';
  readonly rate: number;
  readonly noiseShape: SymbolicShape | null;

  /** @throws {ArgumentError} */
  constructor(config: DropoutConfig) {
    super(config);
    this.rate = checkNumberOption(this.className, 'rate', config.rate, { min: 0, max: 1 });
    this.noiseShape = config.noiseShape ?? null;
    if (this.noiseShape === null) return;
    if (!Array.isArray(this.noiseShape)) {
      throw invalidOption(this.className, 'noiseShape', 'a list of sizes', this.noiseShape);
    }
    for (const size of this.noiseShape) if (size !== null) checkCount(this.className, 'noiseShape', size);
  }

  protected override get isActive(): boolean {
    return this.rate > 0;
  }

  /** @throws {ShapeError} if `noiseShape` does not broadcast to the input. */
  protected override disturb(x: Tensor, draw: Draw): Tensor {
    return dropout(x, { rate: this.rate, noiseShape: this.#maskShape(x.shape), ...draw });
  }

  #maskShape(shape: Shape): Shape {
    if (this.noiseShape === null) return shape;
    const mask = this.noiseShape.map((size, axis) => size ?? shape[axis] ?? 1);
    if (mask.length === shape.length && mask.every((size, axis) => size === 1 || size === shape[axis])) return mask;
    throw new ShapeError({
      operation: `${this.className} '${this.name}'`,
      expected: `an input that the mask ${formatShape(this.noiseShape)} broadcasts to`,
      received: formatShape(shape),
      remedy: 'Give the mask the sizes of the input, 1 or null.',
    });
  }

  override getConfig(): Config {
    return { ...super.getConfig(), rate: this.rate, noiseShape: this.noiseShape };
  }
}

import type { Config, Tensor, Variable } from '../../tensor/index.js';
import { type CallContext, type InputSpec, Layer, type LayerConfig } from '../layer.js';
import { checkSeed } from '../options.js';
import { type Draw, SeedGenerator } from '../seedGenerator.js';

/** Options of layers that draw random numbers in training. */
export interface RandomLayerConfig extends LayerConfig {
  /** An integer fixes the numbers. @defaultValue `null`: a stream of the program's seed */
  readonly seed?: number | null;
}

/** What layers have in common that disturb their input in training and leave it alone in inference. */
export abstract class RandomLayer extends Layer {
  readonly seed: number | null;
  readonly #generator: SeedGenerator;

  /** @throws {ArgumentError} unless the seed is an integer. */
  constructor(config: RandomLayerConfig = {}) {
    super(config);
    this.seed = checkSeed(this.className, config.seed);
    this.#generator = new SeedGenerator(this.seed);
    this.#generator.state.path = `${this.name}/seed_generator/seed_generator_state`;
  }

  /** Whether there is anything random to do. */
  protected abstract get isActive(): boolean;

  /** The disturbed input. */
  protected abstract disturb(x: Tensor, draw: Draw): Tensor;

  override get supportsMasking(): boolean {
    return true;
  }

  override get inputSpec(): readonly InputSpec[] {
    return [{}];
  }

  /** The state of the random generator, of a layer that needs one. */
  override get states(): readonly Variable[] {
    return this.isActive ? [this.#generator.state] : [];
  }

  override call([x]: readonly [Tensor], { training }: CallContext): Tensor {
    return training && this.isActive ? this.disturb(x, this.#generator.next()) : x;
  }

  override getConfig(): Config {
    return { ...super.getConfig(), seed: this.seed };
  }
}

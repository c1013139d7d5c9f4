import { add, drawSeed, type Seed, type Tensor, tensor, Variable } from '../tensor/index.js';

/** Which random numbers to draw: see `randomUniform`. */
export interface Draw extends Seed {
  readonly step: Tensor;
}

const generators = new WeakMap<Variable, SeedGenerator>();

/** The generator that counts its draws in this variable, if there is one. */
export function generatorOf(variable: Variable): SeedGenerator | undefined {
  return generators.get(variable);
}

/**
 * Random numbers for a layer: a fresh draw each time it is asked, also when a plan that was made once runs again. It
 * counts draws in a variable, so that a saved and a restored program go on alike.
 */
export class SeedGenerator {
  /** Number of draws so far: an `int32` scalar. */
  readonly state: Variable;
  #seed: Seed;

  /** @param seed the program's seed and a stream of its own by default */
  constructor(seed?: number | null) {
    this.#seed = drawSeed(seed);
    this.state = new Variable(tensor(Int32Array.of(0), { shape: [] }), {
      name: 'seed_generator_state',
      trainable: false,
    });
    generators.set(this.state, this);
  }

  /** What it draws from. Plans that were traced before keep the seed they were traced with. */
  get seed(): Seed {
    return this.#seed;
  }

  set seed(seed: Seed) {
    this.#seed = { seed: seed.seed, stream: seed.stream };
  }

  /** The next draw. */
  next(): Draw {
    const step = this.state.value;
    this.state.assign(add(step, 1));
    return { ...this.#seed, step };
  }
}

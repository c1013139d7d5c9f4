import type { NumbersShape, RandomNumbers } from 'mapache/layers';
import { sizeOf, type Tensor, tensor } from 'mapache/tensor';

/** Random numbers of one call, as they were written down. */
export interface Recorded {
  readonly kind: 'uniform' | 'integers' | 'normal' | 'beta' | 'gamma' | 'order';
  /** Uniform ones from 0 to 1. */
  readonly values: readonly number[];
}

/** Gives the numbers that were drawn elsewhere, call by call; another call than the one noted is an error. */
export class RecordedNumbers implements RandomNumbers {
  #next = 0;

  constructor(
    readonly batch: number,
    readonly recorded: readonly Recorded[],
  ) {}

  /** How many calls are left. */
  get left(): number {
    return this.recorded.length - this.#next;
  }

  uniform(shape: NumbersShape, low = 0, high = 1): Tensor {
    return this.#take('uniform', shape, (unit) => low + unit * (high - low));
  }

  /** Keras draws some of its integers as uniform numbers. */
  integers(shape: NumbersShape, low: number, high: number): Tensor {
    const kind = this.recorded[this.#next]?.kind === 'uniform' ? 'uniform' : 'integers';
    const convert = (value: number): number => (kind === 'integers' ? value : Math.floor(low + value * (high - low)));
    const sizes = this.#sizes(shape);
    return tensor(Int32Array.from(this.#read(kind, sizeOf(sizes)), convert), { shape: sizes });
  }

  normal(shape: NumbersShape): Tensor {
    return this.#take('normal', shape);
  }

  beta(shape: NumbersShape): Tensor {
    return this.#take('beta', shape);
  }

  /** Keras divides gamma-distributed numbers by their sum. */
  dirichlet(count: number): Tensor {
    const values = this.#read('gamma', count);
    const total = values.reduce((sum, value) => sum + value, 0);
    return tensor(Float32Array.from(values, (value) => value / total));
  }

  order(): Tensor {
    return tensor(Int32Array.from(this.#read('order', this.batch)));
  }

  #sizes(shape: NumbersShape): readonly number[] {
    return shape.map((size) => (size === 'batch' ? this.batch : size));
  }

  #take(kind: Recorded['kind'], shape: NumbersShape, convert = (value: number) => value): Tensor {
    const sizes = this.#sizes(shape);
    return tensor(Float32Array.from(this.#read(kind, sizeOf(sizes)), convert), { shape: sizes });
  }

  #read(kind: Recorded['kind'], size: number): readonly number[] {
    const call = this.recorded[this.#next++];
    if (call?.kind === kind && call.values.length === size) return call.values;
    throw new Error(`expected ${size} of ${kind}, recorded ${call?.values.length} of ${call?.kind}`);
  }
}

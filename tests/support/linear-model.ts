import { add, matmul, mul, type Shape, square, sum, type Tensor, Variable, zeros } from 'mapache/tensor';
import type { Trainable } from 'mapache/training';

/** Options of `LinearModel`. */
export interface LinearModelOptions {
  /** @defaultValue `1` */
  readonly features?: number;
  /** @defaultValue `1` */
  readonly units?: number;
  /** Factor of the squared kernel in the loss. @defaultValue `0` */
  readonly l2?: number;
  /** One name for each output; all outputs are the same numbers. @defaultValue `['linear']` */
  readonly outputNames?: readonly string[];
}

/** `x · kernel + bias`: the smallest model that can be trained, made of variables alone. */
export class LinearModel implements Trainable {
  readonly name = 'line';
  readonly kernel: Variable;
  readonly bias: Variable;
  /** Counts the forward passes of training, as the state of a random generator does. */
  readonly passes = new Variable(0, { name: 'passes', trainable: false });
  readonly outputNames: readonly string[];
  readonly inputShapes: readonly (readonly (number | null)[])[];
  readonly outputShapes: readonly (readonly (number | null)[])[];
  readonly #l2: number;

  constructor({ features = 1, units = 1, l2 = 0, outputNames = ['linear'] }: LinearModelOptions = {}) {
    const variable = (name: string, shape: Shape) => new Variable(zeros(shape), { name });
    this.kernel = variable('kernel', [features, units]);
    this.bias = variable('bias', [units]);
    this.outputNames = outputNames;
    this.inputShapes = [[null, features]];
    this.outputShapes = outputNames.map(() => [null, units]);
    this.#l2 = l2;
  }

  get variables(): readonly Variable[] {
    return [this.kernel, this.bias, this.passes];
  }

  get trainableWeights(): readonly Variable[] {
    return [this.kernel, this.bias].filter(({ trainable }) => trainable);
  }

  get trainableKey(): string {
    return this.variables.map(({ trainable }) => trainable).join();
  }

  get losses(): readonly Tensor[] {
    return this.#l2 === 0 ? [] : [mul(sum(square(this.kernel.value)), this.#l2)];
  }

  run([x]: readonly Tensor[], { training }: { readonly training: boolean }): ReturnType<Trainable['run']> {
    if (training) this.passes.assign(add(this.passes.value, 1));
    const y = add(matmul(x as Tensor, this.kernel.value), this.bias.value);
    return { outputs: this.outputNames.map(() => y), masks: this.outputNames.map(() => null) };
  }
}

import { type Optimizer, optimizers } from 'mapache/optim';
import { compile, type NestedArray, type Tensor, tensor, Variable } from 'mapache/tensor';
import { describe, expect, it } from 'vitest';
import { relativeError } from '../../support/relative-error.js';

// Weights [1, -2, 0.5] after updates with the gradients t * [0.1, -0.3, 2], t = 1, 2, 3, as released Keras 3 gives them.
// They are printed to 8 decimals; the largest of them are known to single precision, that is to 2.4e-7.
const precision = 5e-7;

type Weights = readonly [number, number, number];

interface Oracle {
  readonly name: string;
  readonly make: () => Optimizer;
  /** After each update; `null` where it is not known. */
  readonly expected: readonly (Weights | null)[];
}

const oracles: readonly Oracle[] = [
  {
    name: 'Adam',
    make: () => optimizers.adam(),
    expected: [
      [0.99900001, -1.99900007, 0.49900001],
      [0.99803483, -1.99803495, 0.49803483],
      [0.99707687, -1.99707699, 0.49707684],
    ],
  },
  {
    name: 'AdamW',
    make: () => optimizers.adamW(),
    expected: [[0.99899602, -1.99899209, 0.49899802], null, [0.99706489, -1.99705303, 0.49707085]],
  },
  {
    name: 'RMSprop',
    make: () => optimizers.rmsprop(),
    expected: [
      [0.99683785, -1.99683774, 0.49683774],
      [0.99398077, -1.99398065, 0.49398059],
      [0.99139011, -1.99138999, 0.49138996],
    ],
  },
  {
    name: 'RMSprop, centred, with momentum',
    make: () => optimizers.rmsprop({ momentum: 0.9, centered: true }),
    expected: [null, null, [0.98204142, -1.98204088, 0.48204082]],
  },
  {
    name: 'SGD with momentum',
    make: () => optimizers.sgd({ learningRate: 0.1, momentum: 0.9 }),
    expected: [
      [0.99, -1.97, 0.3],
      [0.961, -1.883, -0.28],
      [0.9049, -1.7147, -1.402],
    ],
  },
  {
    name: 'SGD with Nesterov momentum',
    make: () => optimizers.sgd({ learningRate: 0.1, momentum: 0.9, nesterov: true }),
    expected: [
      [0.981, -1.943, 0.12],
      [0.9349, -1.8047, -0.802],
      [0.85441, -1.56323, -2.4118],
    ],
  },
  {
    name: 'SGD with weight decay',
    make: () => optimizers.sgd({ learningRate: 0.1, weightDecay: 0.01 }),
    expected: [[0.989, -1.968, 0.2995], null, [0.937043, -1.814126, -0.700699]],
  },
  {
    name: 'Nadam with accumulation of gradients, whose momentum schedule goes on with updates only',
    make: () => optimizers.nadam({ gradientAccumulationSteps: 2 }),
    expected: [
      [1, -2, 0.5],
      [0.99893718957901, -1.9989372491836548, 0.4989372193813324],
      [0.99893718957901, -1.9989372491836548, 0.4989372193813324],
      [0.9979696869850159, -1.9979697465896606, 0.49796968698501587],
    ],
  },
];

const gradientAt = (t: number) => tensor([0.1 * t, -0.3 * t, 2 * t]);

function expectWeights(actual: NestedArray, expected: Weights, t: number): void {
  expected.forEach((weight, i) => {
    const difference = Math.abs(((actual as readonly number[])[i] as number) - weight);
    expect(difference, `weight ${i} after update ${t}`).toBeLessThan(precision);
  });
}

describe.each(oracles)('$name moves weights as Keras does', ({ make, expected }) => {
  it('called directly', async () => {
    const optimizer = make();
    const weight = new Variable([1, -2, 0.5], { name: 'w' });
    for (const [i, weights] of expected.entries()) {
      optimizer.apply([gradientAt(i + 1)], [weight]);
      if (weights !== null) expectWeights(await weight.value.array(), weights, i + 1);
    }
    expect(await optimizer.iterations.value.item()).toBe(expected.length);
  });

  it('inside a compiled step, which is traced once', async () => {
    const optimizer = make();
    const weight = new Variable([1, -2, 0.5], { name: 'w' });
    let traces = 0;
    const step = compile((gradient: Tensor) => {
      traces += 1;
      optimizer.apply([gradient], [weight]);
      return weight.value;
    });
    for (const [i, weights] of expected.entries()) {
      const result = await step(gradientAt(i + 1));
      if (weights !== null) expectWeights(await result.array(), weights, i + 1);
    }
    expect(traces).toBe(1);
    expect(await optimizer.iterations.value.item()).toBe(expected.length);
  });
});

describe('Adafactor', () => {
  // k = Variable((arange(12).reshape(2, 3, 2) - 5) / 4); o = Adafactor(learning_rate=0.1, clip_threshold=0.5)
  // [o.apply([cos(arange(12) * t).reshape(2, 3, 2)], [k]) for t in (1, 2, 3)]; k; o.variables   # keras 3.15.1
  it('remembers rows and columns of the last two axes, as in Keras', async () => {
    const optimizer = optimizers.adafactor({ learningRate: 0.1, clipThreshold: 0.5 });
    const numbers = (at: (i: number) => number) =>
      tensor(
        Float32Array.from({ length: 12 }, (_, i) => at(i)),
        { shape: [2, 3, 2] },
      );
    const weight = new Variable(
      numbers((i) => (i - 5) / 4),
      { name: 'k' },
    );
    for (const t of [1, 2, 3]) optimizer.apply([numbers((i) => Math.cos(i * t))], [weight]);
    const expected = [
      -1.41404390335083, -0.9524611234664917, -0.745090663433075, -0.4399527609348297, -0.24498507380485535,
      0.09365855157375336, 0.11017705500125885, 0.4936327338218689, 0.7807506322860718, 1.0481289625167847,
      1.2718424797058105, 1.5666238069534302,
    ];
    expect(relativeError(await weight.value.data(), expected)).toBeLessThan(1e-6);
    expect(optimizer.variables.map(({ path, shape }) => [path, shape])).toEqual([
      ['adafactor/iteration', []],
      ['adafactor/learning_rate', []],
      ['adafactor/k', [2, 3]],
      ['adafactor/k', [2, 2]],
      ['adafactor/k_velocity', [2, 3, 2]],
    ]);
  });
});

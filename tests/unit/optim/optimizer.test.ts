import { getOptimizer, type Optimizer, optimizerClasses, optimizers, schedules } from 'mapache/optim';
import {
  ArgumentError,
  compile,
  DTypeError,
  ShapeMismatchError,
  sum,
  type Tensor,
  tensor,
  Variable,
  zeros,
} from 'mapache/tensor';
import { describe, expect, it } from 'vitest';

function variable(path: string, values: readonly number[]): Variable {
  const cell = new Variable(values, { name: path.split('/').at(-1) as string });
  cell.path = path;
  return cell;
}

const read = async (cell: Variable) => [...(await cell.value.data())];
const single = (value: number) => Math.fround(value);

describe('the learning rate', () => {
  it('can be changed without a new trace', async () => {
    const optimizer = optimizers.sgd({ learningRate: 1 });
    const weight = variable('w', [10]);
    let traces = 0;
    const step = compile((gradient: Tensor) => {
      traces += 1;
      optimizer.apply([gradient], [weight]);
      return sum(weight.value);
    });
    await step(tensor([1]));
    optimizer.setLearningRate(0.25);
    await step(tensor([1]));
    expect(await read(weight)).toEqual([8.75]);
    expect(traces).toBe(1);
  });

  it.each([-0.1, Number.NaN, Number.POSITIVE_INFINITY])('may not be %d; it then stays what it was', async (rate) => {
    const optimizer = optimizers.adam({ learningRate: 0.5 });
    expect(() => optimizer.setLearningRate(rate)).toThrow(ArgumentError);
    expect(() => optimizers.adam({ learningRate: rate })).toThrow(ArgumentError);
    expect(await optimizer.learningRate.value.item()).toBe(0.5);
  });

  it('has the default of Keras for each class', () => {
    for (const className of optimizerClasses.keys()) {
      const expected = className === 'SGD' ? 0.01 : 0.001;
      expect(getOptimizer(className).getConfig().learningRate, className).toBe(single(expected));
    }
  });

  it('follows a schedule, holds the rate of the last update, and cannot be set then', async () => {
    const schedule = schedules.piecewiseConstantDecay({ boundaries: [0, 1], values: [1, 0.5, 0.25] });
    const optimizer = optimizers.sgd({ learningRate: schedule });
    const weight = variable('w', [10]);
    const step = compile((gradient: Tensor) => {
      optimizer.apply([gradient], [weight]);
      return [];
    });
    const rates: number[] = [];
    for (let i = 0; i < 4; i++) {
      await step(tensor([1]));
      rates.push(await optimizer.learningRate.value.item());
    }
    expect(rates).toEqual([1, 0.5, 0.25, 0.25]);
    expect(await read(weight)).toEqual([8]);
    expect(() => optimizer.setLearningRate(1)).toThrow(/schedule PiecewiseConstantDecay/);
    expect(optimizer.variables).not.toContain(optimizer.learningRate);
  });
});

describe('what an optimizer remembers', () => {
  it('has the names, shapes and order of Keras', () => {
    const optimizer = optimizers.adam({ amsgrad: true });
    const [kernel, bias] = [variable('model/dense/kernel', [1, 2]), variable('model/dense/bias', [3])];
    expect(optimizer.variablesFor([kernel, bias]).map(({ path, shape }) => [path, shape])).toEqual([
      ['adam/iteration', []],
      ['adam/learning_rate', []],
      ['adam/model_dense_kernel_momentum', [2]],
      ['adam/model_dense_kernel_velocity', [2]],
      ['adam/model_dense_bias_momentum', [1]],
      ['adam/model_dense_bias_velocity', [1]],
      ['adam/model_dense_kernel_velocity_hat', [2]],
      ['adam/model_dense_bias_velocity_hat', [1]],
    ]);
    expect(optimizer.slotsOf(bias).velocityHat?.name).toBe('model_dense_bias_velocity_hat');
    expect(optimizer.variables.every(({ trainable }) => !trainable)).toBe(true);
  });

  it('is kept for variables that go on training, and starts from nothing for new ones', async () => {
    const optimizer = optimizers.sgd({ learningRate: 1, momentum: 0.5 });
    const [head, base] = [variable('head', [0]), variable('base', [0])];
    optimizer.apply([tensor([1])], [head]);
    const slots = optimizer.slotsOf(head);
    optimizer.apply([tensor([1]), tensor([1])], [head, base]);
    expect(optimizer.slotsOf(head)).toBe(slots);
    expect(await read(slots.momentum as Variable)).toEqual([-1.5]);
    expect(await read(optimizer.slotsOf(base).momentum as Variable)).toEqual([-1]);
    expect(await optimizer.iterations.value.item()).toBe(2);
  });

  it('can be listed for any weights, in their order, whatever was seen first', () => {
    const optimizer = optimizers.rmsprop();
    const [first, second] = [variable('first', [0]), variable('second', [0])];
    optimizer.slotsOf(second);
    expect(optimizer.variables.map(({ name }) => name)).toEqual(['iteration', 'learning_rate', 'second_velocity']);
    expect(optimizer.variablesFor([first, second]).map(({ name }) => name)).toEqual([
      'iteration',
      'learning_rate',
      'first_velocity',
      'second_velocity',
    ]);
  });

  it('ends with what all weights share, once there are weights', () => {
    const optimizer = optimizers.nadam({ name: 'mine' });
    expect(optimizer.variables.map(({ path }) => path)).toEqual(['mine/iteration', 'mine/learning_rate']);
    optimizer.slotsOf(variable('w', [0]));
    expect(optimizer.variables.slice(2).map(({ path, shape }) => [path, shape])).toEqual([
      ['mine/w_momentum', [1]],
      ['mine/w_velocity', [1]],
      ['mine/variable', []],
    ]);
  });

  it.each([...optimizerClasses.keys()])(
    'of %s can be restored in another optimizer, which then goes on alike',
    async (className) => {
      const options = { useEma: true, emaOverwriteFrequency: 2 };
      const [first, second] = [options, options].map((config) => getOptimizer({ className, config })) as [
        Optimizer,
        Optimizer,
      ];
      const start = tensor([
        [1, -2],
        [0.5, 3],
      ]);
      const [left, right] = [start, start].map((value) => [new Variable(value), variable('b', [1, -1])]) as [
        Variable[],
        Variable[],
      ];
      const gradients = (t: number): Tensor[] => [
        tensor([
          [0.1 * t, -0.3],
          [2, t],
        ]),
        tensor([t, -0.5]),
      ];
      for (const t of [1, 2, 3]) first.apply(gradients(t), left);
      second.variablesFor(right).forEach((cell, i) => {
        cell.assign((first.variablesFor(left)[i] as Variable).value);
      });
      right.forEach((weight, i) => {
        weight.assign((left[i] as Variable).value);
      });
      first.apply(gradients(4), left);
      second.apply(gradients(4), right);
      expect(await Promise.all(right.map(read))).toEqual(await Promise.all(left.map(read)));
      expect(await Promise.all(second.variables.map(read))).toEqual(await Promise.all(first.variables.map(read)));
    },
  );

  it('has the dtype of the variable, and is computed in it', async () => {
    const optimizer = optimizers.adam({ learningRate: 0.5 });
    const weight = new Variable(new Float64Array([1]), { name: 'w', dtype: 'float64' });
    optimizer.apply([tensor([0.1], { dtype: 'float64' })], [weight]);
    expect(optimizer.slotsOf(weight).momentum?.dtype).toBe('float64');
    // m = 0.01, v = 1e-5, alpha = lr sqrt(0.001) / 0.1
    const expected = 1 - (0.5 * Math.sqrt(0.001) * 0.1 * 0.1) / 0.1 / (Math.sqrt(1e-5) + 1e-7);
    expect(Math.abs((await weight.value.item()) - expected)).toBeLessThan(1e-12);
  });
});

describe('apply refuses what does not go together, and then changes nothing', () => {
  const weight = variable('w', [1, 2]);
  const optimizer = optimizers.adam();

  it.each([
    ['fewer gradients than variables', [], [weight], ArgumentError],
    ['a variable given twice', [zeros([2]), zeros([2])], [weight, weight], ArgumentError],
    ['a gradient of another shape', [zeros([3])], [weight], ShapeMismatchError],
    ['a gradient of another dtype', [zeros([2], 'float64')], [weight], DTypeError],
  ] as const)('%s', async (_, gradients, variables, error) => {
    expect(() => optimizer.apply(gradients, variables)).toThrow(error);
    expect(await optimizer.iterations.value.item()).toBe(0);
    expect(weight.version).toBe(0);
  });

  it('without variables it does nothing at all', async () => {
    optimizer.apply([], []);
    expect(await optimizer.iterations.value.item()).toBe(0);
  });
});

describe('clipping', () => {
  const gradients = () => [tensor([3, 4]), tensor([12])];
  const moved = async (options: Parameters<typeof optimizers.sgd>[0]) => {
    const optimizer = optimizers.sgd({ learningRate: 1, ...options });
    const weights = [variable('a', [0, 0]), variable('b', [0])];
    optimizer.apply(gradients(), weights);
    return (await Promise.all(weights.map(read))).flat().map((value) => Math.round(-value * 1e5) / 1e5);
  };

  it('by norm shortens each gradient on its own', async () => {
    expect(await moved({ clipnorm: 10 })).toEqual([3, 4, 10]);
    expect(await moved({ clipnorm: 2.5 })).toEqual([1.5, 2, 2.5]);
  });

  it('by global norm shortens all of them by one factor', async () => {
    expect(await moved({ globalClipnorm: 6.5 })).toEqual([1.5, 2, 6]);
    expect(await moved({ globalClipnorm: 14 })).toEqual([3, 4, 12]);
  });

  it('by value cuts each number', async () => {
    expect(await moved({ clipvalue: 3.5 })).toEqual([3, 3.5, 3.5]);
  });

  it('leaves gradients of length 0 alone', async () => {
    for (const options of [{ clipnorm: 1 }, { globalClipnorm: 1 }]) {
      const optimizer = optimizers.sgd(options);
      const weight = variable('w', [1]);
      optimizer.apply([zeros([1])], [weight]);
      expect(await read(weight)).toEqual([1]);
    }
  });

  it('does not hide a gradient that is not finite', async () => {
    const optimizer = optimizers.sgd({ globalClipnorm: 1 });
    const weights = [variable('a', [1]), variable('b', [1])];
    optimizer.apply([tensor([Number.POSITIVE_INFINITY]), tensor([1])], weights);
    expect(await read(weights[1] as Variable)).toEqual([Number.NaN]);
  });

  it('is of one kind only, with a limit above 0', () => {
    expect(() => optimizers.sgd({ clipnorm: 1, clipvalue: 1 })).toThrow(/clipnorm 1, clipvalue 1/);
    expect(() => optimizers.sgd({ globalClipnorm: 0 })).toThrow(ArgumentError);
    expect(() => optimizers.sgd({ clipvalue: null, clipnorm: 1, globalClipnorm: null })).not.toThrow();
  });
});

describe('weight decay', () => {
  it('shrinks weights by decay * lr before the update, except those that are excluded by name', async () => {
    const excludeFromWeightDecay = ['bias', /^gamma$/];
    const optimizer = optimizers.sgd({ learningRate: 0.5, weightDecay: 0.5, excludeFromWeightDecay });
    const weights = ['a/kernel', 'a/bias', 'bias_layer/kernel', 'a/gamma', 'a/gamma_2'].map((path) =>
      variable(path, [4]),
    );
    optimizer.apply(
      weights.map(() => zeros([1])),
      weights,
    );
    expect((await Promise.all(weights.map(read))).flat()).toEqual([3, 4, 3, 4, 3]);
  });

  it('is 0.004 for AdamW and none for the others', () => {
    expect(optimizers.adamW().getConfig().weightDecay).toBe(0.004);
    expect(optimizers.adam().getConfig().weightDecay).toBeNull();
  });
});

describe('gradient accumulation', () => {
  it('updates with the mean of the gradients once they are together', async () => {
    const [summing, direct] = [optimizers.adam({ gradientAccumulationSteps: 2 }), optimizers.adam()];
    const [a, b] = [variable('w', [1, 2]), variable('w', [1, 2])];
    for (const [first, second, mean] of [
      [
        [1, 4],
        [3, 0],
        [2, 2],
      ],
      [
        [0, 1],
        [2, -1],
        [1, 0],
      ],
    ] as const) {
      const before = await read(a);
      summing.apply([tensor(first)], [a]);
      expect(await read(a)).toEqual(before);
      summing.apply([tensor(second)], [a]);
      direct.apply([tensor(mean)], [b]);
      expect(await read(a)).toEqual(await read(b));
    }
    expect(await summing.iterations.value.item()).toBe(4);
  });
});

describe('averages of weights', () => {
  it('replace the weights when training ends', async () => {
    const optimizer = optimizers.sgd({ learningRate: 1, useEma: true, emaMomentum: 0.5 });
    const weight = variable('w', [8]);
    for (const gradient of [4, 2, 2]) optimizer.apply([tensor([gradient])], [weight]);
    expect(await read(weight)).toEqual([0]);
    optimizer.finalize([weight]);
    // 4, then (4 + 2) / 2, then (3 + 0) / 2
    expect(await read(weight)).toEqual([1.5]);
  });

  it('are not kept unless asked for', async () => {
    const optimizer = optimizers.sgd({ learningRate: 1 });
    const weight = variable('w', [8]);
    optimizer.apply([tensor([4])], [weight]);
    optimizer.finalize([weight]);
    expect(await read(weight)).toEqual([4]);
  });
});

describe('getOptimizer', () => {
  it('finds optimizers by name in any case, and returns optimizers as they are', () => {
    expect(getOptimizer('adam').className).toBe('Adam');
    expect(getOptimizer('RMSprop').className).toBe('RMSprop');
    expect(getOptimizer('adamw').name).toBe('adam_w');
    const own = optimizers.adam();
    expect(getOptimizer(own)).toBe(own);
  });

  it('makes an equal optimizer of the configuration of any', () => {
    for (const className of optimizerClasses.keys()) {
      const config = getOptimizer({ className, config: { learningRate: 0.25, clipnorm: 2, name: 'mine' } }).getConfig();
      expect(config).toMatchObject({ learningRate: 0.25, clipnorm: 2, name: 'mine' });
      expect(getOptimizer({ className, config }).getConfig()).toEqual(config);
    }
  });

  it('reads schedules inside a configuration', () => {
    const learningRate = schedules.exponentialDecay({ initialLearningRate: 0.1, decaySteps: 10, decayRate: 0.5 });
    const config = optimizers.adam({ learningRate }).getConfig();
    expect(config.learningRate).toEqual({ className: 'ExponentialDecay', config: learningRate.config });
    expect(getOptimizer({ className: 'Adam', config }).schedule?.config).toEqual(learningRate.config);
  });

  it.each(['adamax2', '__proto__', 'constructor', ''])("refuses '%s'", (name) => {
    expect(() => getOptimizer(name)).toThrow(ArgumentError);
    expect(() => getOptimizer({ className: name })).toThrow(ArgumentError);
  });

  it.each([
    { beta1: 1 },
    { beta1: '0.9' },
    { epsilon: -1 },
    { amsgrad: 1 },
    { learningRate: null },
    { learningRate: { className: 'Evil' } },
    { lossScaleFactor: 2 },
    { gradientAccumulationSteps: 1 },
    { emaOverwriteFrequency: 0.5 },
  ])('refuses %o', (config) => {
    expect(() => getOptimizer({ className: 'Adam', config })).toThrow(ArgumentError);
  });
});

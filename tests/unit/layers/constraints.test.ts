import fc from 'fast-check';
import { type Constraint, constraints, getConstraint, layers, sequential } from 'mapache/layers';
import { optimizers } from 'mapache/optim';
import { tensor, Variable } from 'mapache/tensor';
import { describe, expect, it } from 'vitest';
import { relativeError } from '../../support/relative-error.js';

const { maxNorm, minMaxNorm, nonNeg, unitNorm } = constraints;

/** What a constraint makes of a matrix. */
const applied = async (constraint: Constraint, rows: readonly (readonly number[])[]): Promise<number[]> => [
  ...(await constraint.apply(tensor(rows)).data()),
];

describe('constraints', () => {
  // w = np.array([[3, -1, 0], [4, 2, 0.5]], "float32")
  // [np.array(c(w)) for c in [MaxNorm(2), MaxNorm(2, axis=1), MaxNorm(1, axis=[0, 1]), NonNeg(), UnitNorm(),
  //  UnitNorm(axis=1), MinMaxNorm(1, 2, rate=0.5), MinMaxNorm(3, 4, axis=1)]]   # keras 3.15.1
  it.each<[string, Constraint, readonly number[]]>([
    ['maxNorm by columns', maxNorm(), [1.2, -0.8944271802902222, 0, 1.6, 1.7888543605804443, 0.49999988079071045]],
    [
      'maxNorm by rows',
      maxNorm({ axis: 1 }),
      [1.8973665237426758, -0.6324555277824402, 0, 1.7777777910232544, 0.8888888955116272, 0.2222222238779068],
    ],
    [
      'maxNorm of everything',
      maxNorm({ maxValue: 1, axis: [0, 1] }),
      [0.5454545617103577, -0.1818181872367859, 0, 0.7272727489471436, 0.3636363744735718, 0.09090909361839294],
    ],
    ['nonNeg', nonNeg(), [3, 0, 0, 4, 2, 0.5]],
    [
      'unitNorm by columns',
      unitNorm(),
      [0.6000000238418579, -0.4472135901451111, 0, 0.800000011920929, 0.8944271802902222, 0.9999997615814209],
    ],
    [
      'unitNorm by rows',
      unitNorm({ axis: 1 }),
      [0.9486832618713379, -0.3162277638912201, 0, 0.8888888955116272, 0.4444444477558136, 0.1111111119389534],
    ],
    [
      'minMaxNorm half way',
      minMaxNorm({ minValue: 1, maxValue: 2, rate: 0.5 }),
      [2.0999999046325684, -0.9472135305404663, 0, 2.799999952316284, 1.8944270610809326, 0.7499998211860657],
    ],
    [
      'minMaxNorm by rows',
      minMaxNorm({ minValue: 3, maxValue: 4, axis: 1 }),
      [3, -1, 0, 3.555555582046509, 1.7777777910232544, 0.4444444477558136],
    ],
  ])('%s is that of Keras', async (_, constraint, expected) => {
    const matrix = [
      [3, -1, 0],
      [4, 2, 0.5],
    ];
    expect(relativeError(await applied(constraint, matrix), expected)).toBeLessThan(1e-6);
  });

  it('bring every vector within its bounds, and leave those within alone', async () => {
    const vector = fc.array(fc.float({ min: -8, max: 8, noNaN: true }), { minLength: 3, maxLength: 3 });
    const length = (numbers: readonly number[]): number => Math.hypot(...numbers);
    await fc.assert(
      fc.asyncProperty(vector, async (numbers) => {
        const column = numbers.map((number) => [number]);
        const before = length(numbers);
        const shortened = await applied(maxNorm({ maxValue: 2 }), column);
        expect(length(shortened)).toBeLessThan(2 + 1e-5);
        if (before > 1e-3 && before < 2) expect(relativeError(shortened, numbers)).toBeLessThan(1e-3);
        const between = length(await applied(minMaxNorm({ minValue: 1, maxValue: 2 }), column));
        if (before > 1e-3) expect(Math.abs(between - Math.min(Math.max(before, 1), 2))).toBeLessThan(1e-3);
        if (before > 1e-3) expect(Math.abs(length(await applied(unitNorm(), column)) - 1)).toBeLessThan(1e-3);
        expect(Math.min(...(await applied(nonNeg(), column)))).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 50 },
    );
  });

  it('are found by every spelling, by class and options, or not at all', () => {
    expect(getConstraint(null)).toBeNull();
    for (const name of ['MaxNorm', 'max_norm', 'maxNorm']) {
      expect(getConstraint(name)).toMatchObject({ className: 'MaxNorm', config: { maxValue: 2, axis: 0 } });
    }
    expect(getConstraint('min_max_norm')?.config).toEqual({ minValue: 0, maxValue: 1, rate: 1, axis: 0 });
    const described = { className: 'UnitNorm', config: { axis: [0, 1] } };
    expect(getConstraint(described)).toMatchObject(described);
    const own = { className: 'Mine', config: {}, apply: nonNeg().apply };
    expect(getConstraint(own)).toBe(own);
    expect(() => getConstraint('tiny')).toThrow(/one of maxNorm, nonNeg, unitNorm, minMaxNorm, received "tiny"/);
    expect(() => maxNorm({ maxValue: -1 })).toThrow(/maxValue to be a finite number, at least 0/);
    expect(() => unitNorm({ axis: 0.5 })).toThrow(/axis to be an integer/);
  });
});

describe('weights with a constraint', () => {
  // d = Dense(2, kernel_constraint=MaxNorm(1), bias_constraint="non_neg", kernel_initializer="ones",
  //           bias_initializer=Constant(0.25)); m = Model(x, d(x)); m.compile(SGD(0.5, momentum=0.5), "mse")
  // [(m.train_on_batch(X, Y), d.get_weights()) for _ in range(2)]   # keras 3.15.1
  it('are brought back after every update, as in Keras', async () => {
    const dense = layers.dense({
      units: 2,
      kernelConstraint: maxNorm({ maxValue: 1 }),
      biasConstraint: 'non_neg',
      kernelInitializer: 'ones',
      biasInitializer: { className: 'Constant', config: { value: 0.25 } },
    });
    const model = sequential([layers.inputLayer({ shape: [2] }), dense]);
    model.compile({ optimizer: optimizers.sgd({ learningRate: 0.5, momentum: 0.5 }), loss: 'mse' });
    const x = tensor([
      [1, 2],
      [3, -1],
      [0.5, 1],
    ]);
    const y = tensor([
      [0, 1],
      [2, 4],
      [-1, 0],
    ]);
    for (const [loss, kernel] of [
      [4.895833492279053, [0.10416660457849503, 0.9710147976875305, -0.5, -0.23901912569999695]],
      [0.5923826098442078, [0.2737438380718231, 0.8718450665473938, -0.9618024826049805, -0.4897816479206085]],
    ] as const) {
      const logs = await model.trainOnBatch(x, y);
      expect(relativeError([logs.loss as number], [loss])).toBeLessThan(1e-6);
      expect(relativeError(await dense.weight('kernel').value.data(), kernel)).toBeLessThan(1e-5);
      expect(await dense.weight('bias').value.array()).toEqual([0, 0]);
    }
  });

  it('are brought back by every kind of optimizer option, and in each call while gradients add up', async () => {
    const weight = () => new Variable([-2, 3], { constraint: (value) => nonNeg().apply(value) });
    const summing = optimizers.sgd({ learningRate: 1, gradientAccumulationSteps: 2 });
    const accumulated = weight();
    summing.apply([tensor([0, 0])], [accumulated]);
    expect(await accumulated.value.array()).toEqual([0, 3]);
    summing.apply([tensor([8, 2])], [accumulated]);
    expect(await accumulated.value.array()).toEqual([0, 2]);
    const averaged = weight();
    const averaging = optimizers.sgd({ learningRate: 1, useEma: true });
    averaging.apply([tensor([1, 1])], [averaged]);
    expect(await averaged.value.array()).toEqual([0, 2]);
    // The average is that of the weights as they were before they were brought back.
    expect(await averaging.slotsOf(averaged).average?.value.array()).toEqual([-3, 2]);
  });

  it('cost nothing in a plan when there are none', () => {
    const plan = (config: { readonly kernelConstraint?: string }) => {
      const model = sequential([layers.inputLayer({ shape: [2] }), layers.dense({ units: 2, ...config })]);
      model.compile({ optimizer: 'sgd', loss: 'mse' });
      return model.trainingPlan({ batchSize: 2 }).steps.length;
    };
    expect(plan({ kernelConstraint: 'max_norm' })).toBeGreaterThan(plan({}));
  });
});

import {
  ArgumentError,
  add,
  type Config,
  cast,
  checkNumberOption,
  DTypeError,
  div,
  floatx,
  ShapeMismatchError,
  sameShape,
  snakeCase,
  type Tensor,
  tensor,
  Variable,
  where,
} from '../tensor/index.js';
import { isMultiple, onlyWhen } from './accumulation.js';
import { type Averaging, type AveragingOptions, averaged, checkAveraging } from './averaging.js';
import { type Clipping, type ClippingOptions, checkClipping, clipGradients } from './clipping.js';
import { RateMultipliers } from './rateMultipliers.js';
import { isSchedule, type LearningRateSchedule } from './schedules/schedule.js';
import { type Slots, SlotTable } from './slotTable.js';
import type { UpdateRule } from './updateRule.js';
import { decayed, isExcluded } from './weightDecay.js';

/** Options every optimizer takes. */
export interface OptimizerOptions extends ClippingOptions, AveragingOptions {
  /** At least 0, or a schedule. @defaultValue `0.001`; SGD's is `0.01` */
  readonly learningRate?: number | LearningRateSchedule;
  /** `w <- w - w * weightDecay * lr` before each update; `null` for none. @defaultValue `null`; AdamW's is `0.004` */
  readonly weightDecay?: number | null;
  /** Weights whose name contains one of these texts, or matches one of these patterns, do not decay. @defaultValue `[]` */
  readonly excludeFromWeightDecay?: readonly (string | RegExp)[];
  /** Update only every so many calls, with the mean gradient; at least 2, `null` for always. @defaultValue `null` */
  readonly gradientAccumulationSteps?: number | null;
  /** First part of the paths of the optimizer's variables. @defaultValue the class in snake case */
  readonly name?: string;
}

/**
 * Moves variables along their gradients by a rule, and owns what the rule needs to remember.
 *
 * Nothing it does depends on numbers that are known when a plan is traced: the learning rate and the count of updates
 * are variables, so that changing them needs no new trace.
 */
export class Optimizer {
  readonly name: string;
  /** How often `apply` has been called; `int32` scalar. */
  readonly iterations: Variable;
  /** The learning rate, a scalar; with a schedule, the rate of the last update. */
  readonly learningRate: Variable;
  readonly schedule: LearningRateSchedule | null;
  /** Weights that do not decay, by parts of their names. Not in the configuration, as in Keras. */
  readonly excludeFromWeightDecay: readonly (string | RegExp)[];
  /** Factors of the learning rate by variable. @defaultValue 1 for each */
  readonly rateMultipliers = new RateMultipliers();
  readonly #rule: UpdateRule<string, never, string>;
  readonly #slots: SlotTable;
  readonly #clipping: Clipping;
  readonly #averaging: Averaging;
  readonly #weightDecay: number | null;
  readonly #accumulationSteps: number | null;
  #lastRate: number;

  /** @throws {ArgumentError} if an option is outside its range, or if more than one kind of clipping is asked for. */
  constructor(rule: UpdateRule<string, never, string>, options: OptimizerOptions = {}) {
    const { className } = rule;
    const { learningRate = 0.001, weightDecay = null, gradientAccumulationSteps: steps = null } = options;
    this.#rule = rule;
    this.name = options.name ?? snakeCase(className);
    this.#clipping = checkClipping(className, options);
    this.#averaging = checkAveraging(className, options);
    this.#weightDecay =
      weightDecay === null ? null : checkNumberOption(className, 'weightDecay', weightDecay, { min: 0 });
    this.excludeFromWeightDecay = options.excludeFromWeightDecay ?? [];
    this.#accumulationSteps =
      steps === null
        ? null
        : checkNumberOption(className, 'gradientAccumulationSteps', steps, { min: 2, integer: true });
    this.schedule = isSchedule(learningRate) ? learningRate : null;
    this.#lastRate = isSchedule(learningRate)
      ? 0
      : checkNumberOption(className, 'learningRate', learningRate, { min: 0 });
    this.iterations = this.#scalar('iteration', tensor(0, { dtype: 'int32' }));
    this.learningRate = this.#scalar('learning_rate', this.schedule?.rateAt(tensor(0)) ?? tensor(this.#lastRate));
    const ruleSlots = new Set(rule.slots.flat());
    const groups = [
      ...(this.#averaging.useEma ? [['average']] : []),
      ...(this.#accumulationSteps === null ? [] : [['gradientAccumulator']]),
      ...rule.slots,
    ];
    // A weight that begins to train later must not be averaged with the zeros other slots start with.
    this.#slots = new SlotTable({
      owner: this.name,
      groups,
      initial: { ...rule.initial, average: 'weight' },
      formOf: (slot, variable) => (ruleSlots.has(slot) ? (rule.formOf?.(slot, variable) ?? null) : null),
      shared: rule.shared?.initial ?? {},
    });
  }

  /** Keras's name of the class, as files have it. */
  get className(): string {
    return this.#rule.className;
  }

  /** The weights it has moved so far, in the order in which they were first seen. */
  get weights(): readonly Variable[] {
    return this.#slots.variables;
  }

  /**
   * Everything the optimizer remembers, in the order in which Keras saves it, for the variables it has seen. Assign to
   * them to restore a state.
   */
  get variables(): readonly Variable[] {
    return this.variablesFor(this.weights);
  }

  /**
   * The count of updates, the learning rate unless there is a schedule, the slots of `weights`, and what all weights
   * share: what Keras saves for a model with these trainable weights, in its order. Makes slots that do not exist yet.
   */
  variablesFor(weights: readonly Variable[]): readonly Variable[] {
    const rate = this.schedule === null ? [this.learningRate] : [];
    return [this.iterations, ...rate, ...this.#slots.ordered(weights)];
  }

  /** What is remembered about `variable`, by name. Made the first time a variable is seen, and kept from then on. */
  slotsOf(variable: Variable): Slots {
    return this.#slots.of(variable);
  }

  /** The rate of the next update; scalar. */
  currentLearningRate(): Tensor {
    const { schedule } = this;
    return schedule === null ? this.learningRate.value : schedule.rateAt(cast(this.iterations.value, floatx()));
  }

  /** Changes the learning rate from the next update on. @throws {ArgumentError} if `rate` is negative or not finite, or if there is a schedule. */
  setLearningRate(rate: number): void {
    if (this.schedule !== null) {
      throw new ArgumentError({
        operation: 'setLearningRate',
        expected: 'an optimizer whose learning rate is a number',
        received: `one with the schedule ${this.schedule.className}`,
        remedy: 'Make the optimizer with a number to set its learning rate by hand.',
      });
    }
    this.#lastRate = checkNumberOption('setLearningRate', 'the learning rate', rate, { min: 0 });
    this.learningRate.assign(rate);
  }

  /**
   * One update: gradients are clipped, weights decay, the rule moves them, constraints bring them back within their
   * bounds, and `iterations` counts up. All assignments take place together, after everything has been computed. With no
   * variables nothing happens.
   * @throws {ArgumentError | ShapeMismatchError | DTypeError} if gradients and variables do not go together one by one.
   */
  apply(gradients: readonly Tensor[], variables: readonly Variable[]): void {
    checkPairs(gradients, variables);
    if (variables.length === 0) return;
    const count = add(this.iterations.value, 1);
    const next = this.#accumulate(gradients, variables, count);
    this.#average(next, variables);
    constrain(next, variables);
    if (this.schedule !== null) next.set(this.learningRate, this.currentLearningRate());
    next.set(this.iterations, count);
    for (const [variable, value] of next) variable.assign(value);
  }

  /** Replaces `variables` by their running averages, at the end of training. Without averages nothing happens. */
  finalize(variables: readonly Variable[]): void {
    if (!this.#averaging.useEma) return;
    for (const variable of variables) variable.assign((this.slotsOf(variable).average as Variable).value);
  }

  /** The options of the optimizer, complete. `excludeFromWeightDecay` is not among them, as in Keras. */
  getConfig(): Config {
    const { schedule } = this;
    const { className, config } = schedule ?? {};
    const rate = this.learningRate.storage.known?.[0] ?? this.#lastRate;
    return {
      name: this.name,
      learningRate: schedule === null ? rate : { className, config },
      weightDecay: this.#weightDecay,
      ...this.#clipping,
      ...this.#averaging,
      lossScaleFactor: null,
      gradientAccumulationSteps: this.#accumulationSteps,
      ...this.#rule.config,
    };
  }

  #scalar(name: string, start: Tensor): Variable {
    const variable = new Variable(start, { name, trainable: false });
    variable.path = `${this.name}/${name}`;
    return variable;
  }

  /** Updates now, or only adds the gradients up until it is time. */
  #accumulate(gradients: readonly Tensor[], variables: readonly Variable[], count: Tensor): Map<Variable, Tensor> {
    const steps = this.#accumulationSteps;
    if (steps === null) return this.#update(gradients, variables, count);
    const cells = variables.map((variable) => this.slotsOf(variable).gradientAccumulator as Variable);
    const sums = gradients.map((gradient, i) => add(gradient, (cells[i] as Variable).value));
    const means = sums.map((sum) => div(sum, steps));
    const due = isMultiple(count, steps);
    const next = onlyWhen(due, this.#update(means, variables, div(count, steps)));
    cells.forEach((cell, i) => {
      next.set(cell, where(due, 0, sums[i] as Tensor));
    });
    return next;
  }

  /** New values of parameters and slots. */
  #update(gradients: readonly Tensor[], variables: readonly Variable[], count: Tensor): Map<Variable, Tensor> {
    const next = new Map<Variable, Tensor>();
    const rate = this.currentLearningRate();
    const clipped = clipGradients(gradients, this.#clipping);
    const shared = this.#share(variables, count, next);
    variables.forEach((variable, i) => {
      const slots = this.slotsOf(variable);
      const learningRate = cast(this.rateMultipliers.scale(rate, variable), variable.dtype);
      const update = this.#rule.update({
        gradient: clipped[i] as Tensor,
        parameter: this.#decayed(variable, learningRate),
        slots: Object.fromEntries(Object.entries(slots).map(([name, slot]) => [name, slot.value])),
        shared,
        learningRate,
        step: cast(count, variable.dtype),
      });
      next.set(variable, update.parameter);
      for (const [name, value] of Object.entries(update.slots)) next.set(slots[name] as Variable, value);
    });
    return next;
  }

  /** Values of what all weights share, for this update; `next` takes note of them. */
  #share(variables: readonly Variable[], count: Tensor, next: Map<Variable, Tensor>): Readonly<Record<string, Tensor>> {
    const [first] = variables;
    const { shared } = this.#rule;
    if (shared === undefined || first === undefined) return {};
    const cells = this.#slots.sharedBy(first.dtype);
    const { dtype } = Object.values(cells)[0] as Variable;
    const before = Object.fromEntries(Object.entries(cells).map(([name, cell]) => [name, cell.value]));
    const values = shared.update(before, cast(count, dtype));
    for (const [name, value] of Object.entries(values)) next.set(cells[name] as Variable, value);
    return values;
  }

  #decayed(variable: Variable, learningRate: Tensor): Tensor {
    const decays = this.#weightDecay !== null && !isExcluded(variable, this.excludeFromWeightDecay);
    return decays ? decayed(variable.value, this.#weightDecay, learningRate) : variable.value;
  }

  /** Moves the averages towards the new weights and, when it is time, the weights to the averages. */
  #average(next: Map<Variable, Tensor>, variables: readonly Variable[]): void {
    const { useEma, emaMomentum, emaOverwriteFrequency } = this.#averaging;
    if (!useEma) return;
    const updates = div(this.iterations.value, this.#accumulationSteps ?? 1);
    for (const variable of variables) {
      const weight = next.get(variable) as Tensor;
      const cell = this.slotsOf(variable).average as Variable;
      const average = averaged(cell.value, weight, emaMomentum, updates);
      next.set(cell, average);
      if (emaOverwriteFrequency === null) continue;
      next.set(variable, where(isMultiple(add(updates, 1), emaOverwriteFrequency), average, weight));
    }
  }
}

/**
 * Keras's order: averages are those of weights that are not yet constrained, and with accumulation weights are brought
 * back in every call, not only in those that update.
 */
function constrain(next: Map<Variable, Tensor>, variables: readonly Variable[]): void {
  for (const variable of variables) {
    const { constraint } = variable;
    if (constraint !== null) next.set(variable, constraint(next.get(variable) as Tensor));
  }
}

/** @throws {ArgumentError | ShapeMismatchError | DTypeError} */
function checkPairs(gradients: readonly Tensor[], variables: readonly Variable[]): void {
  if (gradients.length !== variables.length || new Set(variables).size !== variables.length) {
    throw new ArgumentError({
      operation: 'apply',
      expected: 'one gradient for each variable, and each variable once',
      received: `${gradients.length} gradients, ${variables.length} variables`,
      remedy: 'Give the list that was given to gradients(loss, variables).',
    });
  }
  variables.forEach((variable, i) => {
    const gradient = gradients[i] as Tensor;
    const operation = `apply to ${variable.path}`;
    if (!sameShape(gradient.shape, variable.shape)) {
      throw new ShapeMismatchError(
        operation,
        variable.shape,
        gradient.shape,
        'A gradient has the shape of its variable.',
      );
    }
    if (gradient.dtype !== variable.dtype) throw new DTypeError(operation, variable.dtype, gradient.dtype);
  });
}

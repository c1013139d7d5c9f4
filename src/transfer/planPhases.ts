import type { Layer, Model } from '../layers/index.js';
import { getOptimizer, type Optimizer } from '../optim/index.js';
import { checkChoiceOption, checkNumberOption, formatValue, MapacheError } from '../tensor/index.js';
import type { FitOptions, TrainingData } from '../training/index.js';
import { factorsOf, spreadRates } from './discriminativeRates.js';
import type { FineTuneOptions, FineTunePhase, FineTuneSettings } from './fineTuneOptions.js';
import { freshOptimizer } from './freshOptimizer.js';
import { highestRateOf, markRateChecked } from './highestRates.js';
import { type LayerGroup, layerGroups } from './layerGroups.js';
import { type Leaf, leavesOf } from './leaves.js';
import { normalizationsOf } from './normalizations.js';
import { scheduled } from './rateSchedule.js';
import { type Selection, select } from './selection.js';

/** A learning rate at which a few batches undo what the base has learnt. */
export class LearningRateError extends MapacheError {}

/** A phase, checked: nothing in it can be refused any more but by `fit`. */
export interface PlannedPhase {
  readonly name: string;
  /** What trains; `null` for what trains already. */
  readonly train: readonly Leaf[] | null;
  readonly optimizer: Optimizer;
  readonly learningRate: number;
  /** Batch normalisations to keep in inference mode. */
  readonly held: readonly Layer[];
  readonly fit: FitOptions;
}

/**
 * The phases of a fine-tuning, each with a fresh optimizer.
 * @throws {LearningRateError | ArgumentError} if something in one of them cannot be done. Nothing changes.
 */
export function planPhases(
  model: Model,
  compiledWith: Optimizer,
  data: TrainingData,
  { phases, groups: starts, ...common }: FineTuneOptions,
): readonly PlannedPhase[] {
  const groups = layerGroups(model, starts);
  const given: readonly FineTunePhase[] = phases ?? [{}];
  let end = common.initialEpoch ?? 0;
  let training = trainingNow(model);
  return given.map((phase, i) => {
    const settings: FineTuneSettings & FineTunePhase = { optimizer: compiledWith, ...common, ...phase };
    const epochs = checkNumberOption('fineTune', 'epochs', settings.epochs ?? 1, { min: 1, integer: true });
    const span = phases === undefined ? { epochs } : { initialEpoch: end, epochs: end + epochs };
    end += epochs;
    const train = phase.train === undefined ? null : chosen(model, groups, phase.train);
    training = train === null ? training : new Set(train.map(({ layer }) => layer));
    const name = phase.name ?? `phase ${i + 1}`;
    return { ...plan(model, groups, training, data, { ...settings, ...span }), name, train };
  });
}

function plan(
  model: Model,
  groups: readonly LayerGroup[],
  training: ReadonlySet<Layer>,
  data: TrainingData,
  settings: FineTuneSettings & Pick<FineTunePhase, 'name' | 'train'>,
): Omit<PlannedPhase, 'name' | 'train'> {
  const {
    learningRate = 1e-5,
    schedule = 'constant',
    optimizer = 'rmsprop',
    batchNormalization = 'inference',
    allowHighLearningRate = false,
    name: _,
    train: __,
    ...fit
  } = settings;
  const mode = checkChoiceOption('fineTune', 'batchNormalization', batchNormalization, ['inference', 'training']);
  const [low, high] = typeof learningRate === 'object' ? learningRate : [learningRate, learningRate];
  const base = groups.slice(0, -1).flat();
  const like = getOptimizer(optimizer);
  checkRates(like.className, low, high, allowHighLearningRate || !base.some(({ layer }) => training.has(layer)));
  const fresh = freshOptimizer(like, scheduled(schedule, high, data, fit));
  // The user was told, or wants it so.
  markRateChecked(fresh);
  if (low !== high) fresh.rateMultipliers.set(factorsOf(groups, spreadRates(low, high, groups.length)));
  return { optimizer: fresh, learningRate: high, held: mode === 'inference' ? normalizationsOf(model) : [], fit };
}

function chosen(
  model: Model,
  groups: readonly LayerGroup[],
  train: 'head' | 'all' | number | Selection,
): readonly Leaf[] {
  if (train === 'all') return groups.flat();
  if (typeof train === 'object') return select('fineTune', model, train);
  const count = train === 'head' ? 1 : train;
  checkNumberOption('fineTune', 'train', count, { min: 1, integer: true });
  return groups.slice(-count).flat();
}

function trainingNow(model: Model): ReadonlySet<Layer> {
  return new Set(leavesOf(model).flatMap(({ layer }) => (layer.trainableWeights.length > 0 ? [layer] : [])));
}

/** Of two rates the lower one must leave the base intact: whoever gives two knows that they differ. */
function checkRates(className: string, low: number, high: number, allowHigh: boolean): void {
  const limit = highestRateOf(className);
  const isRate = (rate: number): boolean => Number.isFinite(rate) && rate > 0;
  if (isRate(low) && isRate(high) && low <= high && (allowHigh || low <= limit)) return;
  throw new LearningRateError({
    operation: 'fineTune',
    expected: `a learning rate in (0, ${limit}] for ${className}, or two of which the lower one comes first`,
    received: formatValue(low === high ? low : [low, high]),
    remedy: 'The guide uses 1e-5. A rate above the limit needs allowHighLearningRate: true.',
  });
}

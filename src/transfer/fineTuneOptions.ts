import type { OptimizerLike } from '../optim/index.js';
import type { FitOptions } from '../training/index.js';
import type { RateSchedule } from './rateSchedule.js';
import type { Selection } from './selection.js';

/** How to go about fine-tuning, besides what `fit` is told. */
export interface FineTuneSettings extends FitOptions {
  /**
   * Rate for all that trains; keep it low, or what the base has learnt is lost. Two rates are spread over the groups of
   * layers, each a constant factor above the one before it: the first is for the group at the input, the last for the head.
   * @defaultValue `1e-5`
   */
  readonly learningRate?: number | readonly [low: number, high: number];
  /**
   * How the rate changes from update to update: see `RateSchedule`. With two rates all follow it, at their distance.
   * @defaultValue `'constant'`
   */
  readonly schedule?: RateSchedule;
  /**
   * What kind of optimizer to train with. A fresh one like it is made, whose rate or schedule gives way to `learningRate`.
   * Clipping, accumulation of gradients and averages of weights are options of optimizers.
   * @defaultValue like the optimizer the model was compiled with
   */
  readonly optimizer?: OptimizerLike;
  /**
   * `'inference'`: batch normalisations keep the statistics of the data the base was trained on, while their gamma and
   * beta may train. `'training'`: they adapt to the new data, which takes large batches. @defaultValue `'inference'`
   */
  readonly batchNormalization?: 'inference' | 'training';
  /** Accept a learning rate that is known to wreck pretrained weights. @defaultValue `false` */
  readonly allowHighLearningRate?: boolean;
}

/** A part of a fine-tuning. What it does not say, the options around it do. */
export interface FineTunePhase extends Omit<FineTuneSettings, 'initialEpoch'> {
  /** For messages and reports. @defaultValue `'phase 1'` and so on */
  readonly name?: string;
  /**
   * What trains; everything else is frozen. A number: so many groups of `layerGroups`, counted from the head, which is 1, at most all.
   * A selection: these layers. @defaultValue what trains already
   */
  readonly train?: 'head' | 'all' | number | Selection;
}

/** Options of `fineTune`: those of `fit`, and how to go about it. */
export interface FineTuneOptions extends FineTuneSettings {
  /** Parts with what they train, one after the other; `epochs` are those of each. @defaultValue one, of what trains already */
  readonly phases?: readonly FineTunePhase[];
  /** Layers with which later groups begin, the head last. @defaultValue those of `layerGroups` */
  readonly groups?: readonly string[];
}

import type { Model } from '../../layers/index.js';
import type { History } from '../../training/index.js';
import type { EmbeddingMap } from '../understanding/embeddingMap.js';
import type { ClassifierEvaluation } from '../understanding/evaluateClassifier.js';

/** A part of a training: the head, then the base, for example. */
export interface ReportPhase {
  /** @defaultValue `'Training'`, numbered if there are several */
  readonly name?: string | undefined;
  /** What `fit` or `fineTune` returned. */
  readonly history: Pick<History, 'history' | 'epochs'>;
  /** What was trained, in words: `'2 of 158 weights'`. */
  readonly trained?: string | undefined;
  /** How long it took. */
  readonly seconds?: number | undefined;
  /** The learning rate, or one for each epoch. @defaultValue the log `learning_rate` of the history */
  readonly learningRate?: number | readonly number[] | undefined;
}

/** What a search for a learning rate has found. */
export interface ReportLearningRates {
  /** Rates that were tried, rising. */
  readonly rates: readonly number[];
  /** The loss at each rate. */
  readonly losses: readonly number[];
  /** The rate that was suggested. */
  readonly suggestion?: number | null | undefined;
}

/** A file that was left out. */
export interface ReportSkippedFile {
  readonly file: string;
  readonly reason: string;
}

/** What a report tells. Everything but the model may be left out, and its part of the report then is. */
export interface ReportContents {
  readonly model: Model;
  /** @defaultValue the name of the model */
  readonly title?: string | undefined;
  /** A sentence or two below the title. */
  readonly lead?: string | undefined;
  /** How the model was trained, first phase first. */
  readonly phases?: readonly ReportPhase[] | undefined;
  /** What `evaluateClassifier` found. */
  readonly evaluation?: ClassifierEvaluation | undefined;
  /** What the samples of the evaluation are called: `'validation pictures'`. @defaultValue `'samples'` */
  readonly evaluatedOn?: string | undefined;
  /** Whether worst mistakes that are pictures are shown with Grad-CAM heat maps. @defaultValue `true` */
  readonly heatMaps?: boolean | undefined;
  /** What `embeddingMap` found. */
  readonly map?: EmbeddingMap | undefined;
  readonly learningRates?: ReportLearningRates | undefined;
  readonly skipped?: readonly ReportSkippedFile[] | undefined;
  /** Options and data that lead to the same model again, by name. */
  readonly settings?: Readonly<Record<string, unknown>> | undefined;
  readonly seed?: number | undefined;
  /** The command line that made the model. */
  readonly command?: string | undefined;
  /** Seconds that parts of the work took, by name. */
  readonly timings?: Readonly<Record<string, number>> | undefined;
  /** Versions of other things that matter, by name. Those of the library and of what it runs on are always told. */
  readonly versions?: Readonly<Record<string, string>> | undefined;
}

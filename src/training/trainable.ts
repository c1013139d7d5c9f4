import type { Seed, Tensor, Variable } from '../tensor/index.js';

/** Takes the files of a model, once they are complete. */
export interface SaveHandler {
  save(files: Readonly<Record<string, Uint8Array>>): void | Promise<void>;
}

/** What training needs to know of a model. Models are further right in the library and have this shape. */
export interface Trainable {
  readonly name: string;
  /** Shapes of the inputs; `null` for the batch and for any other size that may vary. */
  readonly inputShapes: readonly (readonly (number | null)[])[];
  /** Shapes of the outputs, likewise. */
  readonly outputShapes: readonly (readonly (number | null)[])[];
  /** One name for each output; log keys, and losses and metrics given by name, refer to them. */
  readonly outputNames: readonly string[];
  /**
   * Computes the outputs, behaving as in training or as in inference, and for each a mask that says which of its elements
   * count; `null` where all do.
   */
  run(
    inputs: readonly Tensor[],
    options: { readonly training: boolean },
  ): { readonly outputs: readonly Tensor[]; readonly masks: readonly (Tensor | null)[] };
  /** Penalties of regularisers on weights, to be added to the loss. */
  readonly losses: readonly Tensor[];
  /** What gets gradients. */
  readonly trainableWeights: readonly Variable[];
  /** All that the model remembers: weights, statistics, states of random generators. */
  readonly variables: readonly Variable[];
  /** Changes whenever the set of trainable variables, or a layer's behaviour, changes. */
  readonly trainableKey: string;
  /**
   * What its random layers draw from, beside the counters among `variables`. Set them before anything is traced.
   * @defaultValue it has none
   */
  seeds?: readonly Seed[];
  /** Makes one file of the whole model. @defaultValue it cannot */
  save?(destination: SaveHandler, options: { readonly format: 'keras' }): Promise<unknown>;
  /** Makes one file of its weights. @defaultValue it cannot */
  saveWeights?(destination: SaveHandler, options: { readonly format: 'weights.h5' | 'safetensors' }): Promise<unknown>;
  /** The model in two parts as it stands, if its bottom is frozen and looks at each sample alone. @defaultValue never */
  split?(): ModelSplit | null;
}

/** A model in two: a bottom that gives the same for a sample whenever it is asked, and a top that trains. */
export interface ModelSplit {
  /** Where features come from, one name for each. */
  readonly featureNames: readonly string[];
  /** All that the bottom's results depend on besides its inputs. */
  readonly weights: readonly Variable[];
  /** What the bottom computes, as text: equal texts and equal weights give equal features, in any process. */
  describe(): string;
  /** Computes the features. A mask among them means that the model cannot be cut here. */
  readonly run: Trainable['run'];
  /** What takes features and gives the outputs; its variables are those of the whole model. */
  readonly top: Trainable;
}

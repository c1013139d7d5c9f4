import type { ActivationLike, ModelSource, ReadOptions, SymbolicShape, SymbolicTensor } from '../../layers/index.js';
import type { PreprocessingMode } from './preprocessing.js';

/** Options that every application takes. */
export interface ApplicationOptions extends ReadOptions {
  /** With the layers that tell classes apart. @defaultValue `true` */
  readonly includeTop?: boolean | undefined;
  /**
   * `'imagenet'`: those that Keras publishes, from its cache folder or downloaded into it. `null`: random ones.
   * Anything else is where a file of weights is. @defaultValue `'imagenet'`
   */
  readonly weights?: 'imagenet' | ModelSource | null | undefined;
  /** Shape of one picture; `null` for a size that may vary. @defaultValue what the application was trained on */
  readonly inputShape?: SymbolicShape | undefined;
  /** What to apply the network to instead of a new input, such as the output of augmentation layers. */
  readonly inputTensor?: SymbolicTensor | undefined;
  /** Without the top: how to make a vector of the last map of features. @defaultValue `null`: not at all */
  readonly pooling?: 'avg' | 'max' | null | undefined;
  /** Classes the top tells apart: their number, or their names, which then travel with the model. @defaultValue `1000` */
  readonly classes?: number | readonly string[] | undefined;
  /** Activation of the top; `null` for logits. @defaultValue `'softmax'` */
  readonly classifierActivation?: ActivationLike | null | undefined;
  /** Name of the model. @defaultValue Keras's */
  readonly name?: string | undefined;
}

/** The options as an application sees them: checked and complete. */
export interface Settings {
  readonly includeTop: boolean;
  /** Whether the published weights will be loaded. */
  readonly pretrained: boolean;
  readonly inputShape: SymbolicShape;
  readonly pooling: 'avg' | 'max' | null;
  readonly classes: number;
  readonly classifierActivation: ActivationLike | null;
  /** Name of the model. */
  readonly name: string;
}

/** A published file of weights. */
export interface PublishedWeights {
  /** Whether it holds the top. */
  readonly top: boolean;
  /** Options it was made for. */
  readonly options: Readonly<Record<string, number | boolean>>;
  /** Size in pixels it was made for, where there are files for several. */
  readonly size?: number;
  /** Name in the cache folder. */
  readonly file: string;
  readonly url: string;
  /** MD5 (32 digits) or SHA-256 (64), or `null` if none is published. */
  readonly hash: string | null;
}

/** A layer by its name, or, where Keras numbers the names, as the one that takes what another layer gives. */
export type LayerMark = string | { readonly after: string };

/** A network of `keras.applications`, described by data and two functions. */
export interface Application<Extra extends object = object> {
  /** Keras's name, as in `MobileNetV2`. */
  readonly name: string;
  /** Name of the model, if it is given none. */
  modelName(settings: Omit<Settings, 'name'> & Extra): string;
  /** Rows and columns of the pictures it was trained on. */
  readonly inputSize: number;
  /** Fewest rows and columns it takes. */
  readonly minSize: number;
  /** When the size of the input must be known; elsewhere it may vary. */
  readonly fixedSize: 'withTop' | 'always' | 'never';
  /** What is to be done to pixels before the model sees them; `'none'` if layers of its own do it. */
  readonly preprocessing: PreprocessingMode;
  /** The same if `includePreprocessing` is `false`; `null` where no mode says it. */
  readonly bare: PreprocessingMode | null;
  /** Options besides the common ones, with their defaults. */
  readonly options: Extra;
  /** Every file of weights that is published. */
  readonly weights: readonly PublishedWeights[];
  /** The layer that gives the last map of features. */
  readonly cut: LayerMark;
  /**
   * The layers with which its later parts begin, from general features to special ones: for learning rates that differ
   * by depth. The first part is what comes before.
   */
  readonly groups: readonly string[];
  /** Numbers in its weights, by default and without the top. */
  readonly parameters: { readonly total: number; readonly trainable: number; readonly withoutTop: number };
  /** Number of weights, by default. */
  readonly tensors: number;

  /** From pictures to the last map of features. */
  features(x: SymbolicTensor, settings: Settings & Extra): SymbolicTensor;
  /** From there to classes. */
  top(x: SymbolicTensor, settings: Settings & Extra): SymbolicTensor;
  /** From there to what the model gives without its top. */
  pool(x: SymbolicTensor, settings: Settings & Extra): SymbolicTensor;
}

/** What is known of a model that an application made; it is saved with the model. */
export interface ApplicationMetadata {
  /** Keras's name of the application. */
  readonly application: string;
  /** The layers with which its later parts begin, and its top if it has one. See `layerGroups`. */
  readonly groups: readonly string[];
  readonly preprocessing?: PreprocessingMode;
  /** Smallest and largest number the model's input may hold. */
  readonly inputRange?: readonly [low: number, high: number];
  readonly classNames?: readonly string[];
}

import type { Config, Tensor } from '../tensor/index.js';

/** What an application of a layer is given besides its inputs. */
export interface Call {
  /**
   * To which argument each input belongs, as in `['query', 'value']`. A name that is repeated makes a list of its
   * inputs; `mask`, and `queryMask` for an argument `query`, give a mask in place of the one that comes with the input.
   * @defaultValue the class's `callArguments` in order; inputs left over belong to the last one
   */
  readonly inputNames?: readonly string[] | undefined;
  /** Arguments that are plain data, such as `{ useCausalMask: true }`. @defaultValue none */
  readonly options?: Config | undefined;
}

/** How a layer is applied. */
export interface ApplyOptions extends Call {
  /**
   * Behave as in training (drop, use batch statistics) or as in inference. Given here, it wins for this layer and
   * everything inside it, and for nothing else. @defaultValue what the model around it does; `false` outside
   */
  readonly training?: boolean | undefined;
}

/** How a layer is run by what is around it. */
export interface RunOptions extends Call {
  readonly training: boolean;
  /** The masks that come with the inputs, one for each; `null` where everything counts. @defaultValue no masks */
  readonly masks?: readonly (Tensor | null)[];
}

/** What a layer may know while it computes. */
export interface CallContext {
  readonly training: boolean;
  /** The masks to be heeded, one for each input: bool, true where an element counts; `null` where everything does. */
  readonly masks: readonly (Tensor | null)[];
  /** To which argument each input belongs. */
  readonly inputNames: readonly string[];
  /** Arguments that are plain data. */
  readonly options: Config;
}

/** Tensors, and which of their elements count. */
export interface MaskedTensors {
  readonly outputs: readonly Tensor[];
  /** One for each output; `null` where everything counts. */
  readonly masks: readonly (Tensor | null)[];
}

import type { Config, Tensor } from '../tensor/index.js';

/** Values of slots: `Required` ones are always there, `Optional` ones where the rule lists them. */
export type SlotValues<Required extends string, Optional extends string = never> = Readonly<
  Record<Required, Tensor> & Partial<Record<Optional, Tensor>>
>;

/** What a rule looks at to update one parameter. All tensors have the dtype of the parameter. */
export interface UpdateContext<Required extends string, Optional extends string = never> {
  /** Gradient of the loss with respect to the parameter, clipped. Same shape as the parameter. */
  readonly gradient: Tensor;
  readonly parameter: Tensor;
  /** What the rule remembers of earlier updates. Same shape as the parameter. */
  readonly slots: SlotValues<Required, Optional>;
  /** Scalar. */
  readonly learningRate: Tensor;
  /** Number of this update, counted from 1. Scalar. */
  readonly step: Tensor;
}

/** What a rule makes of it. */
export interface Update<Required extends string, Optional extends string = never> {
  readonly parameter: Tensor;
  readonly slots: SlotValues<Required, Optional>;
}

/**
 * How one parameter moves: a pure function of the gradient and of what it remembers. It knows nothing of variables,
 * clipping or weight decay; an `Optimizer` takes care of those.
 */
export interface UpdateRule<Required extends string = string, Optional extends string = never> {
  /** Keras's name of the class, as files have it. */
  readonly className: string;
  /** The rule's options, complete. */
  readonly config: Config;
  /**
   * Names of the slots. Files store group after group; inside a group the slots of one weight stand together.
   */
  readonly slots: readonly (readonly (Required | Optional)[])[];
  /** Value slots start with. @defaultValue 0 */
  readonly initial?: Readonly<Partial<Record<Required | Optional, number>>>;
  update(context: UpdateContext<Required, Optional>): Update<Required, Optional>;
}

import type { Config, DType, Shape, Tensor } from '../tensor/index.js';

/** Values of slots: `Required` ones are always there, `Optional` ones where the rule lists them. */
export type SlotValues<Required extends string, Optional extends string = never> = Readonly<
  Record<Required, Tensor> & Partial<Record<Optional, Tensor>>
>;

/** What a slot looks like where it does not look like its weight. */
export interface SlotForm {
  readonly shape: Shape;
  /** @defaultValue that of the weight */
  readonly dtype?: DType;
  /** What Keras calls the slot. @defaultValue the path of the weight and the name of the slot */
  readonly label?: string;
}

/** What a rule looks at to update one parameter. Floating tensors have the dtype of the parameter. */
export interface UpdateContext<
  Required extends string,
  Optional extends string = never,
  Shared extends string = never,
> {
  /** Gradient of the loss with respect to the parameter, clipped. Same shape as the parameter. */
  readonly gradient: Tensor;
  readonly parameter: Tensor;
  /** What the rule remembers of earlier updates. Same shape as the parameter, unless the rule says otherwise. */
  readonly slots: SlotValues<Required, Optional>;
  /** What the rule remembers for all parameters together, as of this update. Scalars. */
  readonly shared: Readonly<Record<Shared, Tensor>>;
  /** Scalar. */
  readonly learningRate: Tensor;
  /** Number of this update, counted from 1. Scalar. */
  readonly step: Tensor;
}

/** What a rule makes of it. Slots that are left out stay what they are. */
export interface Update<Required extends string, Optional extends string = never> {
  readonly parameter: Tensor;
  readonly slots: SlotValues<Required, Optional>;
}

/** Numbers that a rule remembers once, not once for each parameter. */
export interface SharedState<Shared extends string> {
  /** Values they start with. Files store them after all slots, in this order. */
  readonly initial: Readonly<Record<Shared, number>>;
  /** Their values for update number `step`, made of those for the update before. Scalars. */
  update(values: Readonly<Record<Shared, Tensor>>, step: Tensor): Readonly<Record<Shared, Tensor>>;
}

/**
 * How one parameter moves: a pure function of the gradient and of what it remembers. It knows nothing of variables,
 * clipping or weight decay; an `Optimizer` takes care of those.
 */
export interface UpdateRule<
  Required extends string = string,
  Optional extends string = never,
  Shared extends string = never,
> {
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
  /** The form of a slot of a weight of this shape and name; `null` for that of the weight. @defaultValue always `null` */
  formOf?(slot: Required | Optional, weight: { readonly shape: Shape; readonly name: string }): SlotForm | null;
  /** @defaultValue nothing is shared */
  readonly shared?: SharedState<Shared>;
  update(context: UpdateContext<Required, Optional, Shared>): Update<Required, Optional>;
}

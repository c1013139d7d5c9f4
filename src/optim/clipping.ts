import {
  ArgumentError,
  add,
  cast,
  checkNumberOption,
  clip,
  div,
  maximum,
  minimum,
  mul,
  sqrt,
  square,
  sub,
  sum,
  type Tensor,
} from '../tensor/index.js';

/** How gradients are kept from being too large; at most one of these may be set. */
export interface ClippingOptions {
  /** Largest norm of the gradient of each single variable. @defaultValue `null` */
  readonly clipnorm?: number | null;
  /** Largest norm of all gradients taken together. @defaultValue `null` */
  readonly globalClipnorm?: number | null;
  /** Largest absolute value of each number in a gradient. @defaultValue `null` */
  readonly clipvalue?: number | null;
}

/** Clipping options, complete and checked. */
export type Clipping = Readonly<Record<keyof ClippingOptions, number | null>>;

/** @throws {ArgumentError} if a limit is not above 0, or if more than one is set. */
export function checkClipping(operation: string, options: ClippingOptions): Clipping {
  const limit = (name: keyof ClippingOptions): number | null => checkNumberOrNull(operation, name, options[name]);
  const clipping = {
    clipnorm: limit('clipnorm'),
    globalClipnorm: limit('globalClipnorm'),
    clipvalue: limit('clipvalue'),
  };
  const set = Object.entries(clipping).filter(([, value]) => value !== null);
  if (set.length <= 1) return clipping;
  throw new ArgumentError({
    operation,
    expected: 'at most one of clipnorm, globalClipnorm and clipvalue',
    received: set.map(([name, value]) => `${name} ${value}`).join(', '),
    remedy: 'Choose one kind of clipping.',
  });
}

function checkNumberOrNull(operation: string, name: string, value: unknown): number | null {
  return value === undefined || value === null ? null : checkNumberOption(operation, name, value, { above: 0 });
}

/** The gradients, clipped. They keep their shapes. */
export function clipGradients(gradients: readonly Tensor[], clipping: Clipping): readonly Tensor[] {
  const { clipnorm, globalClipnorm, clipvalue } = clipping;
  if (clipnorm !== null) return gradients.map((gradient) => clipByNorm(gradient, clipnorm));
  if (globalClipnorm !== null) return clipByGlobalNorm(gradients, globalClipnorm);
  if (clipvalue !== null) return gradients.map((gradient) => clip(gradient, -clipvalue, clipvalue));
  return gradients;
}

/** `g * limit / max(|g|, limit)`. */
function clipByNorm(gradient: Tensor, limit: number): Tensor {
  return div(mul(gradient, limit), maximum(sqrt(sum(square(gradient))), limit));
}

/** `g * min(1, limit / norm)` with the norm over all gradients (Pascanu et al., 2013). */
function clipByGlobalNorm(gradients: readonly Tensor[], limit: number): readonly Tensor[] {
  const [first] = gradients as readonly [Tensor];
  const norm = sqrt(gradients.map((gradient) => cast(sum(square(gradient)), first.dtype)).reduce((a, b) => add(a, b)));
  // An infinite norm makes every gradient NaN instead of 0, which would hide it.
  const scale = add(mul(limit, minimum(div(1, norm), 1 / limit)), sub(norm, norm));
  return gradients.map((gradient) => mul(gradient, cast(scale, gradient.dtype)));
}

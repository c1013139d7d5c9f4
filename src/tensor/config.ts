/** Plain data that describes an object: its options in camelCase. Files hold the same in snake case. */
export type Config = Readonly<Record<string, unknown>>;

/** An object as people and files describe it: the name of its class, and its options. */
export interface ClassDescription {
  /** Keras's name of the class, as files have it. */
  readonly className: string;
  /** @defaultValue the defaults of the class */
  readonly config?: Config;
}

/** Something that knows its class and its options, complete, so that an equal one can be made of them. */
export interface Described extends ClassDescription {
  readonly config: Config;
}

export function isClassDescription(value: unknown): value is ClassDescription {
  return typeof value === 'object' && value !== null && 'className' in value && typeof value.className === 'string';
}

/** What Keras writes in place of a function: `{ className: 'function', config: name }`. */
function isFunctionDescription(like: unknown): like is { readonly className: 'function'; readonly config: string } {
  return isClassDescription(like) && like.className === 'function' && typeof like.config === 'string';
}

/**
 * Class name and options of a name alone, of a description, or of a function that is described by its name; `null` for
 * anything else.
 */
export function readDescription(like: unknown): Described | null {
  if (typeof like === 'string') return { className: like, config: {} };
  if (isFunctionDescription(like)) return { className: like.config, config: {} };
  if (!isClassDescription(like)) return null;
  const { className, config = null } = like;
  return typeof config === 'object' ? { className, config: config ?? {} } : null;
}

/** Plain data that describes an object: its options in camelCase, complete, so that an equal object can be made of them. */
export type Config = Readonly<Record<string, unknown>>;

/** An object as files describe it: the name of its class, and its options. */
export interface Described {
  readonly className: string;
  /** @defaultValue the defaults of the class */
  readonly config?: Config;
}

export function isDescribed(value: unknown): value is Described {
  return typeof value === 'object' && value !== null && 'className' in value && typeof value.className === 'string';
}

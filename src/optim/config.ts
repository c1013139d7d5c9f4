/** Plain data that describes an object: its options in camelCase, complete, so that an equal object can be made of them. */
export type ClassConfig = Readonly<Record<string, unknown>>;

/** An object as files describe it: the name of its class, and its options. */
export interface ClassDescription {
  readonly className: string;
  /** @defaultValue the defaults of the class */
  readonly config?: ClassConfig;
}

export function isClassDescription(value: unknown): value is ClassDescription {
  return typeof value === 'object' && value !== null && 'className' in value && typeof value.className === 'string';
}

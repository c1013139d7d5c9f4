/** Plain data that describes a layer or a part of one, in camelCase; files hold the same in snake case. */
export type Config = Readonly<Record<string, unknown>>;

/** Something that can be made again from its class and its options: an initialiser, a regulariser. */
export interface Described {
  /** Keras's name of the class, as files have it. */
  readonly className: string;
  readonly config: Config;
}

/** Class and options as plain data, for `getConfig`. */
export function describe(thing: Described): Described;
export function describe(thing: Described | null): Described | null;
export function describe(thing: Described | null): Described | null {
  return thing === null ? null : { className: thing.className, config: thing.config };
}

/** Keras takes `GlorotUniform`, `glorot_uniform` and, here, `glorotUniform`: all the same name. */
export function lookupKey(name: string): string {
  return name.replaceAll('_', '').toLowerCase();
}

/** Class name and options of `Like`: a name alone, or a description as files have it; `null` for anything else. */
export function readDescription(like: unknown): Described | null {
  if (typeof like === 'string') return { className: like, config: {} };
  if (typeof like !== 'object' || like === null || !('className' in like) || typeof like.className !== 'string')
    return null;
  const config = 'config' in like ? (like.config ?? {}) : {};
  return typeof config === 'object' ? { className: like.className, config: config as Config } : null;
}

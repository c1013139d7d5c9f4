/** Texts of attributes, by name; `null` where an attribute holds something else. */
export type Texts = ReadonlyMap<string, readonly string[] | null>;

/** An attribute's value as texts, which end where they say or at the first zero; `null` if it is something else. */
export function textsOf(value: unknown): readonly string[] | null {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.every((text) => typeof text === 'string') ? list.map((text) => text.replace(/\0.*$/s, '')) : null;
}

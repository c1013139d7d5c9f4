/** A Keras configuration with its keys in camelCase, inside nested objects too. */
export function camelCaseKeys(config: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(config).map(([key, value]) => [camelCase(key), nested(value)]));
}

export function camelCase(name: string): string {
  return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function nested(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(nested);
  if (isPolicy(value)) return value.config.name;
  const isObject = typeof value === 'object' && value !== null;
  return isObject ? camelCaseKeys(value as Record<string, unknown>) : value;
}

/** Keras describes a dtype as an object with a class. */
function isPolicy(value: unknown): value is { readonly config: { readonly name: string } } {
  return typeof value === 'object' && value !== null && 'class_name' in value && value.class_name === 'DTypePolicy';
}

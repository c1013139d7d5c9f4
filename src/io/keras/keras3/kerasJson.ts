/** Options that Keras takes only if Python reads a number with a point: `momentum=0` it refuses. */
const floats: ReadonlySet<string> = new Set(['beta', 'learning_rate', 'momentum', 'threshold']);

/** No text of a configuration begins like this by chance. */
const mark = '\u0000float ';

/** The text of a configuration, in which whole numbers have a point where Keras asks for one. */
export function kerasJson(config: unknown): string {
  const text = JSON.stringify(config, (key, value: unknown) =>
    floats.has(key) && Number.isSafeInteger(value) ? `${mark}${String(value)}` : value,
  );
  return text.replace(/"\\u0000float (-?\d+)"/g, '$1.0');
}

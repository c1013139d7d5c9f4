import { ArgumentError, type Config, formatValue } from '../../tensor/index.js';

/** Refuses options of Keras that are not implemented: files may have them. @throws {ArgumentError} if one is set. */
export function refuseOptions(operation: string, config: Config, options: readonly string[]): void {
  for (const option of options) {
    const value = config[option] ?? null;
    if (value === null || value === false) continue;
    throw new ArgumentError({
      operation,
      expected: `no ${option}`,
      received: formatValue(value),
      remedy: 'This option of Keras is not implemented; leave it out.',
    });
  }
}

import { ArgumentError, formatValue } from '../../tensor/index.js';

/** An option of an operation with a value that is not implemented. */
export function unsupportedOption(
  operation: string,
  option: string,
  expected: string,
  received: unknown,
): ArgumentError {
  return new ArgumentError({
    operation,
    expected: `${option} to be ${expected}`,
    received: formatValue(received),
    remedy: 'Replace the operation by a layer of your own that does the same.',
  });
}

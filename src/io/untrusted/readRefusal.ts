import { ModelFormatError } from '../modelFormatError.js';

/** Why a file is not read on: it asks for more than an honest one would, or for what models do not use. */
export class ReadRefusal extends Error {
  constructor(
    readonly expected: string,
    readonly received: string,
  ) {
    super(received);
  }
}

/**
 * Whatever was thrown while a file was read, as an error that says so: libraries throw texts, and trip over what is not
 * there.
 * @param format what the file should have been: `'a zip archive'`.
 */
export function formatError(file: string, format: string, cause: unknown): ModelFormatError {
  if (cause instanceof ModelFormatError) return cause;
  const isRefusal = cause instanceof ReadRefusal;
  // Errors that are no refusals only say where a library stumbled.
  const reason = typeof cause === 'string' ? `: ${cause}` : ', which is damaged or newer than can be read';
  return new ModelFormatError(
    file,
    {
      expected: isRefusal ? cause.expected : format,
      received: isRefusal ? cause.received : `something else${reason}`,
      remedy: 'The file was cut short, is damaged, or was not written by Keras; get it or save it again.',
    },
    { cause },
  );
}

import { ModelFormatError } from '../modelFormatError.js';

export function missingFile(file: string, received: string, cause?: unknown): ModelFormatError {
  return new ModelFormatError(
    file,
    { expected: 'a file', received, remedy: 'Keep all files of a model together.' },
    cause === undefined ? undefined : { cause },
  );
}

export function overlongFile(file: string, limit: number, received: string): ModelFormatError {
  return new ModelFormatError(file, {
    expected: `at most ${limit} bytes`,
    received,
    remedy: 'The file is not the one that was saved with this model.',
  });
}

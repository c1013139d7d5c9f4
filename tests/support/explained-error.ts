import { MapacheError } from 'mapache/tensor';
import { expect } from 'vitest';

/** Asserts that an error is one of ours, of this class, and says who refused, what was expected, what came and what to do. */
export function expectExplained(error: unknown, kind: new (...args: never[]) => Error): asserts error is MapacheError {
  expect(error).toBeInstanceOf(kind);
  if (!(error instanceof MapacheError)) expect.fail(`${error} is none of our errors`);
  for (const part of [error.operation, error.expected, error.received, error.remedy]) expect(part).toMatch(/\S/);
}

/** What `action` throws or rejects with; a failed assertion if it does neither. */
export async function caught(action: () => unknown): Promise<unknown> {
  try {
    await action();
  } catch (error) {
    return error;
  }
  return expect.fail('nothing was thrown');
}

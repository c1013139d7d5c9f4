import { InvalidArgumentError } from 'commander';

/** Limits of a number on the command line. */
interface Limits {
  readonly min?: number;
  readonly max?: number;
}

/** Reads a whole number of an option. */
export function integer({ min = 1, max = Number.MAX_SAFE_INTEGER }: Limits = {}): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== '' && Number.isInteger(value) && value >= min && value <= max) return value;
    throw new InvalidArgumentError(`Give a whole number${between(min, max)}.`);
  };
}

/** Reads a number of an option, limits excluded. */
export function number({ min = 0, max = Number.POSITIVE_INFINITY }: Limits = {}): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== '' && value > min && value < max) return value;
    throw new InvalidArgumentError(
      `Give a number above ${min}${max === Number.POSITIVE_INFINITY ? '' : ` and below ${max}`}.`,
    );
  };
}

function between(min: number, max: number): string {
  return max === Number.MAX_SAFE_INTEGER ? ` of at least ${min}` : ` from ${min} to ${max}`;
}

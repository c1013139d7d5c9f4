import { checkNumberOption } from '../../tensor/index.js';

/** Axes to sum over; `null` for all of them. */
export type Axes = number | readonly number[] | null;

/** @throws {ArgumentError} unless `value` is an integer, a list of integers, or nothing. */
export function checkAxesOption(operation: string, value: unknown): Axes {
  if (value === undefined || value === null) return null;
  const check = (axis: unknown) => checkNumberOption(operation, 'axis', axis, { integer: true });
  return Array.isArray(value) ? value.map(check) : check(value);
}

/** The option in the form reductions take. */
export function along(axes: Axes): { readonly axes?: number | readonly number[] } {
  return axes === null ? {} : { axes };
}

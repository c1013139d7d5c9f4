import type { Optimizer } from '../optim/index.js';

/** Highest rates that leave pretrained weights intact, by optimizer; those that adapt their step take one of about the rate. */
const highestRates: Readonly<Record<string, number>> = { SGD: 1e-2 };
const highestAdaptiveRate = 1e-4;

/** The highest rate at which an optimizer of this class leaves pretrained weights intact. */
export function highestRateOf(className: string): number {
  return highestRates[className] ?? highestAdaptiveRate;
}

const checked = new WeakSet<Optimizer>();

/** Notes that somebody has seen to it that the rate is one the user wants. */
export function markRateChecked(optimizer: Optimizer): void {
  checked.add(optimizer);
}

export function isRateChecked(optimizer: Optimizer): boolean {
  return checked.has(optimizer);
}

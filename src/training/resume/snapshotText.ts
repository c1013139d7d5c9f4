import type { TrainingFacts } from './trainingSnapshot.js';

// JSON has no word for some numbers.
const special = 'not in JSON';

/** Facts as text, every number to the last bit. */
export function writeFacts(facts: TrainingFacts): string {
  return JSON.stringify(facts, (_, value: unknown) => {
    if (typeof value !== 'number' || (Number.isFinite(value) && !Object.is(value, -0))) return value;
    return { [special]: Object.is(value, -0) ? '-0' : String(value) };
  });
}

/** The facts of such a text. */
export function readFacts(text: string): TrainingFacts {
  return JSON.parse(text, (_, value: unknown) => {
    const isSpecial = typeof value === 'object' && value !== null && special in value;
    return isSpecial ? Number(value[special]) : value;
  }) as TrainingFacts;
}

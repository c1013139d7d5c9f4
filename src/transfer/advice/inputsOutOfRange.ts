import { Tensor } from '../../tensor/index.js';
import { isIndexed } from '../../training/index.js';
import type { Advised } from './advised.js';

/** Samples to look at. */
const count = 16;

/** Numbers that the base was not trained on: pixels of 0 to 255 for one that takes -1 to 1, or the other way round. */
export async function inputsOutOfRange({ model, training }: Advised): Promise<string | null> {
  const { inputRange } = model.metadata;
  if (!isRange(inputRange) || !isIndexed(training)) return null;
  const [low, high] = inputRange;
  const size = Math.min(count, training.size);
  const positions = Int32Array.from({ length: size }, (_, i) => Math.floor((i * training.size) / size));
  const { x } = await training.gather(positions);
  if (!(x instanceof Tensor) && x.length !== 1) return null;
  const values = await (x instanceof Tensor ? x : (x[0] as Tensor)).data();
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  const tolerance = (high - low) / 100;
  const fits = least >= low - tolerance && most <= high + tolerance;
  if (fits && most - least >= 2 * tolerance) return null;
  return (
    `inputs go from ${short(least)} to ${short(most)}, but the base was trained on ${short(low)} to ${short(high)}. ` +
    'Prepare them with preprocessInput of the application, or let addHead do it in the model.'
  );
}

function isRange(value: unknown): value is readonly [number, number] {
  return Array.isArray(value) && value.length === 2 && value.every(Number.isFinite);
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}

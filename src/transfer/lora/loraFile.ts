import { hashOf, readTensors, writeTensors } from '../../io/index.js';
import type { LowRankDelta, Model, ModelSource, ReadOptions, SaveDestination, SaveResult } from '../../layers/index.js';
import { ArgumentError, cast, MapacheError, sameShape, type Tensor, type Variable } from '../../tensor/index.js';
import { adaptLayers, type LoraReport } from './addLora.js';
import { placesOf } from './layersWithin.js';

const format = 'mapache-lora';

/** A file of deltas does not belong to this base. */
export class LoraMismatchError extends MapacheError {}

/** Options of `applyLora`. */
export interface ApplyLoraOptions extends ReadOptions {
  /** Apply deltas to other weights than those they were trained on. @defaultValue `false` */
  readonly allowOtherBase?: boolean;
}

/**
 * Writes the deltas that `addLora` has added, and nothing else, as a small `.safetensors` file. It says which weights they
 * belong to, by a number made of them.
 *
 * ```ts
 * await saveLora(base, 'tanuki.safetensors');
 * ```
 * @throws {ArgumentError} if there are none.
 */
export async function saveLora(model: Model, destination: SaveDestination): Promise<SaveResult> {
  const deltas = deltasOf(model);
  const [first] = deltas.values();
  if (first === undefined) {
    throw new ArgumentError({
      operation: 'saveLora',
      expected: 'a model with deltas of low rank',
      received: `'${model.name}' without`,
      remedy: 'Add them with addLora; once they are merged, save the model.',
    });
  }
  const variables = [...deltas].flatMap(([path, { a, b }]) => [[`${path}/a`, a] as const, [`${path}/b`, b] as const]);
  const { rank, scale } = first;
  const metadata = {
    format,
    version: '1',
    base: await baseHash(model),
    rank: String(rank),
    alpha: String(rank * scale),
  };
  return writeTensors(new Map(variables), metadata, destination);
}

/**
 * Adds saved deltas to the base they were trained on; they train from then on, and nothing else of it, as after `addLora`.
 * @throws {LoraMismatchError} if the base has other weights or layers; nothing changes then.
 * @throws {ModelFormatError} if the file is missing or damaged.
 */
export async function applyLora(
  model: Model,
  source: ModelSource,
  options: ApplyLoraOptions = {},
): Promise<LoraReport> {
  const { allowOtherBase = false, ...reading } = options;
  const { name, tensors, metadata } = await readTensors(source, reading);
  const [rank, alpha] = [Number(metadata.rank), Number(metadata.alpha)];
  const isLora =
    metadata.format === format && Number.isInteger(rank) && rank > 0 && alpha > 0 && Number.isFinite(alpha);
  if (!isLora) throw mismatch(`'${name}' to hold deltas of low rank`, String(metadata.format ?? 'another file'));
  const hash = await baseHash(model);
  if (metadata.base !== hash && !allowOtherBase) {
    throw mismatch(`the weights that '${name}' was trained on: ${short(metadata.base)}`, `weights with ${short(hash)}`);
  }
  const paths = [...tensors.keys()].flatMap((key) => (key.endsWith('/a') ? [key.slice(0, -2)] : []));
  const known = placesOf(model);
  const places = paths.map((path) => {
    const place = known.find((one) => one.path === path);
    const [a, b] = [tensors.get(`${path}/a`), tensors.get(`${path}/b`)];
    const fits = place?.layer.adaptable && goesWith(place.layer.weight(place.layer.adaptable), rank, a, b);
    if (place === undefined || !fits) throw mismatch(`a layer '${path}' that takes the deltas of '${name}'`, 'none');
    return place;
  });
  const report = adaptLayers('applyLora', model, places, rank, alpha);
  for (const { path, layer } of places) {
    const delta = layer.delta as LowRankDelta;
    for (const [letter, variable] of [
      ['a', delta.a],
      ['b', delta.b],
    ] as const) {
      variable.assign(cast(tensors.get(`${path}/${letter}`) as Tensor, variable.dtype));
    }
  }
  return report;
}

function goesWith({ shape }: Variable, rank: number, a: Tensor | undefined, b: Tensor | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  return sameShape(a.shape, [...shape.slice(0, -1), rank]) && sameShape(b.shape, [rank, shape.at(-1) as number]);
}

function deltasOf(model: Model): ReadonlyMap<string, LowRankDelta> {
  return new Map(
    placesOf(model).flatMap(({ path, layer }) => (layer.delta === null ? [] : [[path, layer.delta] as const])),
  );
}

/** Of all weights but the deltas. */
function baseHash(model: Model): Promise<string> {
  const own = new Set([...deltasOf(model).values()].flatMap(({ a, b }) => [a, b]));
  return hashOf(model.weights.filter((weight) => !own.has(weight)));
}

function short(hash: unknown): string {
  return String(hash).slice(0, 12);
}

function mismatch(expected: string, received: string): LoraMismatchError {
  return new LoraMismatchError({
    operation: 'applyLora',
    expected,
    received,
    remedy: 'Give the base that the deltas were trained on, with the same published weights.',
  });
}

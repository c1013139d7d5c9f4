import type { Model } from '../../layers/index.js';
import { ArgumentError, stack, type Tensor } from '../../tensor/index.js';
import { gradCam } from '../understanding/gradCam.js';
import { overlayHeatMap } from '../understanding/overlayHeatMap.js';
import { pixelsOf } from '../understanding/pixels.js';
import { encodePicture } from './encodePicture.js';
import type { ReportContents } from './reportContents.js';

/** Pictures of a mistake, as data URIs. */
export interface MistakePictures {
  readonly picture: string | null;
  /** The picture under its heat map. */
  readonly heatMap: string | null;
}

/** The pictures of all mistakes, in order; none for samples that are no pictures. */
export async function picturesOf({
  model,
  evaluation,
  heatMaps = true,
}: ReportContents): Promise<readonly MistakePictures[]> {
  const mistakes = evaluation?.mistakes ?? [];
  const samples = mistakes.flatMap(({ sample }) => (sample === null ? [] : [sample]));
  if (samples.length === 0 || samples.length < mistakes.length || !samples.every(isPicture)) return [];
  const x = stack(samples);
  const predictions = mistakes.map(({ prediction }) => prediction);
  const overlays = heatMaps ? await overlaysOf(model, x, predictions) : null;
  const pictures = await encodeAll(await pixelsOf(x), x);
  const heat = overlays === null ? [] : await encodeAll((await overlays.data()) as Uint8Array, overlays);
  return pictures.map((picture, i) => ({ picture, heatMap: heat[i] ?? null }));
}

/** The pictures under their heat maps; `null` for models that make no maps. */
async function overlaysOf(model: Model, x: Tensor, classIndex: readonly number[]): Promise<Tensor | null> {
  try {
    return await overlayHeatMap(x, await gradCam(model, x, { classIndex }));
  } catch (error) {
    if (error instanceof ArgumentError) return null;
    throw error;
  }
}

function encodeAll(pixels: Uint8Array, { shape }: Tensor): Promise<readonly string[]> {
  const [samples = 0, height = 0, width = 0] = shape;
  const bytes = height * width * 3;
  const encode = (i: number): Promise<string> =>
    encodePicture({ width, height, data: pixels.subarray(i * bytes, (i + 1) * bytes) });
  return Promise.all(Array.from({ length: samples }, (_, i) => encode(i)));
}

function isPicture({ shape }: Tensor): boolean {
  return shape.length === 3 && (shape[2] === 1 || shape[2] === 3);
}

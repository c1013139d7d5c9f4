import type { Tensor } from '../../tensor/index.js';
import type { Mistake } from '../understanding/mistake.js';
import { encodePicture } from './encodePicture.js';
import { type Pixels, pixelsOf } from './pixels.js';
import type { ReportContents } from './reportContents.js';

/** Pictures of a mistake, as data URIs. */
export interface MistakePictures {
  readonly picture: string | null;
  /** The picture under its heat map. */
  readonly heatMap: string | null;
}

/** The pictures of all mistakes, in order; none for samples that are no pictures. */
export async function picturesOf({ evaluation }: ReportContents): Promise<readonly MistakePictures[]> {
  const mistakes = evaluation?.mistakes ?? [];
  const samples = mistakes.flatMap(({ sample }: Mistake): Tensor[] => (sample === null ? [] : [sample]));
  if (samples.length < mistakes.length || !samples.every(isPicture)) return [];
  const pictures: readonly Pixels[] = await pixelsOf(samples);
  return Promise.all(pictures.map(async (pixels) => ({ picture: await encodePicture(pixels), heatMap: null })));
}

function isPicture({ shape }: Tensor): boolean {
  return shape.length === 3 && (shape[2] === 1 || shape[2] === 3);
}

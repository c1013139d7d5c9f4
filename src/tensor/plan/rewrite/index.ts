import { deduplicate } from './deduplicate.js';
import { foldPadding } from './foldPadding.js';
import { foldScales } from './foldScales.js';
import { gatherBiases } from './gatherBiases.js';
import { joinPieces } from './joinPieces.js';
import { moveScales } from './moveScales.js';
import type { Rewrite } from './rewrite.js';
import { scaleGradients } from './scaleGradients.js';
import { simplify } from './simplify.js';

/**
 * What suits a backend whose convolutions pad their input themselves and add a bias to what they compute. The order
 * matters: once no gradient is scaled, scales have gradients made of those of filters; once these need no unscaled
 * convolution, scales can be folded.
 */
export const convolutionRewrites: readonly Rewrite[] = [
  joinPieces,
  simplify,
  foldPadding,
  moveScales,
  scaleGradients,
  deduplicate,
  foldScales,
  gatherBiases,
  deduplicate,
];

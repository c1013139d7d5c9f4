import { ShapeMismatchError, type Tensor, wrap } from '../../tensor/index.js';
import { heatColour } from './heatColour.js';
import { pixelsOf } from './pixels.js';

/** Options of `overlayHeatMap`. */
export interface OverlayOptions {
  /** How much of the colour of heat covers the picture where it is hottest, from 0 to 1. @defaultValue `0.65` */
  readonly opacity?: number;
}

/**
 * Pictures under their heat maps: the hotter, the more of the map's colour. Pictures may be made of 0 to 255, 0 to 1 or -1
 * to 1.
 *
 * Shape: `[n, h, w, 1 or 3]`, `[n, h, w] -> [n, h, w, 3]`; uint8.
 * @throws {ShapeMismatchError} if they do not go together.
 */
export async function overlayHeatMap(
  pictures: Tensor,
  heatMaps: Tensor,
  { opacity = 0.65 }: OverlayOptions = {},
): Promise<Tensor> {
  const [samples = 0, height = 0, width = 0] = pictures.shape;
  if (pictures.rank !== 4 || heatMaps.shape.join() !== [samples, height, width].join()) {
    throw new ShapeMismatchError('overlayHeatMap', pictures.shape, heatMaps.shape, 'Give each picture its heat map.');
  }
  const pixels = await pixelsOf(pictures);
  const heat = await heatMaps.data();
  const mixed = new Uint8Array(pixels.length);
  for (let i = 0; i < heat.length; i++) {
    const value = Math.min(1, Math.max(0, heat[i] as number));
    const colour = heatColour(value);
    const cover = opacity * Math.min(1, 0.25 + value);
    for (let channel = 0; channel < 3; channel++) {
      const at = 3 * i + channel;
      mixed[at] = Math.round((1 - cover) * (pixels[at] as number) + cover * (colour[channel] as number));
    }
  }
  return wrap(mixed, [samples, height, width, 3], 'uint8');
}

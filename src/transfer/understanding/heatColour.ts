/** A colour of heat: red, green and blue from 0 to 255. */
export type Colour = readonly [red: number, green: number, blue: number];

/** From cold to hot, growing lighter all the way, so that it reads in grey and with any kind of colour vision. */
const stops: readonly Colour[] = [
  [16, 18, 52],
  [74, 22, 110],
  [150, 36, 106],
  [216, 66, 72],
  [248, 134, 40],
  [252, 220, 110],
];

/** The colour of a heat from 0 to 1: between two neighbours of a short list. */
export function heatColour(heat: number): Colour {
  const place = Math.min(1, Math.max(0, heat)) * (stops.length - 1);
  const below = Math.min(Math.floor(place), stops.length - 2);
  const part = place - below;
  const from = stops[below] as Colour;
  const to = stops[below + 1] as Colour;
  const mix = (channel: 0 | 1 | 2): number => from[channel] + part * (to[channel] - from[channel]);
  return [mix(0), mix(1), mix(2)];
}

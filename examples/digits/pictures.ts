/**
 * Handwritten digits set into small colour pictures, the same for the same seed: random ink and paper colours, the digit turned,
 * scaled and moved, a fragment of another digit as clutter, and a little noise.
 */
import { type Glyph, glyphSize, loadGlyphs, type Split } from './glyphs.js';
import { below, between, mulberry32, type Random, shuffled } from './random.js';

/** Height and width of a picture, in pixels. */
export const pictureSize = 40;

const channels = 3;
const fragmentSize = 8;
const maxRotation = Math.PI / 12;
const minScale = 0.75;
const maxScale = 1.15;
/** Least distance of ink from paper, Euclidean in RGB of 0 to 255. */
const minContrast = 120;
/** The noise is triangular on (-maxNoise, maxNoise): standard deviation `maxNoise / sqrt(6)`. */
const maxNoise = 20;

type Colour = readonly [red: number, green: number, blue: number];

export interface PicturesOptions {
  /** The classes, two or more of 0 to 9; a label is an index into this list. The clutter comes from these classes, too. */
  readonly digits: readonly number[];
  /** Pictures of each class. Past the number of digits in the split, digits come again in another rendering. */
  readonly perClass: number;
  /** A 32-bit integer. */
  readonly seed: number;
  /** Which MNIST digits to draw on; see {@link Split}. */
  readonly split: Split;
}

export interface Pictures {
  /** NHWC, whole numbers 0 to 255. */
  readonly images: Float32Array;
  /** For each picture the index of its digit in `digits`. The classes take turns: 0, 1, 2, ..., 0, 1, 2, ... */
  readonly labels: Int32Array;
  readonly shape: readonly [count: number, height: number, width: number, channels: number];
}

/** Makes `perClass` pictures of each of `digits`. The same options give the same pictures. */
export function makePictures({ digits, perClass, seed, split }: PicturesOptions): Pictures {
  const random = mulberry32(seed);
  const classes = digits.map((digit) => loadGlyphs(digit, split));
  const orders = classes.map((glyphs) => drawOrder(glyphs, perClass, random));

  const count = perClass * digits.length;
  const images = new Float32Array(count * pictureSize * pictureSize * channels);
  const labels = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    const label = i % digits.length;
    const other = (label + 1 + below(random, digits.length - 1)) % digits.length;
    const ink = drawGlyph(get(get(orders, label), Math.floor(i / digits.length)), random);
    addFragment(ink, pick(get(classes, other), random), random);
    paint(ink, images.subarray(i * ink.length * channels), random);
    labels[i] = label;
  }
  return { images, labels, shape: [count, pictureSize, pictureSize, channels] };
}

/** `count` glyphs in random order, each once before any comes again. */
function drawOrder(glyphs: readonly Glyph[], count: number, random: Random): Glyph[] {
  const order: Glyph[] = [];
  while (order.length < count) order.push(...shuffled(glyphs, random));
  return order.slice(0, count);
}

/** The glyph turned, scaled and moved, as the share of ink (0 to 1) in each pixel of the picture. */
function drawGlyph(glyph: Glyph, random: Random): Float32Array {
  const angle = between(random, -maxRotation, maxRotation);
  const scale = between(random, minScale, maxScale);
  const cos = Math.cos(angle) / scale;
  const sin = Math.sin(angle) / scale;
  const room = (pictureSize - glyphSize * scale) / 2;
  const middle = (pictureSize - 1) / 2;
  const centreX = middle + between(random, -room, room);
  const centreY = middle + between(random, -room, room);

  const ink = new Float32Array(pictureSize * pictureSize);
  for (let y = 0; y < pictureSize; y++) {
    for (let x = 0; x < pictureSize; x++) {
      const dx = x - centreX;
      const dy = y - centreY;
      const fromX = cos * dx + sin * dy + (glyphSize - 1) / 2;
      const fromY = cos * dy - sin * dx + (glyphSize - 1) / 2;
      ink[y * pictureSize + x] = sample(glyph, fromX, fromY);
    }
  }
  return ink;
}

/** Bilinear interpolation; paper outside the glyph. */
function sample(glyph: Glyph, x: number, y: number): number {
  const left = Math.floor(x);
  const top = Math.floor(y);
  const right = x - left;
  const bottom = y - top;
  const texel = (column: number, row: number): number =>
    column >= 0 && column < glyphSize && row >= 0 && row < glyphSize ? (glyph[row * glyphSize + column] ?? 0) : 0;
  return (
    (1 - bottom) * ((1 - right) * texel(left, top) + right * texel(left + 1, top)) +
    bottom * ((1 - right) * texel(left, top + 1) + right * texel(left + 1, top + 1))
  );
}

/** Adds an 8x8 piece of the middle of a glyph, anywhere in the picture. */
function addFragment(ink: Float32Array, glyph: Glyph, random: Random): void {
  // The strokes of an MNIST digit lie in the middle 20x20 pixels.
  const margin = 4;
  const fromX = margin + below(random, glyphSize - 2 * margin - fragmentSize + 1);
  const fromY = margin + below(random, glyphSize - 2 * margin - fragmentSize + 1);
  const toX = below(random, pictureSize - fragmentSize + 1);
  const toY = below(random, pictureSize - fragmentSize + 1);
  for (let y = 0; y < fragmentSize; y++) {
    for (let x = 0; x < fragmentSize; x++) {
      const i = (toY + y) * pictureSize + toX + x;
      ink[i] = Math.max(ink[i] ?? 0, glyph[(fromY + y) * glyphSize + fromX + x] ?? 0);
    }
  }
}

/** Colours paper and ink, adds noise, and writes the picture's bytes. */
function paint(ink: Float32Array, picture: Float32Array, random: Random): void {
  const [paperColour, inkColour] = drawColours(random);
  for (let i = 0; i < ink.length; i++) {
    const share = ink[i] ?? 0;
    for (let channel = 0; channel < channels; channel++) {
      const paper = paperColour[channel] ?? 0;
      const noise = maxNoise * (random() - random());
      const value = paper + share * ((inkColour[channel] ?? 0) - paper) + noise;
      picture[i * channels + channel] = Math.min(255, Math.max(0, Math.round(value)));
    }
  }
}

function drawColours(random: Random): readonly [paper: Colour, ink: Colour] {
  const colour = (): Colour => [255 * random(), 255 * random(), 255 * random()];
  for (;;) {
    const paper = colour();
    const ink = colour();
    if (Math.hypot(paper[0] - ink[0], paper[1] - ink[1], paper[2] - ink[2]) >= minContrast) return [paper, ink];
  }
}

function pick<T>(items: readonly T[], random: Random): T {
  return get(items, below(random, items.length));
}

function get<T>(items: readonly T[], index: number): T {
  const item = items[index];
  if (item === undefined) throw new RangeError(`makePictures: no item ${index} among ${items.length}.`);
  return item;
}

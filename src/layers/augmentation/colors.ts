import {
  ArgumentError,
  add,
  div,
  equal,
  formatShape,
  greater,
  less,
  max,
  min,
  mul,
  reshape,
  slice,
  stack,
  sub,
  sum,
  type Tensor,
  tensor,
  where,
} from '../../tensor/index.js';

/** How bright red, green and blue are (ITU-R BT.601, in the digits of Keras). */
const luma = [0.2989, 0.587, 0.114];

/** @throws {ArgumentError} unless there are `counts` channels. */
export function checkChannels(operation: string, x: Tensor, counts: readonly number[]): void {
  if (counts.includes(x.shape.at(-1) as number)) return;
  throw new ArgumentError({
    operation,
    expected: `pictures with ${counts.join(' or ')} channels`,
    received: `shape ${formatShape(x.shape)}`,
    remedy: 'Leave it out for other pictures, or say with dataFormat where the channels are.',
  });
}

/** Brightness alone. Shape: `[…, 3] -> […, 1]`; pictures of one channel stay. @throws {ArgumentError} */
export function grayscale(operation: string, x: Tensor): Tensor {
  checkChannels(operation, x, [1, 3]);
  if (x.shape.at(-1) === 1) return x;
  return sum(mul(x, tensor(luma, { dtype: x.dtype })), { axes: [x.rank - 1], keepDims: true });
}

/** Hue in turns, saturation and value, each `[batch, height, width]`, of colours. @throws {ArgumentError} */
export function toHsv(operation: string, x: Tensor): readonly [hue: Tensor, saturation: Tensor, value: Tensor] {
  checkChannels(operation, x, [3]);
  const channel = (i: number): Tensor => reshape(slice(x, [0, 0, 0, i], [-1, -1, -1, 1]), x.shape.slice(0, -1));
  const [red, green, blue] = [channel(0), channel(1), channel(2)];
  const axes = [x.rank - 1];
  const value = max(x, { axes });
  const span = sub(value, min(x, { axes }));
  const positive = (t: Tensor, otherwise: number): Tensor => where(greater(t, 0), t, otherwise);
  const saturation = where(greater(value, 0), div(span, positive(value, 1)), 0);
  // In sixths of a turn: red is 0, green 2, blue 4.
  const sixth = (a: Tensor, b: Tensor, start: number): Tensor => add(div(sub(a, b), positive(span, 1)), start);
  const hue = where(
    equal(red, value),
    sixth(green, blue, 0),
    where(equal(green, value), sixth(blue, red, 2), sixth(red, green, 4)),
  );
  const turned = where(less(hue, 0), add(hue, 6), hue);
  return [where(greater(span, 0), div(turned, 6), 0), saturation, value];
}

/** Colours of hue, saturation and value. Shape: `[batch, height, width]` three times gives `[batch, height, width, 3]`. */
export function fromHsv(hue: Tensor, saturation: Tensor, value: Tensor): Tensor {
  const distance = (from: number): Tensor => {
    const d = sub(mul(hue, 6), from);
    return where(less(d, 0), mul(d, -1), d);
  };
  const bounded = (t: Tensor): Tensor => where(less(t, 0), 0, where(greater(t, 1), 1, t));
  const pure = [bounded(sub(distance(3), 1)), bounded(sub(2, distance(2))), bounded(sub(2, distance(4)))];
  return stack(
    pure.map((c) => mul(add(mul(sub(c, 1), saturation), 1), value)),
    hue.rank,
  );
}

const view = new DataView(new ArrayBuffer(8));

/** The bits of a number as a float32, in a 32-bit word. */
export function floatBits(value: number): number {
  view.setFloat32(0, value, true);
  return view.getInt32(0, true);
}

/** The bits of a number as a float64, in two words, the lower one first. */
export function doubleBits(value: number): readonly [low: number, high: number] {
  view.setFloat64(0, value, true);
  return [view.getInt32(0, true), view.getInt32(4, true)];
}

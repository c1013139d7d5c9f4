const view = new DataView(new ArrayBuffer(4));

/** The bits of a number as a float32, in a 32-bit word. */
export function floatBits(value: number): number {
  view.setFloat32(0, value, true);
  return view.getInt32(0, true);
}

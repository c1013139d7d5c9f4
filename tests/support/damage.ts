import fc from 'fast-check';

/** One thing that happens to a file: some bytes become others, or the end is lost. */
export type Damage =
  | { readonly at: number; readonly bytes: readonly number[] }
  | { readonly kept: number }
  | { readonly at: number; readonly from: number };

const anywhere = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const huge = [0xff, 0x7f].flatMap((top) => [
  [255, 255, 255, 255, 255, 255, 255, top],
  [255, 255, 255, top],
]);
const large = [
  [0, 0, 0, 0, 0, 1, 0, 0],
  [0, 0, 0, 0, 1, 0, 0, 0],
  [0, 0, 1, 0],
  [0, 0, 0, 0, 0, 0, 0, 0],
];

/** What may happen to a file. Places are shares of its length, so that a case shrinks well. */
export const damage: fc.Arbitrary<readonly Damage[]> = fc.array(
  fc.oneof(
    fc.record({ at: anywhere, bytes: fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 1, maxLength: 4 }) }),
    fc.record({ at: anywhere, bytes: fc.constantFrom(...huge, ...large) }),
    fc.record({ kept: anywhere }),
    // An address becomes another address of the file.
    fc.record({ at: anywhere, from: anywhere }),
  ),
  { minLength: 1, maxLength: 3 },
);

/** The file after it happened. Addresses and sizes stand at multiples of 8, mostly. */
export function damaged(file: Uint8Array, what: readonly Damage[]): Uint8Array<ArrayBuffer> {
  let bytes = new Uint8Array(file);
  for (const each of what) {
    if ('kept' in each) bytes = bytes.slice(0, Math.floor(each.kept * bytes.length));
    else if ('from' in each) {
      const [at, from] = [each.at, each.from].map((share) => 8 * Math.floor((share * bytes.length) / 8));
      bytes.copyWithin(at as number, from as number, (from as number) + 8);
    } else {
      const step = each.bytes.length === 8 ? 8 : 1;
      const at = step * Math.floor((each.at * bytes.length) / step);
      bytes.set(each.bytes.slice(0, bytes.length - at), at);
    }
  }
  return bytes;
}

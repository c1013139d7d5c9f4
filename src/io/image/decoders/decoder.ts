import type { ImageHeader } from '../imageHeader.js';
import type { Picture } from '../picture.js';

/** Makes pixels of the bytes of a file. */
export interface Decoder {
  /** Which one it is and of which version: others may give slightly different pixels. */
  readonly identity: string;
  /** How many pictures it decodes at once without getting slower. */
  readonly parallel: number;
  /**
   * Decodes a picture and turns it upright.
   * @param header what the first bytes say; `null` for formats that only some decoders know.
   * @throws whatever the library throws, if the file is damaged or not known.
   */
  decode(bytes: Uint8Array, header: ImageHeader | null): Promise<Picture>;
}

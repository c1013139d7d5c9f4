import { MapacheError } from '../../tensor/index.js';

/** A picture that cannot be read. */
export class ImageDecodeError extends MapacheError {
  constructor(
    /** The file, or its place in a list of bytes. */
    readonly file: string,
    reason: string,
    options?: ErrorOptions,
  ) {
    super(
      {
        operation: `image '${file}'`,
        expected: 'a picture that can be decoded',
        received: reason,
        remedy: 'JPEG, PNG, WebP, GIF, AVIF and TIFF files can be read.',
      },
      options,
    );
  }
}

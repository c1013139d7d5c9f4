import { type ErrorDetails, MapacheError } from '../../tensor/index.js';

/** A file could not be fetched, or what came is not the file that was meant. Nothing was kept. */
export class DownloadError extends MapacheError {
  constructor(
    /** Where it should have come from. */
    readonly url: string,
    details: Omit<ErrorDetails, 'operation'>,
    options?: ErrorOptions,
  ) {
    super({ operation: `download '${url}'`, ...details }, options);
  }
}

/** A downloaded file has another hash than the one that is published: it is damaged, or not the same file. */
export class HashMismatchError extends DownloadError {
  constructor(
    url: string,
    readonly expectedHash: string,
    readonly receivedHash: string,
  ) {
    super(url, {
      expected: `a file with the hash ${expectedHash}`,
      received: receivedHash,
      remedy: 'Try again; if it stays so, the file was damaged or replaced on its way.',
    });
  }
}

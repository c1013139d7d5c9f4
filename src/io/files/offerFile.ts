import { ArgumentError } from '../../tensor/index.js';

/** Gives a file to the user of a page, as if a link to it had been clicked. @throws {ArgumentError} where there is no page. */
export function offerFile(name: string, bytes: Uint8Array): void {
  if (typeof document === 'undefined') {
    throw new ArgumentError({
      operation: 'save',
      expected: 'a page that can offer a file',
      received: 'a worker',
      remedy: "Save to 'memory', and send the files to the page.",
    });
  }
  const link = document.createElement('a');
  const url = URL.createObjectURL(new Blob([new Uint8Array(bytes)]));
  link.href = url;
  link.download = name.slice(name.lastIndexOf('/') + 1);
  link.click();
  // The browser has to have begun with it.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

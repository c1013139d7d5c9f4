import { dropAlpha, type Picture } from '../picture.js';

/** A decoder in WebAssembly as a package brings it along. */
export interface CodecPackage {
  /** Where its WebAssembly is, beginning with the name of the package. */
  readonly path: string;
  /** Starts it afresh. */
  start(options: CodecOptions): Promise<(bytes: ArrayBuffer) => Promise<Picture>>;
}

/** What it is started with. */
export interface CodecOptions {
  readonly wasmBinary: ArrayBuffer;
  readonly print: (text: string) => void;
  readonly printErr: (text: string) => void;
}

/** A decoder's memory only grows: after a picture of more pixels it is started again. */
const pixelsToRemember = 2 ** 23;

/**
 * Decodes with a package in WebAssembly (Node), one picture after the other, because what it complains of while it
 * decodes says of which picture it is only by the time.
 * @param explain makes a reason of the complaints; `null` if the picture is sound in spite of them.
 */
export function codecOf(
  { path, start }: CodecPackage,
  explain: (complaints: readonly string[], hasFailed: boolean) => string | null,
): (bytes: Uint8Array) => Promise<Picture> {
  let running: Promise<(bytes: ArrayBuffer) => Promise<Picture>> | null = null;
  let complaints: string[] = [];
  let queue: Promise<unknown> = Promise.resolve();
  const begin = async () =>
    start({ wasmBinary: await readCodec(path), print: () => {}, printErr: (text) => void complaints.push(text) });

  const decode = async (bytes: Uint8Array): Promise<Picture> => {
    running ??= begin();
    complaints = [];
    const run = await running;
    try {
      const picture = await run(new Uint8Array(bytes).buffer);
      if (picture.width * picture.height > pixelsToRemember) running = null;
      const reason = explain(complaints, false);
      if (reason !== null) throw new Error(reason);
      return dropAlpha(picture);
    } catch (error) {
      // It was stopped in the middle of something.
      running = null;
      throw new Error(explain(complaints, true) ?? 'a damaged file', { cause: error });
    }
  };
  return (bytes) => {
    const turn = queue.then(() => decode(bytes));
    queue = turn.catch(() => {});
    return turn;
  };
}

/** The package would fetch it, which Node does not do with files. */
async function readCodec(path: string): Promise<ArrayBuffer> {
  const { createRequire } = await import('node:module');
  const { readFile } = await import('node:fs/promises');
  return new Uint8Array(await readFile(createRequire(import.meta.url).resolve(path))).buffer;
}

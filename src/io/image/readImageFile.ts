import { ImageDecodeError } from './imageDecodeError.js';

/** Bytes of the largest file that is read: pictures of `maxPixels` without any compression fit in. */
const maxBytes = 2 ** 29;

/**
 * The bytes of a file (Node).
 * @throws {ImageDecodeError} if there is none, or it may not be read, or is no file.
 */
export async function readImageFile(path: string, name: string): Promise<Uint8Array> {
  const { readFile, stat } = await import('node:fs/promises');
  try {
    const info = await stat(path);
    // Before it is opened, because opening a pipe waits for somebody to write to it.
    if (!info.isFile()) throw new ImageDecodeError(name, 'a folder or a device');
    if (info.size > maxBytes) throw new ImageDecodeError(name, `${info.size} bytes, more than ${maxBytes}`);
    return await readFile(path);
  } catch (error) {
    if (error instanceof ImageDecodeError) throw error;
    throw new ImageDecodeError(name, systemReason(error), { cause: error });
  }
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'no permission to read it',
  EPERM: 'no permission to read it',
  ENOENT: 'no such file',
  ELOOP: 'a link that leads back to itself',
  EMFILE: 'too many open files',
};

/** What the operating system says, in words. */
export function systemReason(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  return reasons[code] ?? (error instanceof Error ? error.message : String(error));
}

import { ModelFormatError } from '../modelFormatError.js';

/**
 * A path that a file gives for another file. It must stay in the same folder or below, whatever system, browser or
 * server will resolve it: plain segments between slashes.
 * @param file the file in which the path stands.
 * @throws {ModelFormatError}
 */
export function checkFilePath(file: string, path: unknown): string {
  if (typeof path === 'string' && isPlain(path)) return path;
  throw new ModelFormatError(file, {
    expected: 'paths inside its own folder',
    received: typeof path === 'string' ? JSON.stringify(path) : typeof path,
    remedy: "Use plain names such as 'group1-shard1of1.bin'.",
  });
}

function isPlain(path: string): boolean {
  // Percent signs could hide what a server decodes; colons begin drives and schemes; ? and # end a URL's path.
  if (path.length > 1024 || /[\\%:?#*"<>|]/.test(path) || hasControlCharacter(path)) return false;
  return path.split('/').every((segment) => segment !== '' && segment.trim() === segment && !/^\.+$/.test(segment));
}

function hasControlCharacter(path: string): boolean {
  return [...path].some((char) => (char.codePointAt(0) as number) < 0x20 || char === '\x7f');
}

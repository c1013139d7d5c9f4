import { hasher } from '../../download/hash.js';
import { ClassFolderError } from './classFolderError.js';
import { type FolderListing, foldersOf, isVisible, type SourceFile } from './sourceFile.js';

/**
 * Files in a zip archive, which are unpacked at once. Where all lie in one folder that holds others, that folder is what
 * counts.
 * @throws {ClassFolderError} if the archive is damaged or a bomb.
 */
export async function zipFolder(name: string, bytes: Uint8Array): Promise<FolderListing> {
  const members = await unpack(name, bytes);
  const hash = await hasher('sha256');
  hash.update(bytes);
  const stamp = hash.digest();
  const paths = [...members.keys()];
  const folders = foldersOf(paths);
  const top = `${paths[0]?.split('/', 1)[0]}/`;
  const prefix = folders.length > 1 && paths.every((path) => path.startsWith(top)) ? top : '';
  const files: SourceFile[] = [];
  for (const [path, content] of members) {
    if (path.endsWith('/')) continue;
    files.push({ path: path.slice(prefix.length), stamp, read: () => Promise.resolve(content) });
  }
  const inside = folders.filter((folder) => `${folder}/` !== prefix).map((folder) => folder.slice(prefix.length));
  return { name, files, folders: inside, unreadable: [] };
}

async function unpack(name: string, bytes: Uint8Array): Promise<ReadonlyMap<string, Uint8Array>> {
  const { unpackZip } = await import('../../zip/unpackZip.js');
  try {
    return await unpackZip(bytes, (path) => isVisible(path.replace(/\/$/, '')));
  } catch (error) {
    throw new ClassFolderError('imageFolder', 'damaged archive', name, {
      expected: `a zip archive of pictures in '${name}'`,
      received: error instanceof Error && error.message !== '' ? error.message : 'a damaged file',
    });
  }
}

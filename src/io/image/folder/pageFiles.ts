import { type FolderListing, foldersOf, isVisible, type SourceFile } from './sourceFile.js';

/**
 * Files that somebody has chosen in a page, by `<input type="file" webkitdirectory>`: their paths begin with the name of
 * the folder that was chosen.
 */
export function pageFiles(list: Iterable<File>): FolderListing {
  let name = 'the chosen files';
  const files: SourceFile[] = [];
  for (const file of list) {
    const [folder, ...rest] = (file.webkitRelativePath || file.name).split('/');
    if (rest.length > 0 && folder !== undefined) name = folder;
    const path = rest.length > 0 ? rest.join('/') : file.name;
    if (!isVisible(path)) continue;
    files.push({
      path,
      stamp: `${file.size} ${file.lastModified}`,
      read: async () => new Uint8Array(await file.arrayBuffer()),
    });
  }
  return { name, files, folders: foldersOf(files.map(({ path }) => path)), unreadable: [] };
}

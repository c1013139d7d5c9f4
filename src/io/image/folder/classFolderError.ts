import { MapacheError } from '../../../tensor/index.js';

/** What is wrong with a folder of pictures as a whole. */
export type ClassFolderProblem =
  | 'no folder'
  | 'damaged archive'
  | 'no classes'
  | 'one class'
  | 'empty class'
  | 'unreadable'
  | 'unknown class'
  | 'too few to split';

const remedies: Readonly<Record<ClassFolderProblem, string>> = {
  'no folder': 'Check the path.',
  'damaged archive': 'Pack the folder again, as a zip archive.',
  'no classes': 'Sort the pictures into folders that are called like their classes.',
  'one class': 'Add a folder with pictures of something else: telling classes apart needs two of them.',
  'empty class': 'Put pictures into it, or remove the folder.',
  unreadable: 'Change its permissions, or leave it out.',
  'unknown class': 'Name the folders like the classes.',
  'too few to split': 'Add pictures to it, or leave validationSplit out.',
};

/** A folder of pictures that nothing can be learnt from as it is. */
export class ClassFolderError extends MapacheError {
  constructor(
    operation: string,
    readonly problem: ClassFolderProblem,
    /** The folder it is about. */
    readonly folder: string,
    { expected, received }: { readonly expected: string; readonly received: string },
  ) {
    super({ operation, expected, received, remedy: remedies[problem] });
  }
}

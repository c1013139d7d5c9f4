import type { Hdf5Group } from '../hdf5/hdf5Group.js';
import { openHdf5 } from '../hdf5/openHdf5.js';
import { openLegacyFile } from './legacyFile.js';
import type { SavedFile } from './savedFile.js';
import { openWeightTree } from './weightTree.js';

/**
 * A model or weights in HDF5: what Keras 2 wrote, and Keras 3 for `.h5`; or a tree of layers, which Keras 3 writes for
 * `.weights.h5` and puts into `.keras`.
 * @throws {ModelFormatError} if it is neither.
 */
export async function openHdf5File(file: string, bytes: Uint8Array, maxBytes: number): Promise<SavedFile> {
  const limit = Math.min(bytes.length, maxBytes);
  const root = await openHdf5(file, bytes);
  return isLegacy(root) ? openLegacyFile(file, root, limit) : openWeightTree(file, root, limit);
}

function isLegacy(root: Hdf5Group): boolean {
  return (
    ['layer_names', 'layer_names0', 'model_config'].some((name) => root.hasAttribute(name)) || root.has('model_weights')
  );
}

import { folderSpill } from './folderSpill.js';
import { pageSpill } from './pageSpill.js';
import type { Spill } from './spill.js';

/**
 * Files to keep features in; `null` where there is no place for any.
 * @param place where they stay; `null` for a temporary place.
 */
export async function openSpill(
  place: { readonly folder: string; readonly key: string } | null,
): Promise<Spill | null> {
  if (typeof process !== 'undefined' && typeof process.versions?.node === 'string') return folderSpill(place);
  return pageSpill(place);
}

/**
 * Writes one file, which replaces an older one at one instant, when everything is on the disk (Node).
 * @param unfinished what it is called until then
 * @throws what the file system says; the older file is as it was then.
 */
export async function writeFile(
  path: string,
  bytes: Uint8Array,
  unfinished = `${path}-${globalThis.crypto.randomUUID().slice(0, 8)}.tmp`,
): Promise<void> {
  const { mkdir, open, rename, rm } = await import('node:fs/promises');
  const { dirname } = await import('node:path');
  await mkdir(dirname(path), { recursive: true });
  try {
    const file = await open(unfinished, 'w');
    try {
      await file.writeFile(bytes);
      // On the disk, not only on its way there: a renamed file must be whole even if the power fails.
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

import { readFile } from 'node:fs/promises';

/** The version of this package. */
export async function version(): Promise<string> {
  // The same place from the sources and from the built file: two folders up.
  const text = await readFile(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { readonly version: string }).version;
}

import { existsSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

// Weights, images and values computed by real Keras. They may not be redistributed, so they live outside the
// repository: in ../shared/data, or where MAPACHE_DATA says. MAPACHE_DATA=none: knowingly absent.
const repository = fileURLToPath(new URL('../..', import.meta.url));
const setting = process.env.MAPACHE_DATA;
const knowinglyAbsent = setting === 'none';
const folder = resolve(repository, knowinglyAbsent || !setting ? '../shared/data' : setting);

/** Whether the reference data can be read here. */
export const hasData: boolean = !knowinglyAbsent && existsSync(join(folder, 'goldens'));

/** What to say where they cannot. */
export const noData = knowinglyAbsent
  ? 'reference data switched off (MAPACHE_DATA=none)'
  : 'no reference data: expected it in ../shared/data, or in the folder that MAPACHE_DATA names';

/** Whether their absence is an error: under CI a silent skip would look like success. */
export const mustHaveData: boolean = Boolean(process.env.CI) && !knowinglyAbsent;

/** A path inside the reference data: `dataPath('goldens', 'layers', 'Dense.json')`. */
export function dataPath(...segments: readonly string[]): string {
  if (segments.some((segment) => isAbsolute(segment))) throw new Error(`dataPath: absolute segment in ${segments}.`);
  return join(folder, ...segments);
}

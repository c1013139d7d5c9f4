/** Writes the tables of the committed results into the README and `docs/speed.md`: `npm run bench:readme`. */
import { readFile, writeFile } from 'node:fs/promises';
import { type Results, resultsFile } from './report.js';
import { kernelTable, mainJobs, speedTable, withTable } from './speedTable.js';

const results = JSON.parse(await readFile(resultsFile('node20'), 'utf8')) as Results;

async function fill(path: string, tables: Readonly<Record<string, string>>): Promise<void> {
  const file = new URL(path, import.meta.url);
  let text = await readFile(file, 'utf8');
  for (const [name, table] of Object.entries(tables)) text = withTable(text, name, table);
  await writeFile(file, text);
}

await fill('../README.md', { speed: speedTable(results, mainJobs) });
await fill('../docs/speed.md', { speed: speedTable(results), kernels: kernelTable(results) });

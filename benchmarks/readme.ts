/** Writes the table of the committed results into the README: `npm run bench:readme`. */
import { readFile, writeFile } from 'node:fs/promises';
import { type Results, resultsFile } from './report.js';
import { speedTable, withSpeedTable } from './speedTable.js';

const file = new URL('../README.md', import.meta.url);
const results = JSON.parse(await readFile(resultsFile('node20'), 'utf8')) as Results;
await writeFile(file, withSpeedTable(await readFile(file, 'utf8'), speedTable(results)));

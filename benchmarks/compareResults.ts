/**
 * What moved since the last committed results:
 *
 *     npm run bench:compare                   the results of the last `npm run bench:full`
 *     npm run bench:compare -- part-node20    those of the last `npm run bench`
 */
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { moved } from './moved.js';
import { formatTable, type Results, resultsFile } from './report.js';

const [major] = process.versions.node.split('.');
const name = process.argv[2] ?? `node${major}`;
const now = JSON.parse(await readFile(resultsFile(name), 'utf8')) as Results;
const committed = execFileSync('git', ['show', `HEAD:./results/${name.replace('part-', '')}.json`], {
  cwd: new URL('.', import.meta.url),
  encoding: 'utf8',
});
const before = JSON.parse(committed) as Results;

console.log(`before: ${before.date}, ${before.machine.cpu}, Node ${before.machine.node}`);
console.log(`now:    ${now.date}, ${now.machine.cpu}, Node ${now.machine.node}\n`);
const rows = moved(before, now);
console.log(rows.length === 0 ? 'Nothing moved by more than the noise.' : formatTable(rows));

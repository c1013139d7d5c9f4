import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadModel } from 'mapache/io';
import { expect } from 'vitest';
import { bundle } from './bundle.js';
import { repository, run, writeFiles } from './sandbox.js';

/** Puts the program into `folder`. */
export async function prepareProgram(folder: string): Promise<void> {
  writeFiles(folder, { 'package.json': '{ "type": "module" }' });
  await bundle(join(repository, 'tests/support/programs/resumable.ts'), folder, 'resumable');
}

/** What an undisturbed program comes to. */
export async function undisturbed(folder: string, name: string, threads: number): Promise<string> {
  const program = join(folder, 'resumable.js');
  const { code, output } = await run(process.execPath, [program, join(folder, name), String(threads), '0'], folder);
  expect(code, output).toBe(0);
  return outcome(folder, name, output);
}

/** When to kill: so many milliseconds after so many batches. */
export interface Moment {
  readonly batches: number;
  readonly delay: number;
}

/**
 * Runs the program and kills it at a moment; then again, at the next one, until all are used up and it comes to its end.
 * Every run has another seed of its own. After each kill all that is under a final name is whole.
 */
export async function killedAndResumed(folder: string, name: string, moments: readonly Moment[]): Promise<string> {
  for (const [i, moment] of moments.entries()) {
    // Only the first seed counts: what is drawn from it is in the backup, as soon as there is one.
    const seed = existsSync(join(folder, name, 'backup')) ? 100 + i : 7;
    const output = await runAndKill(folder, [join(folder, name), '2', '20', String(seed)], moment);
    if (/[0-9a-f]{64}/.test(output)) return outcome(folder, name, output);
    await expectWhole(join(folder, name));
  }
  const last = join(folder, name);
  const seed = existsSync(join(last, 'backup')) ? '99' : '7';
  const { output } = await run(process.execPath, [join(folder, 'resumable.js'), last, '1', '0', seed], folder);
  return outcome(folder, name, output);
}

/** The hash that was printed, and the rows that were written. */
function outcome(folder: string, name: string, output: string): string {
  const hash = /[0-9a-f]{64}/.exec(output)?.[0];
  expect(hash, output).toBeDefined();
  return `${hash}\n${readFileSync(join(folder, name, 'training.csv'), 'utf8')}`;
}

function runAndKill(folder: string, args: readonly string[], { batches, delay }: Moment): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(folder, 'resumable.js'), ...args], { cwd: folder });
    let output = '';
    let isDoomed = false;
    const read = (text: Buffer): void => {
      output += text.toString();
      if (isDoomed || output.split('\n').length <= batches) return;
      isDoomed = true;
      setTimeout(() => child.kill('SIGKILL'), delay);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('close', () => resolve(output));
  });
}

async function expectWhole(folder: string): Promise<void> {
  const files = existsSync(folder) ? readdirSync(folder) : [];
  if (files.includes('model.keras')) await loadModel(join(folder, 'model.keras'));
}

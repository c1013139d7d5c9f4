import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of this repository. */
export const repository = fileURLToPath(new URL('../..', import.meta.url));

/** A fresh temporary folder; the caller removes it. */
export function temporaryFolder(): string {
  // The real path: where the temporary folder is a link, tools would otherwise report paths that match nothing.
  return realpathSync(mkdtempSync(join(tmpdir(), 'mapache-')));
}

/** Copies files and folders of the repository into `folder`, with the installed packages linked beside them. */
export function copyRepository(folder: string, names: readonly string[]): void {
  for (const name of names) cpSync(join(repository, name), join(folder, name), { recursive: true });
  link(join(repository, 'node_modules'), join(folder, 'node_modules'));
}

/** Writes files, given as path -> text, creating the folders they need. */
export function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** Makes `path` lead to the folder `target`. */
export function link(target: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(realpathSync(target), path, 'junction');
}

/** How a command ended: all it printed, and its exit code (`null` if it was killed). */
export interface Outcome {
  readonly code: number | null;
  readonly output: string;
}

/** Runs a command to its end without a shell. It never rejects: the caller judges the exit code. */
export function run(command: string, args: readonly string[], cwd: string): Promise<Outcome> {
  return new Promise((resolve) => {
    const options = { cwd, maxBuffer: 2 ** 28, env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' } };
    const child = execFile(command, args, options, (error, stdout, stderr) => {
      const failure = error !== null && child.exitCode === null ? `${error}\n` : '';
      resolve({ code: child.exitCode, output: failure + stdout + stderr });
    });
    child.stdin?.end();
  });
}

/** Runs a development tool by the path of its script inside node_modules. */
export function runTool(script: string, args: readonly string[], cwd: string): Promise<Outcome> {
  return run(process.execPath, [join(repository, 'node_modules', script), ...args], cwd);
}

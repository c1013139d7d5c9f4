import type { SkippedFile } from '../io/index.js';
import type { Terminal } from './terminal.js';

/** Lists the files that were left out, each with the reason. */
export function tellSkipped(skipped: readonly SkippedFile[], terminal: Terminal): void {
  if (skipped.length === 0) return;
  terminal.talk(`Left out ${skipped.length} ${skipped.length === 1 ? 'file' : 'files'}:`);
  for (const { file, reason } of skipped) terminal.talk(`  ${file}: ${reason}`);
}

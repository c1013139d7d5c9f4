import type { Terminal } from './terminal.js';

/** Draws how many pictures have been looked into. */
export function readingProgress({ progress }: Terminal): (done: number, total: number) => void {
  return (done, total) => {
    if (progress.isTerminal) progress.drawLine(`Reading pictures: ${done} of ${total}`);
  };
}

import type { ProgressOutput } from '../training/index.js';

/** Where a command puts what it has to say: data where a pipe takes it, talk where a person reads it. */
export interface Terminal {
  /** A line of data, on stdout. */
  data(text: string): void;
  /** A line for the person at the terminal, on stderr. */
  talk(text: string): void;
  /** Where progress is drawn: stderr. */
  readonly progress: ProgressOutput;
  /** What follows the name of the program on the command line. */
  readonly args: readonly string[];
  /** Aborted by the first Ctrl-C. */
  readonly signal: AbortSignal;
}

/** The terminal of this process. A second Ctrl-C ends the process at once. */
export function processTerminal(): Terminal {
  const stop = new AbortController();
  process.once('SIGINT', () => {
    stop.abort();
    process.once('SIGINT', () => process.exit(130));
  });
  const { stdout, stderr } = process;
  // Carriage return, then "erase in line".
  const erase = stderr.isTTY ? '\r\u001b[K' : '';
  const line = (text: string): void => void stderr.write(`${erase}${text}\n`);
  return {
    args: process.argv.slice(2),
    // What was drawn last is in the way, also of what comes after this program.
    data: (text) => {
      stderr.write(erase);
      stdout.write(`${text}\n`);
    },
    talk: line,
    progress: {
      isTerminal: stderr.isTTY === true,
      get columns() {
        return stderr.columns ?? 80;
      },
      printLine: line,
      drawLine: (text) => void stderr.write(`${erase}${text}`),
    },
    signal: stop.signal,
  };
}

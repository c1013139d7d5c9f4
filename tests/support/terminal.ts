import type { Terminal } from '../../src/cli/terminal.js';

/** A terminal that remembers what was written to it. */
export interface RecordedTerminal extends Terminal {
  /** Everything on stdout. */
  readonly stdout: () => string;
  /** Everything on stderr. */
  readonly stderr: () => string;
  /** As Ctrl-C does it. */
  readonly interrupt: () => void;
}

/** @param args what follows the name of the program on the command line. */
export function recordedTerminal(args: readonly string[] = []): RecordedTerminal {
  const [out, err]: [string[], string[]] = [[], []];
  const stop = new AbortController();
  return {
    args,
    data: (text) => void out.push(text),
    talk: (text) => void err.push(text),
    progress: { isTerminal: false, columns: 80, printLine: (text) => void err.push(text), drawLine: () => {} },
    signal: stop.signal,
    stdout: () => out.join('\n'),
    stderr: () => err.join('\n'),
    interrupt: () => stop.abort(),
  };
}

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A peer in a process of its own that answers each line of JSON with one. */
export interface Child {
  /** What it said when it was ready. */
  readonly greeting: Answer;
  /** @throws {Error} with what the peer says went wrong. */
  ask(request: Readonly<Record<string, unknown>>): Promise<Answer>;
  end(): void;
}

export interface Answer {
  readonly error?: string;
  readonly versions?: Readonly<Record<string, string>>;
  readonly milliseconds?: number;
  readonly values?: readonly number[];
}

/** Starts a peer. @throws {Error} if it ends before it is ready. */
export async function startChild(
  command: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Child> {
  const child = spawn(command, args, {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  });
  let lastWords = '';
  child.stderr.on('data', (text: Buffer) => {
    lastWords = `${lastWords}${text.toString()}`.slice(-2000);
  });
  const failed = new Promise<never>((_resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`${command} ${args.join(' ')} ended with ${code}: ${lastWords}`)));
  });
  // Whoever waits for an answer learns of it.
  failed.catch(() => {});
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<Answer> => {
    const line = await Promise.race([lines.next(), failed]);
    // No more lines: it is about to say why.
    if (line.done === true) return failed;
    const answer = JSON.parse(line.value) as Answer;
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer;
  };
  return {
    greeting: await next(),
    ask: async (request) => {
      child.stdin.write(`${JSON.stringify(request)}\n`);
      return next();
    },
    end: () => child.kill(),
  };
}

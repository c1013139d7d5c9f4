import { isNode } from '../environment.js';
import { ReadRefusal } from './readRefusal.js';

/** Milliseconds of computing that a look into a file may take: ten times what an honest one takes on a slow machine. */
export function patienceFor(bytes: number): number {
  return 1500 + bytes / 4000;
}

/** Runs `work`; returns whether it came to its end in time. */
type Watch = (milliseconds: number, work: () => void) => boolean;

/** How often a look that was waiting more than it was computing is begun, each time with twice the patience. */
const tries = 4;

let loaded: Promise<Watch> | undefined;

/**
 * Runs `work`, and stops it wherever it is when its time is over: Node can do that. In a browser nothing can, but from
 * outside. On a machine that is busy with other things it begins again, with more time: what counts is the time it was
 * computing.
 * @param work may be run several times.
 * @throws {ReadRefusal} if it took longer.
 */
export async function interruptible<T>(milliseconds: number, work: () => T): Promise<T> {
  if (!isNode()) return work();
  loaded ??= loadWatch();
  const watch = await loaded;
  let result: { readonly value: T } | undefined;
  for (let attempt = 0; attempt < tries && result === undefined; attempt++) {
    const before = process.cpuUsage();
    const ended = watch(milliseconds * 2 ** attempt, () => {
      result = { value: work() };
    });
    const { user, system } = process.cpuUsage(before);
    if (!ended && (user + system) / 1000 >= 0.9 * milliseconds) break;
  }
  if (result === undefined) throw new ReadRefusal('contents that end soon', 'what takes too long');
  return (result as { readonly value: T }).value;
}

async function loadWatch(): Promise<Watch> {
  const { createContext, Script } = await import('node:vm');
  const world = { work: (): void => {} };
  const context = createContext(world);
  const script = new Script('work()');
  return (milliseconds, work) => {
    world.work = work;
    try {
      script.runInContext(context, { timeout: Math.ceil(milliseconds) });
      return true;
    } catch (error) {
      if (isTimeout(error)) return false;
      throw error;
    } finally {
      world.work = () => {};
    }
  };
}

/** The error is of a world of its own, and no `Error` of ours. */
function isTimeout(error: unknown): boolean {
  return (
    typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
  );
}

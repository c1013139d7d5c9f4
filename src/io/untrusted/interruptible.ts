import { isNode } from '../environment.js';
import { ReadRefusal } from './readRefusal.js';

/** Milliseconds that a look into a file may take: ten times what an honest one takes on a slow machine. */
export function patienceFor(bytes: number): number {
  return 1500 + bytes / 4000;
}

/** Runs `work` and returns when it has, or when its time is over. */
type Watch = (milliseconds: number, work: () => void) => void;

let loaded: Promise<Watch> | undefined;

/**
 * Runs `work`, and stops it wherever it is when its time is over: Node can do that. In a browser nothing can, but from
 * outside.
 * @throws {ReadRefusal} if it took longer.
 */
export async function interruptible<T>(milliseconds: number, work: () => T): Promise<T> {
  if (!isNode()) return work();
  loaded ??= loadWatch();
  const watch = await loaded;
  let result: { readonly value: T } | undefined;
  watch(milliseconds, () => {
    result = { value: work() };
  });
  if (result === undefined) throw new Error('interruptible: work did not run');
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
    } catch (error) {
      if (isTimeout(error)) throw new ReadRefusal('contents that end soon', 'what takes too long');
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

/**
 * Has what nobody can reach collected, until `isDone` or for some rounds: one round frees what the next one can find, and
 * finalizers run later still. If it is never done, the test that waits for it says so itself.
 */
export async function collectGarbage(isDone: () => boolean = () => false, rounds = 5): Promise<void> {
  const collect = globalThis.gc;
  if (collect === undefined) throw new Error('collectGarbage: start Chromium with --js-flags=--expose-gc');
  for (let round = 0; round < rounds; round++) {
    await collect({ type: 'major', execution: 'async' });
    await new Promise((resolve) => setTimeout(resolve, 20));
    if (isDone()) return;
  }
}

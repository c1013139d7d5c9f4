/** Milliseconds after which the rest of the program gets a turn: events, timers, a page that wants to be drawn. */
const patience = 30;

/** Lets other work of the program run now and then during a long loop of awaits, which alone would starve it. */
export class OtherWork {
  #turn = performance.now();

  async giveTurn(): Promise<void> {
    if (performance.now() - this.#turn < patience) return;
    await new Promise((resolve) => setTimeout(resolve, 0));
    this.#turn = performance.now();
  }
}

import { mad } from '../arithmetic';
import { vectorBytes } from '../lanes';
import { Runs, Tap } from '../runs';

// As `addFourPixels`, for windows of three columns: what several of the four pixels saw is loaded once.

export function addThreeTapsStride1(runs: Runs, sums: usize, from: usize, dy: usize, blocks: usize): void {
  const table = runs.table;
  const tableEnd = runs.tableEnd;
  const sumsStep = runs.windowBytes;
  const pixel = runs.pixelBytes;
  for (let block = blocks; block > 0; block--) {
    const d0 = v128.load(dy);
    const d1 = v128.load(dy + pixel);
    const d2 = v128.load(dy + 2 * pixel);
    const d3 = v128.load(dy + 3 * pixel);
    for (let at = table; at < tableEnd; at += 3 * offsetof<Tap>()) {
      const totals = sums + changetype<Tap>(at).position;
      let source = from + changetype<Tap>(at).source;
      let sum0 = mad(v128.load(source), d0, v128.load(totals));
      let x = v128.load((source += pixel));
      sum0 = mad(x, d1, sum0);
      let sum1 = mad(x, d0, v128.load(totals, 16));
      x = v128.load((source += pixel));
      sum0 = mad(x, d2, sum0);
      sum1 = mad(x, d1, sum1);
      let sum2 = mad(x, d0, v128.load(totals, 32));
      x = v128.load((source += pixel));
      sum0 = mad(x, d3, sum0);
      sum1 = mad(x, d2, sum1);
      sum2 = mad(x, d1, sum2);
      x = v128.load((source += pixel));
      sum1 = mad(x, d3, sum1);
      sum2 = mad(x, d2, sum2);
      sum2 = mad(v128.load(source + pixel), d3, sum2);
      v128.store(totals, sum0);
      v128.store(totals, sum1, 16);
      v128.store(totals, sum2, 32);
    }
    from += vectorBytes;
    dy += vectorBytes;
    sums += sumsStep;
  }
}

export function addThreeTapsStride2(runs: Runs, sums: usize, from: usize, dy: usize, blocks: usize): void {
  const table = runs.table;
  const tableEnd = runs.tableEnd;
  const sumsStep = runs.windowBytes;
  const pixel = runs.pixelBytes;
  for (let block = blocks; block > 0; block--) {
    const d0 = v128.load(dy);
    const d1 = v128.load(dy + pixel);
    const d2 = v128.load(dy + 2 * pixel);
    const d3 = v128.load(dy + 3 * pixel);
    for (let at = table; at < tableEnd; at += 3 * offsetof<Tap>()) {
      const totals = sums + changetype<Tap>(at).position;
      let source = from + changetype<Tap>(at).source;
      let sum0 = mad(v128.load(source), d0, v128.load(totals));
      let sum1 = mad(v128.load((source += pixel)), d0, v128.load(totals, 16));
      let x = v128.load((source += pixel));
      let sum2 = mad(x, d0, v128.load(totals, 32));
      sum0 = mad(x, d1, sum0);
      sum1 = mad(v128.load((source += pixel)), d1, sum1);
      x = v128.load((source += pixel));
      sum2 = mad(x, d1, sum2);
      sum0 = mad(x, d2, sum0);
      sum1 = mad(v128.load((source += pixel)), d2, sum1);
      x = v128.load((source += pixel));
      sum2 = mad(x, d2, sum2);
      sum0 = mad(x, d3, sum0);
      sum1 = mad(v128.load((source += pixel)), d3, sum1);
      sum2 = mad(v128.load(source + pixel), d3, sum2);
      v128.store(totals, sum0);
      v128.store(totals, sum1, 16);
      v128.store(totals, sum2, 32);
    }
    from += vectorBytes;
    dy += vectorBytes;
    sums += sumsStep;
  }
}

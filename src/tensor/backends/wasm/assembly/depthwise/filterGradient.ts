import { multiplyAdd, vectorBytes } from '../lanes';
import { Runs, Tap } from '../runs';

// What pixels of `dy` and what they saw add to the gradient of a filter, packed as `packDepthwise` packs filters.
// `from`: the input, moved by as many pixels as `dy` is behind the first pixel of the run; `blocks`: vectors of channels.

export function addOnePixel<T>(runs: Runs, sums: usize, from: usize, dy: usize, blocks: usize): void {
  const table = runs.table;
  const tableEnd = runs.tableEnd;
  const sumsStep = runs.windowBytes;
  for (let block = blocks; block > 0; block--) {
    const d = v128.load(dy);
    for (let at = table; at < tableEnd; at += offsetof<Tap>()) {
      const tap = changetype<Tap>(at);
      const sum = sums + tap.position;
      v128.store(sum, multiplyAdd<T>(v128.load(from + tap.source), d, v128.load(sum)));
    }
    from += vectorBytes;
    dy += vectorBytes;
    sums += sumsStep;
  }
}

export function addFourPixels<T>(runs: Runs, sums: usize, from: usize, dy: usize, blocks: usize): void {
  const table = runs.table;
  const tableEnd = runs.tableEnd;
  const sumsStep = runs.windowBytes;
  const step = runs.pixelBytes;
  const sourceStep = runs.sourceStep;
  for (let block = blocks; block > 0; block--) {
    const d0 = v128.load(dy);
    const d1 = v128.load(dy + step);
    const d2 = v128.load(dy + 2 * step);
    const d3 = v128.load(dy + 3 * step);
    for (let at = table; at < tableEnd; at += offsetof<Tap>()) {
      const tap = changetype<Tap>(at);
      let source = from + tap.source;
      let sum = v128.mul<T>(v128.load(source), d0);
      source += sourceStep;
      sum = multiplyAdd<T>(v128.load(source), d1, sum);
      source += sourceStep;
      sum = multiplyAdd<T>(v128.load(source), d2, sum);
      source += sourceStep;
      sum = multiplyAdd<T>(v128.load(source), d3, sum);
      const total = sums + tap.position;
      v128.store(total, v128.add<T>(v128.load(total), sum));
    }
    from += vectorBytes;
    dy += vectorBytes;
    sums += sumsStep;
  }
}

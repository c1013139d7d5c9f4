/** What a curve of losses over rates suggests; `null` where the loss does not fall. */
export interface RateSuggestions {
  readonly valley: number | null;
  readonly steepest: number | null;
}

/**
 * Reads learning rates off a range test. `valley`: two thirds down the longest run of points that fall from one to the
 * next, points in between left out (fastai's). `steepest`: where the loss falls fastest from one point to the next.
 * @param rates rising by a constant factor
 */
export function suggestRates(rates: readonly number[], losses: readonly number[]): RateSuggestions {
  const falling = longestFall(losses);
  const slopes = losses.slice(1).map((loss, i) => loss - (losses[i] as number));
  const fall = Math.min(...slopes);
  return {
    valley: falling.length < 3 ? null : (rates[falling[Math.floor((2 * falling.length) / 3)] as number] ?? null),
    steepest: slopes.length === 0 || fall >= 0 ? null : (rates[slopes.indexOf(fall) + 1] as number),
  };
}

/** Positions of the longest subsequence of falling numbers. */
function longestFall(values: readonly number[]): readonly number[] {
  const lengths: number[] = [];
  const before: number[] = [];
  for (const [i, value] of values.entries()) {
    lengths[i] = 1;
    before[i] = -1;
    for (let j = 0; j < i; j++) {
      if ((values[j] as number) <= value || (lengths[j] as number) < (lengths[i] as number)) continue;
      lengths[i] = (lengths[j] as number) + 1;
      before[i] = j;
    }
  }
  const way: number[] = [];
  for (let i = lengths.indexOf(Math.max(...lengths)); i >= 0; i = before[i] as number) way.unshift(i);
  return way;
}

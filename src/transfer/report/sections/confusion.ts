import type { ClassifierEvaluation } from '../../understanding/evaluateClassifier.js';
import { count, counted, percent } from '../formatting.js';
import { type Html, html } from '../html.js';
import { scrollable } from './section.js';

/** A matrix of more classes is shortened. */
const mostClasses = 12;
/** So many pairs of classes are listed beside a matrix that was shortened. */
const mostPairs = 15;

/** What was taken for what: a matrix; for many classes the pairs that are confused most, and the matrix of those. */
export function confusionTables({ confusion, classNames, confusions }: ClassifierEvaluation): Html | null {
  if (confusion.length <= mostClasses) {
    const caption = 'What was taken for what: a row for each class, a column for each prediction';
    return scrollable('Confusion matrix', matrix(confusion, classNames, caption));
  }
  if (confusions.length === 0) return null;
  const chosen = [...new Set(confusions.flatMap(({ truth, prediction }) => [truth, prediction]))]
    .slice(0, mostClasses)
    .sort((a, b) => a - b);
  const caption = `What was taken for what: the ${chosen.length} classes that are confused most, of ${count(confusion.length)}; the others are counted together`;
  const names = [...chosen.map((k) => classNames[k] as string), 'all others'];
  return html`${scrollable('Pairs of classes that are confused most', pairs({ confusion, classNames, confusions }))}
${scrollable('Confusion matrix', matrix(together(confusion, chosen), names, caption, true))}`;
}

/** The counts of some classes, with those of all others in a last row and a last column. */
function together(confusion: ClassifierEvaluation['confusion'], chosen: readonly number[]): readonly number[][] {
  const places = new Map(chosen.map((k, place) => [k, place]));
  const result = Array.from({ length: chosen.length + 1 }, () => Array.from({ length: chosen.length + 1 }, () => 0));
  for (const [truth, row] of confusion.entries()) {
    const counts = result[places.get(truth) ?? chosen.length] as number[];
    for (const [prediction, value] of row.entries()) {
      const place = places.get(prediction) ?? chosen.length;
      counts[place] = (counts[place] as number) + value;
    }
  }
  return result;
}

/** @param othersLast whether the last row and column are those of several classes */
function matrix(
  counts: ClassifierEvaluation['confusion'],
  names: readonly string[],
  caption: string,
  othersLast = false,
): Html {
  const kindOf = (truth: number, prediction: number): string => {
    if (truth !== prediction) return 'wrong';
    return othersLast && truth === counts.length - 1 ? 'both' : 'right';
  };
  return html`<table class="confusion ${names.length > 5 && 'upright'}"><caption>${caption}</caption>
<thead><tr><th scope="col"><span class="hidden">Class</span></th>${names.map((name) => html`<th scope="col"><span>${name}</span></th>`)}</tr></thead>
<tbody>${counts.map((row, truth) => {
    const total = row.reduce((sum, value) => sum + value, 0);
    return html`<tr><th scope="row">${names[truth]}</th>${row.map(
      (value, prediction) =>
        html`<td class="${kindOf(truth, prediction)}" style="--share:${(total === 0 ? 0 : (100 * value) / total).toFixed(1)}%" title="${`${names[truth]} taken for ${names[prediction]}: ${value} of ${total}`}">${value === 0 ? '·' : count(value)}</td>`,
    )}</tr>
`;
  })}</tbody></table>`;
}

function pairs({
  confusion,
  classNames,
  confusions,
}: Pick<ClassifierEvaluation, 'confusion' | 'classNames' | 'confusions'>): Html {
  const shown = confusions.slice(0, mostPairs);
  const caption =
    shown.length < confusions.length
      ? `The ${shown.length} of ${counted(confusions.length, 'pair')} that are confused most`
      : 'All pairs that are confused';
  return html`<table class="pairs"><caption>${caption}</caption>
<thead><tr><th scope="col">Class</th><th scope="col">Taken for</th><th scope="col">Times</th><th scope="col">Of its samples</th></tr></thead>
<tbody>${shown.map(({ truth, prediction, count: times }) => {
    const total = confusion[truth]?.reduce((sum, value) => sum + value, 0) ?? 0;
    return html`<tr><th scope="row">${classNames[truth]}</th><td>${classNames[prediction]}</td><td>${count(times)}</td><td>${percent(times / total)}</td></tr>
`;
  })}</tbody></table>`;
}

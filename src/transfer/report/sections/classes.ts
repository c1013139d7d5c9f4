import type { AverageScore } from '../../understanding/classScores.js';
import type { ClassifierEvaluation } from '../../understanding/evaluateClassifier.js';
import { count, counted, percent } from '../formatting.js';
import { type Html, html } from '../html.js';
import { type Section, scrollable } from './section.js';

/** Scores of each class, and what was taken for what. */
export function classesSection(evaluation: ClassifierEvaluation, evaluatedOn: string): Section {
  return {
    id: 'classes',
    title: 'Classes',
    body: html`${confusionText(evaluation)}<div class="pair">${scrollable('Scores of the classes', scoreTable(evaluation, evaluatedOn))}
${scrollable('Confusion matrix', confusionTable(evaluation))}</div>`,
  };
}

function scoreTable({ classes, macro, weighted, samples }: ClassifierEvaluation, evaluatedOn: string): Html {
  const bar = (value: number, known: boolean): Html =>
    known ? html`<td class="bar" style="--part:${(100 * value).toFixed(1)}%">${percent(value)}</td>` : html`<td>–</td>`;
  const average = (name: string, { precision, recall, f1 }: AverageScore): Html =>
    html`<tr><th scope="row">${name}</th><td>${percent(precision)}</td><td>${percent(recall)}</td><td>${percent(f1)}</td><td>${count(samples)}</td></tr>`;
  return html`<table class="scores"><caption>Precision, recall and F1 on ${count(samples)} ${evaluatedOn}</caption>
<thead><tr><th scope="col">Class</th><th scope="col">Precision</th><th scope="col">Recall</th><th scope="col">F1</th><th scope="col">Samples</th></tr></thead>
<tbody>${classes.map(
    ({ name, precision, recall, f1, support, predicted }) =>
      html`<tr><th scope="row">${name}</th>${bar(precision, predicted > 0)}${bar(recall, support > 0)}${bar(f1, support + predicted > 0)}<td>${count(support)}</td></tr>
`,
  )}</tbody>
<tfoot>${average('Mean of classes', macro)}${average('Mean of samples', weighted)}</tfoot></table>`;
}

function confusionTable({ confusion, classNames }: ClassifierEvaluation): Html {
  const cell = (value: number, share: number, right: boolean, label: string): Html =>
    html`<td class="${right ? 'right' : 'wrong'}" style="--share:${(100 * share).toFixed(1)}%" title="${label}">${value === 0 ? '·' : count(value)}</td>`;
  return html`<table class="confusion"><caption>What was taken for what: a row for each class, a column for each prediction</caption>
<thead><tr><th scope="col"><span class="hidden">Class</span></th>${classNames.map((name) => html`<th scope="col"><span>${name}</span></th>`)}</tr></thead>
<tbody>${confusion.map((row, truth) => {
    const total = row.reduce((sum, value) => sum + value, 0);
    return html`<tr><th scope="row">${classNames[truth]}</th>${row.map((value, prediction) =>
      cell(
        value,
        total === 0 ? 0 : value / total,
        truth === prediction,
        `${classNames[truth]} taken for ${classNames[prediction]}: ${value} of ${total}`,
      ),
    )}</tr>
`;
  })}</tbody></table>`;
}

function confusionText({ confusions, classNames }: ClassifierEvaluation): Html {
  const top = confusions.slice(0, 3);
  if (top.length === 0) return html`<p>No sample was taken for another class.</p>`;
  return html`<p>Confused most often: ${top.map(
    ({ truth, prediction, count: times }, i) =>
      html`${i > 0 && ', '}<b>${classNames[truth]}</b> taken for <b>${classNames[prediction]}</b> (${counted(times, 'time')})`,
  )}.</p>`;
}

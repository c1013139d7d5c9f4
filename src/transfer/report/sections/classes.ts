import type { AverageScore, ClassScore } from '../../understanding/classScores.js';
import type { ClassifierEvaluation } from '../../understanding/evaluateClassifier.js';
import { count, counted, percent } from '../formatting.js';
import { type Html, html } from '../html.js';
import { confusionTables } from './confusion.js';
import { type Section, scrollable } from './section.js';

/** Scores of more classes are shortened. */
const mostClasses = 20;
/** To those of so many. */
const fewClasses = 12;

/** Scores of each class, and what was taken for what. */
export function classesSection(evaluation: ClassifierEvaluation, evaluatedOn: string): Section {
  return {
    id: 'classes',
    title: 'Classes',
    body: html`${confusionText(evaluation)}<div class="pair">${scores(evaluation, evaluatedOn)}
${confusionTables(evaluation)}</div>`,
  };
}

/** All scores; of many classes the lowest first, and all of them where one has to ask for them. */
function scores(evaluation: ClassifierEvaluation, evaluatedOn: string): Html {
  const { classes, samples } = evaluation;
  const where = `on ${count(samples)} ${evaluatedOn}`;
  const means = html`<tfoot>${average('Mean of classes', evaluation.macro, samples)}${average('Mean of samples', evaluation.weighted, samples)}</tfoot>`;
  const label = 'Scores of the classes';
  if (classes.length <= mostClasses) {
    return scrollable(label, scoreTable(`Precision, recall and F1 ${where}`, classes, means));
  }
  const lowest = [...classes]
    .filter(({ support, predicted }) => support + predicted > 0)
    .sort((a, b) => a.f1 - b.f1)
    .slice(0, fewClasses);
  const caption = `Precision, recall and F1 ${where}: the ${lowest.length} of ${count(classes.length)} classes with the lowest F1`;
  return html`<div class="stack">${scrollable(label, scoreTable(caption, lowest, means))}
<details><summary>All ${count(classes.length)} classes</summary>${scrollable('Scores of all classes', scoreTable(`All classes, ${where}`, classes, null))}</details></div>`;
}

function scoreTable(caption: string, classes: readonly ClassScore[], means: Html | null): Html {
  const bar = (value: number, known: boolean): Html =>
    known ? html`<td class="bar" style="--part:${(100 * value).toFixed(1)}%">${percent(value)}</td>` : html`<td>–</td>`;
  return html`<table class="scores"><caption>${caption}</caption>
<thead><tr><th scope="col">Class</th><th scope="col">Precision</th><th scope="col">Recall</th><th scope="col">F1</th><th scope="col">Samples</th></tr></thead>
<tbody>${classes.map(
    ({ name, precision, recall, f1, support, predicted }) =>
      html`<tr><th scope="row">${name}</th>${bar(precision, predicted > 0)}${bar(recall, support > 0)}${bar(f1, support + predicted > 0)}<td>${count(support)}</td></tr>
`,
  )}</tbody>${means}</table>`;
}

function average(name: string, { precision, recall, f1 }: AverageScore, samples: number): Html {
  return html`<tr><th scope="row">${name}</th><td>${percent(precision)}</td><td>${percent(recall)}</td><td>${percent(f1)}</td><td>${count(samples)}</td></tr>`;
}

function confusionText({ confusions, classNames }: ClassifierEvaluation): Html {
  const top = confusions.slice(0, 3);
  if (top.length === 0) return html`<p>No sample was taken for another class.</p>`;
  return html`<p>Confused most often: ${top.map(
    ({ truth, prediction, count: times }, i) =>
      html`${i > 0 && ', '}<b>${classNames[truth]}</b> taken for <b>${classNames[prediction]}</b> (${counted(times, 'time')})`,
  )}.</p>`;
}

import type { ClassifierEvaluation } from '../../understanding/evaluateClassifier.js';
import { percent } from '../formatting.js';
import { type Html, html } from '../html.js';
import type { MistakePictures } from '../mistakePictures.js';
import type { Section } from './section.js';

/** The worst mistakes, with their pictures and heat maps as far as there are any. */
export function mistakesSection(
  { mistakes, classNames }: ClassifierEvaluation,
  pictures: readonly MistakePictures[],
): Section {
  const anyMap = pictures.some(({ heatMap }) => heatMap !== null);
  const cards = mistakes.map((mistake, i): Html => {
    const truth = classNames[mistake.truth];
    const prediction = classNames[mistake.prediction];
    const name = mistake.file ?? `Sample ${mistake.position}`;
    const { picture = null, heatMap = null } = pictures[i] ?? {};
    return html`<figure class="mistake"><div class="images">
${picture && html`<img src="${picture}" alt="${`${name}: a picture of ${truth}`}">`}${
  heatMap && html`<img src="${heatMap}" alt="${`What speaks for ${prediction} in ${name}, as a heat map`}">`
}</div>
<figcaption><b>${truth}</b> taken for <b class="bad">${prediction}</b>, ${percent(mistake.confidence)} sure
<span class="file">${name}</span></figcaption></figure>
`;
  });
  const explanation = anyMap
    ? 'The heat map on the right (Grad-CAM) shows where the model saw what it took the picture for: warm is much, cold is nothing.'
    : null;
  return {
    id: 'mistakes',
    title: 'Worst mistakes',
    body: html`<p>The mistakes that gave the true class the least probability. ${explanation}</p>
<div class="mistakes">${cards}</div>`,
  };
}

import type { ChartData } from './browser/drawCharts.js';
import { count, duration, percent, short } from './formatting.js';
import { drawing } from './generated/drawing.js';
import { plotStyle } from './generated/plotStyle.js';
import { plotting } from './generated/plotting.js';
import { Html, html, scriptJson } from './html.js';
import type { MistakePictures } from './mistakePictures.js';
import type { ReportContents } from './reportContents.js';
import { classesSection } from './sections/classes.js';
import { learningRatesSection } from './sections/learningRates.js';
import { mapSection } from './sections/map.js';
import { mistakesSection } from './sections/mistakes.js';
import { modelSection, parametersIn } from './sections/model.js';
import { reproductionSection } from './sections/reproduction.js';
import { type Section, sectionHtml } from './sections/section.js';
import { trainingSection } from './sections/training.js';
import { style } from './style.js';

/** What the page shows besides the contents it was asked for. */
export interface PageMaterial {
  /** One for each mistake of the evaluation, in order. */
  readonly pictures: readonly MistakePictures[];
  readonly environment: Readonly<Record<string, string>>;
  readonly date: Date;
}

/** Nothing but what is in the file: no page, script, picture or font from elsewhere can be loaded. */
const policy =
  "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/** The report as one HTML file. */
export function reportPage(contents: ReportContents, { pictures, environment, date }: PageMaterial): string {
  const { model, title = model.name, lead, phases = [], evaluation, map, learningRates } = contents;
  const training = phases.length > 0 ? [trainingSection(phases)] : [];
  const maps = map === undefined ? [] : [mapSection(map)];
  const rates = learningRates === undefined ? [] : [learningRatesSection(learningRates)];
  const charts: readonly ChartData[] = [...training, ...maps, ...rates].flatMap((section) => section.charts);
  const sections: readonly Section[] = [
    ...training,
    ...(evaluation === undefined ? [] : [classesSection(evaluation, contents.evaluatedOn ?? 'samples')]),
    ...(evaluation === undefined || evaluation.mistakes.length === 0 ? [] : [mistakesSection(evaluation, pictures)]),
    ...maps,
    ...rates,
    modelSection(model),
    reproductionSection(contents, environment),
  ];
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="mapache ${environment.mapache}">
<title>${title}</title>
<style>${new Html(plotStyle)}${new Html(style)}</style>
</head>
<body>
<a class="skip" href="#${sections[0]?.id}">Skip to the report</a>
<div class="page">
<header>
<h1>${title}</h1>
<p class="lead">${lead ?? `Written on ${date.toISOString().slice(0, 16).replace('T', ' at ')} UTC.`}</p>
${keyFigures(contents)}
<nav aria-label="Parts of the report"><ul>${sections.map(({ id, title: heading }) => html`<li><a href="#${id}">${heading}</a></li>`)}</ul></nav>
</header>
<main>
${sections.map(sectionHtml)}
</main>
<footer>Written by mapache ${environment.mapache} on ${date.toISOString()}. Curves are drawn by uPlot (MIT).</footer>
</div>
<script type="application/json" id="charts">${scriptJson(charts)}</script>
<script>${new Html(plotting)}</script>
<script>${new Html(drawing)}</script>
</body>
</html>
`.text;
}

function keyFigures({ model, evaluation, phases = [], evaluatedOn = 'samples' }: ReportContents): Html {
  const seconds = phases.reduce((sum, phase) => sum + (phase.seconds ?? 0), 0);
  const epochs = phases.reduce((sum, { history }) => sum + history.epochs.length, 0);
  const figures: readonly (readonly [string, string])[] = [
    ...(evaluation === undefined
      ? []
      : [
          ['Accuracy', percent(evaluation.accuracy)] as const,
          ['Loss', short(evaluation.loss)] as const,
          [capitalized(evaluatedOn), count(evaluation.samples)] as const,
          ['Classes', count(evaluation.classes.length)] as const,
        ]),
    ...(epochs > 0 ? [['Epochs', count(epochs)] as const] : []),
    ...(seconds > 0 ? [['Training time', duration(seconds)] as const] : []),
    ['Parameters', count(parametersIn(model.weights))],
  ];
  return html`<dl class="key">${figures.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

function capitalized(text: string): string {
  return `${text[0]?.toUpperCase() ?? ''}${text.slice(1)}`;
}

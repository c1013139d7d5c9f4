import type { EmbeddingMap, EmbeddingPoint } from '../../understanding/embeddingMap.js';
import type { ChartData, ChartSeries } from '../browser/drawCharts.js';
import { chart } from '../charts.js';
import { count, percent, short } from '../formatting.js';
import { type Html, html } from '../html.js';
import type { Section } from './section.js';

/** As many colours as can be told apart; of more classes the most frequent ones have one of their own. */
const colours = 8;

/** Samples on a plane, coloured by class. */
export function mapSection(map: EmbeddingMap): Section & { readonly charts: readonly ChartData[] } {
  // The plot takes points from left to right.
  const points = [...map.points].sort((a, b) => a.x - b.x);
  const { series, left } = seriesOf(points, map.classNames);
  const shown = percent(map.explained[0] + map.explained[1], 0);
  const data: ChartData = {
    id: 'map-of-samples',
    title: `${count(points.length)} samples`,
    summary: `Samples of the classes ${series.map(({ label }) => label).join(', ')} on a plane.`,
    xLabel: '',
    logX: false,
    logY: false,
    percent: false,
    x: points.map(({ x }) => x),
    series,
    marks: [],
    scatter: { labels: points.map((point) => described(point, map.classNames)) },
  };
  return {
    id: 'map',
    title: 'Map of samples',
    charts: [data],
    body: html`<p>Samples lie close together if the model sees something alike in them. The two directions of the map show ${shown} of what tells the samples apart for it.${
      left > 0 && ` ${count(left)} classes that are no more frequent share a colour.`
    }</p>
<div class="charts">${chart(data, pointTable(points, map.classNames))}</div>`,
  };
}

/** The points of each class, and those that were taken for another one once more. */
function seriesOf(
  points: readonly EmbeddingPoint[],
  classNames: readonly string[],
): { readonly series: readonly ChartSeries[]; readonly left: number } {
  const found = new Map<number, number>();
  for (const point of points) found.set(classOf(point), (found.get(classOf(point)) ?? 0) + 1);
  const frequent = [...found.keys()].sort((a, b) => (found.get(b) as number) - (found.get(a) as number) || a - b);
  const own = frequent.slice(0, frequent.length > colours ? colours - 1 : colours).sort((a, b) => a - b);
  const of = (label: string, colour: string, isOf: (point: EmbeddingPoint) => boolean, ring = false): ChartSeries => ({
    label,
    colour,
    dashed: false,
    ring,
    values: points.map((point) => (isOf(point) ? point.y : null)),
  });
  const series = [
    of('Other classes', '--faint', (point) => !own.includes(classOf(point))),
    ...own.map((k, i) => of(classNames[k] as string, `--class-${i + 1}`, (point) => classOf(point) === k)),
    of('Taken for another class', '--ink', ({ truth, prediction }) => truth !== null && truth !== prediction, true),
  ];
  return {
    series: series.filter(({ values }) => values.some((value) => value !== null)),
    left: frequent.length - own.length,
  };
}

/** The class that gives a point its colour. */
function classOf({ truth, prediction }: EmbeddingPoint): number {
  return truth ?? prediction;
}

function nameOf({ file, position }: EmbeddingPoint): string {
  return file ?? `Sample ${position}`;
}

function described(point: EmbeddingPoint, classNames: readonly string[]): string {
  const { truth, prediction } = point;
  const taken = `taken for ${classNames[prediction]}`;
  if (truth === null) return `${nameOf(point)}: ${taken}`;
  return `${nameOf(point)}: ${classNames[truth]}${truth === prediction ? '' : `, ${taken}`}`;
}

function pointTable(points: readonly EmbeddingPoint[], classNames: readonly string[]): Html {
  return html`<table class="numbers"><caption class="hidden">Samples on the map</caption>
<thead><tr><th scope="col">Sample</th><th scope="col">Class</th><th scope="col">Taken for</th><th scope="col">x</th><th scope="col">y</th></tr></thead>
<tbody>${points.map(
    (point) =>
      html`<tr><th scope="row">${nameOf(point)}</th><td>${point.truth === null ? '' : classNames[point.truth]}</td><td>${classNames[point.prediction]}</td><td>${short(point.x)}</td><td>${short(point.y)}</td></tr>
`,
  )}</tbody></table>`;
}

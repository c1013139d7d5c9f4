import type { ChartData } from './browser/drawCharts.js';
import { short } from './formatting.js';
import { type Html, html } from './html.js';

/** A chart with its numbers in a table below, for those who cannot see it or want to copy them. */
export function chart(data: ChartData, numbers: Html = numberTable(data)): Html {
  const { id, title, summary, scatter } = data;
  return html`<figure class="chart" id="${id}">
<figcaption>${title}</figcaption>
<div class="plot" data-chart="${id}" role="img" aria-label="${`${title}. ${summary}`}"></div>
${scatter && html`<p class="pointed" data-pointed="${id}">Point at a sample, or touch it, to see which it is.</p>`}
<details><summary>Numbers</summary><div class="scroll" tabindex="0" role="region" aria-label="${`Numbers of the chart ${title}`}">
${numbers}</div></details>
</figure>`;
}

function numberTable({ title, xLabel, series, x }: ChartData): Html {
  return html`<table class="numbers"><caption class="hidden">${title}</caption>
<thead><tr><th scope="col">${xLabel}</th>${series.map(({ label }) => html`<th scope="col">${label}</th>`)}</tr></thead>
<tbody>${x.map(
    (at, i) =>
      html`<tr><th scope="row">${short(at)}</th>${series.map(({ values }) => html`<td>${numberOf(values[i])}</td>`)}</tr>`,
  )}</tbody></table>`;
}

function numberOf(value: number | null | undefined): string {
  return value === null || value === undefined ? '' : short(value);
}

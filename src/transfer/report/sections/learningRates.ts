import type { ChartData } from '../browser/drawCharts.js';
import { chart } from '../charts.js';
import { short } from '../formatting.js';
import { html } from '../html.js';
import type { ReportLearningRates } from '../reportContents.js';
import type { Section } from './section.js';

/** The search for a learning rate: the loss at rising rates. */
export function learningRatesSection({ rates, losses, suggestion }: ReportLearningRates): Section & {
  readonly charts: readonly ChartData[];
} {
  const known = typeof suggestion === 'number';
  const data: ChartData = {
    id: 'learning-rates',
    title: 'Loss at rising learning rates',
    summary: known ? `A rate of ${short(suggestion)} is suggested.` : 'No rate is suggested.',
    xLabel: 'Learning rate',
    logX: true,
    logY: false,
    percent: false,
    x: rates,
    series: [
      {
        label: 'Loss',
        colour: '--train',
        dashed: false,
        values: losses.map((loss) => (Number.isFinite(loss) ? loss : null)),
      },
    ],
    marks: known ? [{ x: suggestion, label: `suggested: ${short(suggestion)}` }] : [],
  };
  return {
    id: 'rates',
    title: 'Search for a learning rate',
    charts: [data],
    body: html`<p>A few batches at rising rates. A good rate lies where the loss falls steeply, well before it rises again.</p>
<div class="charts wide">${chart(data)}</div>`,
  };
}

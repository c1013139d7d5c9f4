import type { ChartData, ChartSeries } from '../browser/drawCharts.js';
import { chart } from '../charts.js';
import { duration, percent, short } from '../formatting.js';
import { type Html, html } from '../html.js';
import type { ReportPhase } from '../reportContents.js';
import { type Section, scrollable } from './section.js';

/** Curves of losses, metrics and learning rates over all phases, and what each phase was. */
export function trainingSection(phases: readonly ReportPhase[]): Section & { readonly charts: readonly ChartData[] } {
  const charts = trainingCharts(phases);
  return {
    id: 'training',
    title: 'Training',
    charts,
    body: html`<div class="charts">${charts.map((data) => chart(data))}</div>
${phaseTable(phases)}`,
  };
}

/** The name of a phase, if need be with its number. */
export function phaseName({ name }: ReportPhase, position: number, phases: number): string {
  return name ?? (phases === 1 ? 'Training' : `Training ${position + 1}`);
}

function phaseTable(phases: readonly ReportPhase[]): Html {
  const rates = phases.map(ratesOf);
  const rows = phases.map((phase, i) => {
    const { history, epochs } = phase.history;
    const last = (key: string): number => history[key]?.at(-1) ?? Number.NaN;
    const rate = rates[i] ?? [];
    const changes = rate.length > 1 && rate.some((value) => value !== rate[0]);
    return html`<tr><th scope="row">${phaseName(phase, i, phases.length)}</th><td>${phase.trained}</td><td>${epochs.length}</td>
<td>${rate.length === 0 ? '' : changes ? `${short(rate[0] as number)} … ${short(rate.at(-1) as number)}` : short(rate[0] as number)}</td>
<td>${short(last('loss'))}</td><td>${short(last('val_loss'))}</td><td>${percent(last('accuracy'))}</td><td>${percent(last('val_accuracy'))}</td>
<td>${phase.seconds === undefined ? '' : duration(phase.seconds)}</td></tr>`;
  });
  return scrollable(
    'Phases of the training',
    html`<table><caption>Phases, with losses and accuracies after the last epoch of each</caption>
<thead><tr><th scope="col">Phase</th><th scope="col">What trained</th><th scope="col">Epochs</th><th scope="col">Learning rate</th>
<th scope="col">Loss</th><th scope="col">Validation loss</th><th scope="col">Accuracy</th><th scope="col">Validation accuracy</th><th scope="col">Time</th></tr></thead>
<tbody>${rows}</tbody></table>`,
  );
}

function trainingCharts(phases: readonly ReportPhase[]): readonly ChartData[] {
  const logs = new Set(phases.flatMap(({ history }) => Object.keys(history.history)));
  const names = [...logs].filter((log) => !log.startsWith('val_') && log !== rateLog);
  const shown = ['loss', 'accuracy', ...names.filter((name) => name !== 'loss' && name !== 'accuracy')];
  const epochs = phases.map(({ history }) => history.epochs.length);
  const total = epochs.reduce((sum, length) => sum + length, 0);
  const x = Array.from({ length: total }, (_, i) => i + 1);
  const starts = epochs.map((_, i) => epochs.slice(0, i).reduce((sum, length) => sum + length, 0));
  const marks =
    phases.length < 2
      ? []
      : starts.map((start, i) => ({ x: start + 1, label: phaseName(phases[i] as ReportPhase, i, 2) }));
  const shared = { xLabel: 'Epoch', logX: false, x, marks };
  const curves = shown
    .filter((name) => logs.has(name))
    .map((name): ChartData => {
      const training = valuesOf(phases, (phase) => phase.history.history[name] ?? []);
      const validation = valuesOf(phases, (phase) => phase.history.history[`val_${name}`] ?? []);
      const series = [
        { label: 'Training', colour: '--train', dashed: false, values: training },
        { label: 'Validation', colour: '--validation', dashed: false, values: validation },
      ].filter(({ values }) => values.some((value) => value !== null));
      const isFraction = series.every(({ values }) =>
        values.every((value) => value === null || (value >= 0 && value <= 1)),
      );
      return {
        ...shared,
        id: `curve-${name}`,
        title: titleOf(name),
        summary: series.map(summaryOf).join(' '),
        logY: false,
        percent: isFraction && name !== 'loss' && /acc|precision|recall|auc|f1/i.test(name),
        series,
      };
    });
  const rates = valuesOf(phases, ratesOf);
  // A rate that stays the same is told in the table.
  if (new Set(rates.filter((rate) => rate !== null)).size < 2) return curves;
  const series = { label: 'Learning rate', colour: '--train', dashed: false, values: rates };
  const rateCurve: ChartData = {
    ...shared,
    id: 'curve-rate',
    title: 'Learning rate',
    summary: summaryOf(series),
    logY: rates.every((rate) => rate === null || rate > 0),
    percent: false,
    series: [series],
  };
  return [...curves, rateCurve];
}

const rateLog = 'learning_rate';

function ratesOf({ history, learningRate }: ReportPhase): readonly number[] {
  if (typeof learningRate === 'number') return history.epochs.map(() => learningRate);
  return learningRate ?? history.history[rateLog] ?? [];
}

/** The numbers of all phases one after the other, `null` where a phase has none. */
function valuesOf(
  phases: readonly ReportPhase[],
  read: (phase: ReportPhase) => readonly number[],
): readonly (number | null)[] {
  return phases.flatMap((phase) => {
    const values = read(phase);
    return phase.history.epochs.map((_, i) => {
      const value = values[i];
      return value !== undefined && Number.isFinite(value) ? value : null;
    });
  });
}

function summaryOf({ label, values }: ChartSeries): string {
  const known = values.filter((value) => value !== null);
  const [first] = known;
  const last = known.at(-1);
  return first === undefined || last === undefined ? '' : `${label}: from ${short(first)} to ${short(last)}.`;
}

function titleOf(log: string): string {
  const words = log.replaceAll('_', ' ');
  return `${words[0]?.toUpperCase() ?? ''}${words.slice(1)}`;
}

import type { FeatureProgress } from '../features/featureProgress.js';
import type { Logs } from './logs.js';

/** How far an epoch has come. */
export interface Progress {
  /** Batches done. */
  readonly step: number;
  /** Batches in the epoch; `null` if it is not known. */
  readonly steps: number | null;
  /** Samples done. */
  readonly samples: number;
  /** Since the epoch began, without validation. */
  readonly seconds: number;
  readonly logs: Logs;
}

const barWidth = 20;

/**
 * One line: a bar, time left (while the epoch lasts) or taken, throughput and logs.
 * `12/146 ━━━━━━━━━━━━━━━━━━━━ ETA 3s 25ms/step 1280 samples/s - loss: 0.4102 - accuracy: 0.8333`
 * @param columns width of the terminal; what does not fit is cut off.
 */
export function progressLine(progress: Progress, columns: number): string {
  const { step, steps } = progress;
  const counter = `${steps === null ? step : `${String(step).padStart(String(steps).length)}/${steps}`}`;
  return cut(`${counter} ${bar(step, steps)} ${timing(progress)}${formatLogs(progress.logs)}`, columns);
}

/** Features that are being computed. */
export interface FeatureLine extends Pick<FeatureProgress, 'data' | 'done' | 'total'> {
  /** How many there were when somebody began to look. */
  readonly from: number;
  /** Since then. */
  readonly seconds: number;
  readonly logs: Logs;
}

/**
 * The same for features, of which there may be some from the start.
 * `Features of training samples:  320/1000 ━━━━━━────────────── ETA 9s 80 samples/s - loss: 0.4102`
 */
export function featureLine({ data, done, total, from, seconds, logs }: FeatureLine, columns: number): string {
  const counter = `${String(done).padStart(String(total).length)}/${total}`;
  const rate = seconds > 0 ? (done - from) / seconds : 0;
  const clock = rate > 0 ? ` ETA ${formatDuration((total - done) / rate)} ${formatRate(rate)} samples/s` : '';
  return cut(`Features of ${data} samples: ${counter} ${bar(done, total)}${clock}${formatLogs(logs)}`, columns);
}

/** The last column stays free: some terminals break the line when it is written to. */
function cut(line: string, columns: number): string {
  return line.length < columns ? line : line.slice(0, Math.max(columns - 1, 0));
}

/** One line without a bar, for logs that are read later. */
export function summaryLine(progress: Progress): string {
  return `${progress.step}/${progress.steps ?? progress.step} - ${timing({ ...progress, steps: progress.step })}${formatLogs(progress.logs)}`;
}

function bar(step: number, steps: number | null): string {
  const done = steps === null ? 0 : Math.round((barWidth * Math.min(step, steps)) / steps);
  return '━'.repeat(done) + '─'.repeat(barWidth - done);
}

function timing({ step, steps, samples, seconds }: Progress): string {
  const perStep = step === 0 ? 0 : seconds / step;
  const left = steps === null || step >= steps ? null : perStep * (steps - step);
  const clock = left === null ? formatDuration(seconds) : `ETA ${formatDuration(left)}`;
  const rate = seconds > 0 ? ` ${formatRate(samples / seconds)} samples/s` : '';
  return `${clock} ${formatStep(perStep)}/step${rate}`;
}

function formatLogs(logs: Logs): string {
  return Object.entries(logs)
    .map(([name, value]) => ` - ${name}: ${formatNumber(value)}`)
    .join('');
}

/** Four decimals; small numbers in scientific notation, as Keras prints them. */
function formatNumber(value: number): string {
  if (value === 0 || Math.abs(value) > 1e-3 || !Number.isFinite(value)) return value.toFixed(4);
  const [digits, exponent] = value.toExponential(4).split('e-') as [string, string];
  return `${digits}e-${exponent.padStart(2, '0')}`;
}

function formatRate(perSecond: number): string {
  return perSecond >= 10 ? String(Math.round(perSecond)) : perSecond.toFixed(1);
}

function formatStep(seconds: number): string {
  if (seconds >= 1) return `${seconds.toFixed(1)}s`;
  return seconds >= 1e-3 ? `${Math.round(seconds * 1e3)}ms` : `${Math.round(seconds * 1e6)}us`;
}

/** `45s`, `3:20`, `1:02:03`. */
function formatDuration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole}s`;
  const two = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  return hours === 0 ? `${minutes}:${two(whole % 60)}` : `${hours}:${two(minutes)}:${two(whole % 60)}`;
}

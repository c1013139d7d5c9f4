import { counted, duration } from '../formatting.js';
import { type Html, html } from '../html.js';
import type { ReportContents } from '../reportContents.js';
import { type Section, scrollable } from './section.js';

/** All that it takes to come to the same model again: command, seed, settings, versions; and how long things took. */
export function reproductionSection(
  { command, seed, settings = {}, timings = {}, versions = {}, skipped = [] }: ReportContents,
  environment: Readonly<Record<string, string>>,
): Section {
  const { seed: _, ...others } = settings;
  const given = seed === undefined ? settings : { Seed: seed, ...others };
  return {
    id: 'reproduction',
    title: 'To do it again',
    body: html`${command === undefined ? null : html`<p>The command:</p><pre class="scroll" tabindex="0">${command}</pre>`}
<div class="pair">
${table('Settings', given, textOf)}${table('Versions and machine', { ...environment, ...versions }, String)}${table('Times', timings, duration)}
</div>${skippedList(skipped)}`,
  };
}

function table<T>(caption: string, record: Readonly<Record<string, T>>, text: (value: T) => string): Html | null {
  const rows = Object.entries(record);
  if (rows.length === 0) return null;
  return scrollable(
    caption,
    html`<table class="facts"><caption>${caption}</caption><tbody>${rows.map(
      ([name, value]) => html`<tr><th scope="row">${name}</th><td>${text(value)}</td></tr>
`,
    )}</tbody></table>`,
  );
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return JSON.stringify(value) ?? String(value);
}

function skippedList(skipped: NonNullable<ReportContents['skipped']>): Html | null {
  if (skipped.length === 0) return null;
  return html`<details><summary>${counted(skipped.length, 'file')} left out</summary><ul class="files">${skipped.map(
    ({ file, reason }) => html`<li><span class="file">${file}</span> ${reason}</li>
`,
  )}</ul></details>`;
}

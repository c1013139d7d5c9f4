/** The demo's report: one HTML file that needs no network, with learning curves and test pictures. */
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

/** One way of training and how it went. */
export interface Curve {
  readonly name: string;
  /** Epochs of training that came before. */
  readonly after: number;
  /** Accuracy on the test pictures after each epoch, 0 to 1. */
  readonly accuracy: readonly number[];
  readonly loss: readonly number[];
}

/** A test picture and what the model makes of it. */
export interface Example {
  /** RGB bytes, row by row. */
  readonly pixels: Uint8Array;
  readonly size: number;
  readonly label: string;
  readonly prediction: string;
  /** Probability of the prediction, 0 to 1. */
  readonly confidence: number;
}

export interface ReportContents {
  readonly title: string;
  readonly lead: string;
  /** First row: headings. */
  readonly table: readonly (readonly string[])[];
  readonly curves: readonly Curve[];
  readonly examples: readonly Example[];
}

/** Writes the report to `path`. */
export async function writeReport(path: string, contents: ReportContents): Promise<void> {
  const require = createRequire(import.meta.url);
  const [script, style] = await Promise.all(
    ['uplot/dist/uPlot.iife.min.js', 'uplot/dist/uPlot.min.css'].map((file) => readFile(require.resolve(file), 'utf8')),
  );
  const data = {
    curves: contents.curves,
    examples: contents.examples.map(({ pixels, ...rest }) => ({
      ...rest,
      pixels: Buffer.from(pixels).toString('base64'),
    })),
  };
  await writeFile(path, page(contents, style ?? '', script ?? '', JSON.stringify(data).replaceAll('<', '\\u003c')));
}

const escapeHtml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

function page({ title, lead, table }: ReportContents, style: string, script: string, data: string): string {
  const [headings = [], ...rows] = table;
  const cells = (tag: string, row: readonly string[]): string =>
    row.map((cell) => `<${tag}>${escapeHtml(cell)}</${tag}>`).join('');
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>
${style}
:root { color-scheme: light dark; --ink: light-dark(#222, #ddd); --paper: light-dark(#fff, #181818); --line: light-dark(#ddd, #444); }
body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; } th, td { padding: .3rem .8rem; border-bottom: 1px solid var(--line); text-align: left; }
#curves { display: flex; flex-wrap: wrap; gap: 1rem; }
#examples { display: flex; flex-wrap: wrap; gap: .8rem; } figure { margin: 0; width: 5.4rem; text-align: center; font-size: .8rem; line-height: 1.2; }
canvas.picture { width: 80px; height: 80px; image-rendering: pixelated; border-radius: 4px; }
.wrong { color: light-dark(#b3261e, #ff8a80); } .u-legend { font-size: .8rem; }
</style>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(lead)}</p>
<table><thead><tr>${cells('th', headings)}</tr></thead><tbody>${rows.map((row) => `<tr>${cells('td', row)}</tr>`).join('')}</tbody></table>
<h2>Learning curves</h2>
<div id="curves"></div>
<h2>Test pictures</h2>
<div id="examples"></div>
<script>${script}</script>
<script>
const { curves, examples } = ${data};
const ink = getComputedStyle(document.body).color;
const colours = ['#3b7dd8', '#e0862f', '#7a5ad0', '#3d9a50'];
const width = Math.min(460, document.body.clientWidth - 10);
for (const [quantity, label] of [['accuracy', 'accuracy on 100 test pictures'], ['loss', 'loss on training pictures']]) {
  const longest = Math.max(...curves.map((curve) => curve.after + curve[quantity].length));
  const epochs = Array.from({ length: longest }, (_, i) => i + 1);
  const axis = { stroke: ink, grid: { stroke: '#8884', width: 1 } };
  new uPlot({
    title: label, width, height: 280, scales: { x: { time: false } },
    axes: [{ ...axis, label: 'epoch' }, axis],
    series: [{ label: 'epoch' }, ...curves.map(({ name }, i) => ({ label: name, stroke: colours[i], width: 2 }))],
  }, [epochs, ...curves.map((curve) => epochs.map((_, i) => curve[quantity][i - curve.after] ?? null))], document.getElementById('curves'));
}
for (const { pixels, size, label, prediction, confidence } of examples) {
  const bytes = Uint8Array.from(atob(pixels), (character) => character.charCodeAt(0));
  const picture = new ImageData(size, size);
  for (let i = 0; i < size * size; i++) picture.data.set([...bytes.subarray(3 * i, 3 * i + 3), 255], 4 * i);
  const canvas = Object.assign(document.createElement('canvas'), { width: size, height: size, className: 'picture' });
  canvas.getContext('2d').putImageData(picture, 0, 0);
  const figure = document.createElement('figure');
  const caption = document.createElement('figcaption');
  caption.textContent = label === prediction ? label + ' ✓ ' : label + ' taken for ' + prediction + ' ';
  caption.textContent += Math.round(100 * confidence) + ' %';
  if (label !== prediction) caption.className = 'wrong';
  figure.append(canvas, caption);
  document.getElementById('examples').append(figure);
}
</script>
</html>
`;
}

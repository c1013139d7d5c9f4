// Makes modules of what a report carries along as text, in src/transfer/report/generated/:
//   plotting    uPlot, minified, with its licence
//   plotStyle   its style sheet
//   drawing     the report's own script, browser/drawCharts.ts
//   version     the version of this package
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const report = fileURLToPath(new URL('../src/transfer/report/', import.meta.url));
const target = `${report}generated/`;
const uPlot = dirname(dirname(createRequire(import.meta.url).resolve('uplot')));

const read = (...path: readonly string[]): Promise<string> => readFile(join(...path), 'utf8');

async function plotting(): Promise<string> {
  const { version } = JSON.parse(await read(uPlot, 'package.json')) as { readonly version: string };
  const licence = (await read(uPlot, 'LICENSE')).trim();
  return `/*!\nuPlot ${version}, https://github.com/leeoniya/uPlot\n\n${licence}\n*/\n${await read(uPlot, 'dist/uPlot.iife.min.js')}`;
}

async function drawing(): Promise<string> {
  const { outputText } = ts.transpileModule(await read(report, 'browser/drawCharts.ts'), {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ES2022, removeComments: true },
  });
  // A script of a page is no module.
  return `(() => {\n${outputText.replace(/^export .*$/gm, '').trim()}\n})();`;
}

async function version(): Promise<string> {
  const text = await read(fileURLToPath(new URL('../package.json', import.meta.url)));
  return (JSON.parse(text) as { readonly version: string }).version;
}

const modules: Readonly<Record<string, string>> = {
  plotting: await plotting(),
  plotStyle: await read(uPlot, 'dist/uPlot.min.css'),
  drawing: await drawing(),
  version: await version(),
};
await mkdir(target, { recursive: true });
for (const [name, text] of Object.entries(modules)) {
  const file = `${target}${name}.ts`;
  const source = `export const ${name} =\n  ${JSON.stringify(text)};\n`;
  if ((await readFile(file, 'utf8').catch(() => null)) !== source) await writeFile(file, source);
}

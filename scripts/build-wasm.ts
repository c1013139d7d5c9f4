// Builds the WebAssembly engine into src/tensor/backends/wasm/generated/, unless it is up to date:
//   records and dispatch   AssemblyScript, from the table in instructions.ts
//   operations             AssemblyScript, from the list in operations.ts
//   tile4, tile6           AssemblyScript, from the template in tile-source.ts
//   transposedTile4, ...6  AssemblyScript, from the template in transposed-tile-source.ts
//   simd, relaxed          the two binaries, base64
//   worker                 the script of the workers, as text
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';
import ts from 'typescript';
import {
  headerWords,
  type InstructionName,
  instructionNames,
  instructions,
} from '../src/tensor/backends/wasm/instructions.js';
import { operations } from '../src/tensor/backends/wasm/operations.js';
import { tileSource } from './tile-source.js';
import { transposedTileSource } from './transposed-tile-source.js';

const wasm = fileURLToPath(new URL('../src/tensor/backends/wasm/', import.meta.url));
const sourceFolder = `${wasm}assembly/`;
const target = `${wasm}generated/`;

/** AssemblyScript has its own names for our words. */
const assemblyTypes = { pointer: 'usize', int: 'i32', float: 'f32' } as const;

const capitalized = (name: string): string => `${name[0]?.toUpperCase()}${name.slice(1)}`;

function recordsSource(): string {
  const header = headerWords.map((word) => `  ${word}: i32;`);
  const record = (name: InstructionName): string => {
    const fields = Object.entries(instructions[name]).map(([field, type]) => `  ${field}: ${assemblyTypes[type]};`);
    const tail =
      '  /** Where the tail begins. */\n  get tail(): usize {\n' +
      `    return changetype<usize>(this) + ${4 * (headerWords.length + fields.length)};\n  }`;
    return `@unmanaged\nexport class ${capitalized(name)}Record extends Header {\n${[...fields, tail].join('\n')}\n}`;
  };
  return [
    '// Generated from instructions.ts.',
    `@unmanaged\nexport class Header {\n${header.join('\n')}\n}`,
    ...instructionNames.map(record),
    '',
  ].join('\n\n');
}

function dispatchSource(): string {
  const imports = instructionNames.map((name) => `import { ${name} } from '../kernels/${name}';`);
  const records = `import { ${instructionNames.map((name) => `${capitalized(name)}Record`).join(', ')} } from './records';`;
  const cases = instructionNames.map(
    (name, opcode) => `    case ${opcode}: return ${name}(changetype<${capitalized(name)}Record>(at), begin, end);`,
  );
  return `// Generated from instructions.ts.\n${[...imports, records].join('\n')}\n\nexport function dispatch(opcode: i32, at: usize, begin: i32, end: i32): void {\n  switch (opcode) {\n${cases.join('\n')}\n    default: unreachable();\n  }\n}\n`;
}

function operationsSource(): string {
  const names = operations.map((name) => `  ${name},`).join('\n');
  return `// Generated from operations.ts.\n\nexport enum Operation {\n${names}\n}\n`;
}

async function compileBuild(name: string, features: readonly string[]): Promise<string> {
  const binary: { bytes?: Uint8Array } = {};
  const { error, stderr } = await asc.main(
    [
      'index.ts',
      ...['--outFile', 'engine.wasm', '--runtime', 'stub', '--noAssert', '-O2', '--use', 'abort='],
      // Static data begins behind the words of `control.ts`.
      ...[
        '--memoryBase',
        '16384',
        '--importMemory',
        '--sharedMemory',
        '--initialMemory',
        '16',
        '--maximumMemory',
        '65536',
      ],
      ...['threads', 'simd', 'bulk-memory', ...features].flatMap((feature) => ['--enable', feature]),
      // Overwriting the module's own constants or running off the end must not pass silently.
    ],
    {
      readFile: async (path, base) =>
        readFile(path.startsWith('/') ? path : `${base}/${path}`, 'utf8').catch(() => null),
      writeFile: async (_path, contents) => {
        if (typeof contents !== 'string') binary.bytes = contents;
      },
      listFiles: async () => [],
      ...{},
    },
  );
  if (error !== null || binary.bytes === undefined) throw new Error(`${name}: ${String(error)}\n${stderr.toString()}`);
  console.log(`${name}: ${binary.bytes.length} bytes`);
  return Buffer.from(binary.bytes).toString('base64');
}

function workerText(source: string): string {
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ES2022, removeComments: true },
  });
  // A worker script made of text is no module.
  return outputText.replace(/^export .*$/gm, '');
}

async function sourcesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.parentPath.includes('generated'))
    .map((entry) => `${entry.parentPath}/${entry.name}`)
    .sort();
}

async function fingerprint(): Promise<string> {
  const hash = createHash('sha256').update(asc.version ?? '');
  for (const file of [
    ...(await sourcesIn(sourceFolder)),
    `${wasm}instructions.ts`,
    `${wasm}operations.ts`,
    `${wasm}engine/worker.ts`,
    `${wasm}engine/remoteWorker.ts`,
    fileURLToPath(new URL('tile-source.ts', import.meta.url)),
    fileURLToPath(new URL('transposed-tile-source.ts', import.meta.url)),
    fileURLToPath(import.meta.url),
  ]) {
    hash.update(await readFile(file));
  }
  return hash.digest('hex');
}

const stamp = `${target}stamp`;
const wanted = await fingerprint();
const present = await readFile(stamp, 'utf8').catch(() => '');
if (present !== wanted) {
  await mkdir(target, { recursive: true });
  await mkdir(`${sourceFolder}generated`, { recursive: true });
  await writeFile(`${sourceFolder}generated/records.ts`, recordsSource());
  await writeFile(`${sourceFolder}generated/dispatch.ts`, dispatchSource());
  await writeFile(`${sourceFolder}generated/operations.ts`, operationsSource());
  for (const rows of [4, 6]) {
    await writeFile(`${sourceFolder}generated/tile${rows}.ts`, tileSource(rows));
    await writeFile(`${sourceFolder}generated/transposedTile${rows}.ts`, transposedTileSource(rows));
  }
  process.chdir(sourceFolder);
  const simd = await compileBuild('simd', []);
  const relaxed = await compileBuild('relaxed', ['relaxed-simd']);
  const module = (name: string, text: string) =>
    writeFile(`${target}${name}.ts`, `export const ${name} =\n  ${JSON.stringify(text)};\n`);
  await module('simd', simd);
  await module('relaxed', relaxed);
  for (const [name, file] of [
    ['workerSource', 'worker'],
    ['remoteWorkerSource', 'remoteWorker'],
  ] as const) {
    await module(name, workerText(await readFile(`${wasm}engine/${file}.ts`, 'utf8')));
  }
  await writeFile(stamp, wanted);
}

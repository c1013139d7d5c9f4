/** The look of a report: calm, light or dark as the reader likes it, on paper, and from 320 pixels on. */
export const style = `
:root {
  --paper: #faf9f7; --card: #fff; --ink: #22282c; --muted: #616c74; --faint: #a9b2b8; --line: #e6e4df;
  --accent: #1d6a83; --train: #1f7a9c; --validation: #d0722a; --right: #2e8b57; --wrong: #c4492f;
  --class-1: #1f6fb4; --class-2: #c8640a; --class-3: #2a8a4a; --class-4: #8a4fc4; --class-5: #c23a6b; --class-6: #0b8793; --class-7: #8a6236; --class-8: #73760f;
  --gap: .9rem; color-scheme: light;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --paper: #14181a; --card: #1b2023; --ink: #dfe4e6; --muted: #98a3aa; --faint: #5d686f; --line: #2c3337;
    --accent: #7cc0d8; --train: #63b5d6; --validation: #eea15c; --right: #5dbb85; --wrong: #ec7b62;
    --class-1: #6fb1ee; --class-2: #f2a04e; --class-3: #6cc98a; --class-4: #bf97f0; --class-5: #f28bb0; --class-6: #4fc7d2; --class-7: #cba57a; --class-8: #c9cc5a;
    color-scheme: dark;
  }
}
* { box-sizing: border-box; }
html { scroll-behavior: smooth; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
.page { max-width: 74rem; margin: 0 auto; padding: 3rem 1.5rem 4rem; }
a { color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
.skip { position: absolute; left: -99rem; } .skip:focus { left: 1rem; top: 1rem; background: var(--card); padding: .4rem .8rem; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
h1 { font-size: clamp(1.6rem, 1.2rem + 1.8vw, 2.4rem); line-height: 1.2; letter-spacing: -.02em; margin: 0 0 .4rem; font-weight: 650; overflow-wrap: anywhere; }
h2 { font-size: 1.3rem; letter-spacing: -.01em; margin: 0 0 .9rem; font-weight: 620; }
.lead { color: var(--muted); margin: 0; max-width: 46rem; }
p { max-width: 46rem; margin: 0 0 1rem; }
nav ul { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; list-style: none; padding: 0; margin: 1.4rem 0 0; font-size: .92rem; }
nav a { text-decoration: none; } nav a:hover { text-decoration: underline; }
.key { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: 1px; background: var(--card); border: 1px solid var(--line); border-radius: 12px; overflow: hidden; margin: 1.8rem 0 0; }
.key div { box-shadow: 0 0 0 1px var(--line); padding: 1rem 1.2rem; }
.key dt { color: var(--muted); font-size: .85rem; } .key dd { margin: .1rem 0 0; font-size: 1.5rem; font-weight: 600; letter-spacing: -.02em; font-variant-numeric: tabular-nums; }
section { margin-top: 3.2rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: .92rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--muted); font-size: .88rem; padding: 0 0 .5rem; }
th, td { padding: .42rem var(--gap) .42rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: baseline; }
thead th { color: var(--muted); font-weight: 500; font-size: .85rem; white-space: nowrap; }
tbody th { font-weight: 500; } tfoot th, tfoot td { color: var(--muted); font-weight: 400; border-bottom: 0; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr)); gap: 1.2rem; margin-bottom: 1.6rem; }
figure { margin: 0; }
.chart { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 1rem 1rem .7rem; min-width: 0; }
.chart figcaption { font-weight: 560; margin-bottom: .5rem; }
.plot { min-height: 12rem; }
.uplot { max-width: 100%; } .u-legend { font-size: .82rem; color: var(--muted); text-align: left; margin: 0; }
.u-legend th, .u-legend td { border: 0; padding: .1rem .25rem; font-weight: 500; }
.u-legend .u-marker { border-radius: 50%; width: .65em; height: .65em; }
.pointed { color: var(--muted); font-size: .88rem; margin: .3rem 0 0; min-height: 1.5em; overflow-wrap: anywhere; }
details { margin-top: .5rem; } summary { color: var(--muted); font-size: .88rem; cursor: pointer; }
details .scroll { max-height: 16rem; overflow: auto; margin-top: .5rem; }
.numbers { font-size: .82rem; }
.pair { display: flex; flex-wrap: wrap; gap: 2.4rem 3.5rem; align-items: flex-start; }
.pair > .scroll, .stack { max-width: 100%; min-width: 0; } .scroll table:not(.facts, .pairs) td { white-space: nowrap; }
.pairs :is(th, td), .scores th { max-width: 16rem; overflow-wrap: break-word; } :is(.pairs, .scores) tbody th, .pairs td:nth-child(2) { min-width: 6.5rem; }
.bar { background: linear-gradient(to right, color-mix(in srgb, var(--train) 20%, transparent) var(--part), transparent var(--part)) no-repeat 0 50% / calc(100% - var(--gap)) 72%; padding-left: .4rem; min-width: 6.5rem; }
.confusion { border-collapse: separate; border-spacing: 3px; min-width: 17rem; }
.confusion th, .confusion td { border: 0; }
.confusion td { min-width: 2.9rem; height: 2.5rem; padding: .2rem .5rem; text-align: center; vertical-align: middle; border-radius: 6px; background: color-mix(in srgb, var(--wrong) calc(var(--share) * .8), color-mix(in srgb, var(--line) 45%, transparent)); }
.confusion td.right { background: color-mix(in srgb, var(--right) calc(var(--share) * .55), color-mix(in srgb, var(--line) 45%, transparent)); }
.confusion td.both { background: color-mix(in srgb, var(--line) 45%, transparent); }
.confusion.upright thead span:not(.hidden) { writing-mode: vertical-rl; transform: rotate(180deg); max-height: 10rem; overflow: hidden; text-overflow: ellipsis; }
.confusion thead th { vertical-align: bottom; text-align: center; padding: .2rem .3rem; } .confusion tbody th { text-align: right; padding: .2rem .6rem .2rem 0; vertical-align: middle; min-width: 5rem; max-width: 12rem; overflow-wrap: break-word; }
.mistakes { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 16rem), 1fr)); gap: 1.2rem; }
.mistake { background: var(--card); border: 1px solid var(--line); border-radius: 12px; overflow: hidden; }
.images { display: flex; } .images img { width: 50%; flex: 1 1 50%; min-width: 0; display: block; aspect-ratio: 1; object-fit: cover; }
.mistake figcaption { padding: .7rem .9rem .8rem; font-size: .92rem; line-height: 1.4; }
.bad { color: var(--wrong); } .file { font: .82em ui-monospace, "SF Mono", Menlo, Consolas, monospace; color: var(--muted); overflow-wrap: anywhere; }
.mistake .file { display: block; margin-top: .25rem; }
.facts td { overflow-wrap: anywhere; } .facts th { white-space: nowrap; color: var(--muted); }
pre { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: .8rem 1rem; font-size: .88rem; margin: 0 0 1.4rem; white-space: pre-wrap; overflow-wrap: anywhere; }
.files { padding-left: 1.1rem; font-size: .9rem; }
footer { margin-top: 4rem; color: var(--muted); font-size: .85rem; border-top: 1px solid var(--line); padding-top: 1rem; }
@media (max-width: 40rem) {
  .page { padding: 1.6rem 1rem 3rem; } section { margin-top: 2.4rem; }
  .key { grid-template-columns: 1fr 1fr; } .key dd { font-size: 1.25rem; } .chart { padding: .8rem .6rem .5rem; }
  .scroll { --gap: .6rem; } caption { max-width: calc(100vw - 2rem); } .bar { min-width: 4.6rem; } .scores { font-size: .86rem; } :is(.pairs, .scores) tbody th { min-width: 5rem; }
}
@media print {
  body { font-size: 11pt; background: #fff; } .page { max-width: none; padding: 0; } nav, .skip, details:not([open]) { display: none; }
  .chart, .mistake, tr, .key { break-inside: avoid; } h2 { break-after: avoid; } .scroll { overflow: visible; }
  * { print-color-adjust: exact; }
}
`;

// Runs in the page of the report, after uPlot; `scripts/embed-report.ts` makes text of it.
import type uPlot from 'uplot';

/** A chart of the report. */
export interface ChartData {
  readonly id: string;
  readonly title: string;
  /** What the chart shows, in words. */
  readonly summary: string;
  readonly xLabel: string;
  /** Whether equal distances are equal factors along x. */
  readonly logX: boolean;
  /** Whether equal distances are equal factors along y. */
  readonly logY: boolean;
  /** Whether y is a fraction, to be shown in percent. */
  readonly percent: boolean;
  readonly x: readonly number[];
  readonly series: readonly ChartSeries[];
  /** Places along x that are marked with a line. */
  readonly marks: readonly { readonly x: number; readonly label: string }[];
  /** Points on a plane instead of lines, with what each of them is. */
  readonly scatter?: { readonly labels: readonly string[] };
}

export interface ChartSeries {
  readonly label: string;
  /** The CSS variable of its colour. */
  readonly colour: string;
  readonly dashed: boolean;
  /** Whether points of a plane are rings around others. @defaultValue `false` */
  readonly ring?: boolean;
  /** One number for each x; `null` where there is none. */
  readonly values: readonly (number | null)[];
}

declare global {
  interface Window {
    readonly uPlot: typeof uPlot;
  }
}

const charts = JSON.parse(document.getElementById('charts')?.textContent ?? '[]') as readonly ChartData[];
const plots = new Map<Element, uPlot>();

function colourOf(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function labelOf(value: number | null, percent: boolean): string {
  if (value === null || value === undefined) return '–';
  if (percent) return `${Number((100 * value).toPrecision(4))} %`;
  const size = Math.abs(value);
  return size !== 0 && (size < 1e-3 || size >= 1e5) ? value.toExponential(1) : String(Number(value.toPrecision(4)));
}

function tickOf(value: number | null, percent: boolean): string {
  if (value === null) return '';
  return percent ? `${Math.round(1000 * value) / 10} %` : labelOf(value, false);
}

/** Lines across the chart where something begins, with its name. */
function drawMarks(plot: uPlot, marks: ChartData['marks']): void {
  const { ctx, bbox } = plot;
  const pixels = devicePixelRatio;
  ctx.save();
  ctx.strokeStyle = colourOf('--faint');
  ctx.fillStyle = colourOf('--muted');
  ctx.font = `${11 * pixels}px system-ui, sans-serif`;
  ctx.textBaseline = 'top';
  ctx.lineWidth = pixels;
  ctx.setLineDash([3 * pixels, 3 * pixels]);
  for (const { x, label } of marks) {
    const at = Math.round(plot.valToPos(x, 'x', true));
    ctx.beginPath();
    ctx.moveTo(at, bbox.top);
    ctx.lineTo(at, bbox.top + bbox.height);
    ctx.stroke();
    const room = bbox.left + bbox.width - at - 6 * pixels;
    const leftwards = ctx.measureText(label).width > room;
    ctx.textAlign = leftwards ? 'right' : 'left';
    ctx.fillText(label, at + (leftwards ? -5 : 5) * pixels, bbox.top + 2 * pixels);
  }
  ctx.restore();
}

function drawLines(element: HTMLElement, data: ChartData): void {
  plots.get(element)?.destroy();
  const ink = colourOf('--muted');
  const axis = { stroke: ink, font: '12px system-ui, sans-serif', labelFont: '12px system-ui, sans-serif' };
  const powersOfTen = (_: uPlot, places: number[]): (number | null)[] =>
    places.map((place) => (Math.abs(Math.log10(place) - Math.round(Math.log10(place))) < 1e-6 ? place : null));
  const grid = { stroke: colourOf('--line'), width: 1, ...(data.logY && { filter: powersOfTen }) };
  const ticks = { show: false };
  const points = data.x.length <= 40;
  const options: uPlot.Options = {
    width: element.clientWidth,
    height: Math.round(Math.min(260, Math.max(190, element.clientWidth * 0.55))),
    scales: {
      x: { time: false, distr: data.logX ? 3 : 1 },
      // Room above the lines, for the names of marks.
      y: data.logY
        ? {
            distr: 3,
            range: (_, least, largest) => {
              const room = (largest / least) ** 0.16;
              return [least, room > 1 ? largest * room : 2 * largest];
            },
          }
        : { range: (_, least, largest) => window.uPlot.rangeNum(least, largest, 0.16, true) },
    },
    axes: [
      {
        ...axis,
        label: data.xLabel,
        size: 26,
        labelSize: 20,
        grid: { show: false },
        ticks,
        space: 40,
        values: (_, values) => values.map((value) => tickOf(value, false)),
        ...(!data.logX && { incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] }),
      },
      { ...axis, grid, ticks, size: 54, values: (_, values) => values.map((value) => tickOf(value, data.percent)) },
    ],
    series: [
      { label: data.xLabel, value: (_, value) => labelOf(value, false) },
      ...data.series.map(({ label, colour, dashed }) => ({
        label,
        stroke: colourOf(colour),
        width: 2,
        ...(dashed && { dash: [6, 4] }),
        points: { show: points, size: 5, fill: colourOf(colour) },
        value: (_: uPlot, value: number | null) => labelOf(value, data.percent),
      })),
    ],
    cursor: { y: false },
    hooks: { drawAxes: [(plot) => drawMarks(plot, data.marks)] },
  };
  const columns = [data.x, ...data.series.map(({ values }) => values)] as uPlot.AlignedData;
  plots.set(element, new window.uPlot(options, columns, element));
}

/** Points on a plane on which a step is as far to the side as upwards. */
function drawPlane(element: HTMLElement, data: ChartData, labels: readonly string[]): void {
  plots.get(element)?.destroy();
  const width = element.clientWidth;
  const height = Math.round(Math.min(460, Math.max(260, width * 0.6)));
  const columns = [data.x, ...data.series.map(({ values }) => values)] as uPlot.AlignedData;
  const heights = data.x.map(
    (_, i) => data.series.map(({ values }) => values[i]).find((y) => typeof y === 'number') ?? 0,
  );
  const [left, right, bottom, top] = [
    Math.min(...data.x),
    Math.max(...data.x),
    Math.min(...heights),
    Math.max(...heights),
  ] as const;
  // Room around the points for their size.
  const unit = Math.max((right - left) / (width - 40), (top - bottom) / (height - 40)) || 1;
  const range = (least: number, largest: number, pixels: number): uPlot.Range.MinMax => {
    const middle = (least + largest) / 2;
    return [middle - (unit * pixels) / 2, middle + (unit * pixels) / 2];
  };
  const plot = new window.uPlot(
    {
      width,
      height,
      padding: [0, 0, 0, 0],
      scales: {
        x: { time: false, range: () => range(left, right, width) },
        y: { range: () => range(bottom, top, height) },
      },
      axes: [{ show: false }, { show: false }],
      legend: { live: false },
      cursor: { show: false },
      series: [
        {},
        ...data.series.map(({ label, colour, ring }) => ({
          label,
          stroke: colourOf(colour),
          // That of the mark in the legend: there are no lines.
          width: ring ? 1.5 : 3,
          paths: () => null,
          points: {
            show: true,
            size: ring ? 12 : 7,
            width: ring ? 1.5 : 0,
            fill: ring ? 'transparent' : colourOf(colour),
          },
        })),
      ],
    },
    columns,
    element,
  );
  const pointed = document.querySelector(`[data-pointed="${data.id}"]`);
  const point = ({ clientX, clientY }: PointerEvent): void => {
    const corner = plot.over.getBoundingClientRect();
    const distances = data.x.map((x, i) =>
      Math.hypot(
        plot.valToPos(x, 'x') - (clientX - corner.left),
        plot.valToPos(heights[i] as number, 'y') - (clientY - corner.top),
      ),
    );
    const nearest = distances.indexOf(Math.min(...distances));
    if (pointed !== null && (distances[nearest] as number) < 24) pointed.textContent = labels[nearest] ?? '';
  };
  plot.over.addEventListener('pointermove', point);
  plot.over.addEventListener('pointerdown', point);
  plots.set(element, plot);
}

function drawAll(): void {
  for (const element of document.querySelectorAll<HTMLElement>('[data-chart]')) {
    const data = charts.find(({ id }) => id === element.dataset.chart);
    if (data?.scatter !== undefined) drawPlane(element, data, data.scatter.labels);
    else if (data !== undefined) drawLines(element, data);
  }
}

drawAll();
let width = document.documentElement.clientWidth;
addEventListener('resize', () => {
  if (document.documentElement.clientWidth === width) return;
  width = document.documentElement.clientWidth;
  drawAll();
});
// Paper is white: colours follow the page's, which it turns light for printing.
for (const query of ['(prefers-color-scheme: dark)', 'print']) matchMedia(query).addEventListener('change', drawAll);

import { ArgumentError } from '../../tensor/index.js';

/** A number as Python prints it: `0.5`, `3.0`, `1e-05`, `nan`. */
export function pythonFloat(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (Object.is(value, -0)) return '-0.0';
  const [digits, exponent] = value.toExponential().split('e') as [string, string];
  const power = Number(exponent);
  if (power < -4 || power >= 16) return `${digits}e${signedExponent(power)}`;
  const text = String(value);
  return Number.isInteger(value) ? `${text}.0` : text;
}

const field = /\{\{|\}\}|\{([^{}:]*)(?::([^{}]*))?\}/g;
const specification = /^(?:([\s\S])?([<>^=]))?([+ -])?(0)?(\d+)?(?:\.(\d+))?([defF%])?$/;

/**
 * Fills in a template of Python, as in `{epoch:02d}-{val_loss:.2f}`. Of format specifications: fill and alignment, sign,
 * zeros, width, precision, and the types `d`, `e`, `f` and `%`.
 * @param integers which of the values are whole by nature; others are floating
 * @throws {ArgumentError} naming what there is, if the template wants something else.
 */
export function formatTemplate(
  operation: string,
  template: string,
  values: Readonly<Record<string, number>>,
  integers: ReadonlySet<string>,
): string {
  return template.replace(field, (match: string, name: string | undefined, wanted: string | undefined) => {
    if (match === '{{' || match === '}}') return match[0] as string;
    const value = name !== undefined && Object.hasOwn(values, name) ? values[name] : undefined;
    const text = value === undefined ? null : formatNumber(value, integers.has(name ?? ''), wanted ?? '');
    if (text !== null) return text;
    throw new ArgumentError({
      operation,
      expected: `placeholders such as {epoch:02d} or {val_loss:.2f}, of ${Object.keys(values).join(', ')}`,
      received: match,
      remedy: 'Types are d for epoch and batch, and f, e or % for all; write {{ for a brace.',
    });
  });
}

/** One number by a format specification of Python; `null` if it is none for such a number. */
function formatNumber(value: number, isInteger: boolean, wanted: string): string | null {
  const parts = specification.exec(wanted);
  if (parts === null) return null;
  const [, fill, align, sign = '-', zero, width = '0', precision, type] = parts;
  if (type === 'd' && (!isInteger || precision !== undefined)) return null;
  const digits = magnitude(Math.abs(value), type ?? (isInteger ? 'd' : ''), precision);
  const front = value < 0 || Object.is(value, -0) ? '-' : sign === '-' ? '' : sign;
  const missing = Math.max(0, Number(width) - front.length - digits.length);
  const padding = (fill || (zero === undefined ? ' ' : '0')).repeat(missing);
  const where = align ?? (zero === undefined ? '>' : '=');
  if (where === '=') return `${front}${padding}${digits}`;
  if (where === '<') return `${front}${digits}${padding}`;
  if (where === '>') return `${padding}${front}${digits}`;
  const half = Math.floor(missing / 2);
  return `${padding.slice(0, half)}${front}${digits}${padding.slice(half)}`;
}

function magnitude(value: number, type: string, precision: string | undefined): string {
  const places = Number(precision ?? 6);
  if (!Number.isFinite(value)) return `${pythonFloat(value)}${type === '%' ? '%' : ''}`;
  if (type === 'd') return String(value);
  if (type === '%') return `${fixed(value * 100, places)}%`;
  if (type === 'e') {
    const [digits, exponent] = value.toExponential(places).split('e') as [string, string];
    return `${digits}e${signedExponent(Number(exponent))}`;
  }
  return type === '' && precision === undefined ? pythonFloat(value) : fixed(value, places);
}

/** Digits behind the point that show whether a number lies exactly between two that can be written. */
const beyond = 40;

/** As `toFixed`, but a number exactly in the middle goes to the even digit, as in Python. */
function fixed(value: number, places: number): string {
  const text = value.toFixed(places);
  const exact = value.toFixed(Math.min(100, places + beyond));
  const isTie = /^50*$/.test(exact.slice(places === 0 ? exact.indexOf('.') + 1 : text.length));
  const isOdd = Number(text.at(-1)) % 2 === 1;
  return isTie && isOdd ? exact.slice(0, text.length) : text;
}

function signedExponent(exponent: number): string {
  return `${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

/** HTML that is safe to stand in a page: what came from outside has been escaped on the way into it. */
export class Html {
  constructor(readonly text: string) {}
}

/** What may stand in a template: text, which is escaped, HTML, lists of both, or nothing. */
export type HtmlPart = string | number | Html | null | undefined | false | readonly HtmlPart[];

/**
 * HTML of a template. Everything that is filled in is text, and can do no harm, unless it is `Html` itself.
 *
 * ```ts
 * html`<td title="${name}">${name}</td>`
 * ```
 * Attributes must be quoted.
 */
export function html(strings: TemplateStringsArray, ...parts: readonly HtmlPart[]): Html {
  return new Html(strings.reduce((text, string, i) => text + render(parts[i - 1]) + string));
}

/** A value as JSON for a script of the page: nothing in it can end the script. */
export function scriptJson(value: unknown): Html {
  return new Html(JSON.stringify(value).replaceAll('<', '\\u003c'));
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function render(part: HtmlPart): string {
  if (part === null || part === undefined || part === false) return '';
  if (part instanceof Html) return part.text;
  if (typeof part === 'object') return part.map(render).join('');
  return String(part).replace(/[&<>"']/g, (character) => entities[character] as string);
}

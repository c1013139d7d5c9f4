import { type Html, type HtmlPart, html } from '../html.js';

/** A part of the report under its heading. */
export interface Section {
  /** Where links lead to. */
  readonly id: string;
  readonly title: string;
  readonly body: Html;
}

export function sectionHtml({ id, title, body }: Section): Html {
  return html`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>
${body}
</section>`;
}

/** Something that may be wider than a phone: it scrolls on its own, also from the keyboard. */
export function scrollable(label: string, content: HtmlPart): Html {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${label}">${content}</div>`;
}

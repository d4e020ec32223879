import type { Span } from '../../../graph/model/provenance.ts';

/** One ticket of an export, as far as it is of use here. */
export interface Ticket {
  /** As people write it: `SHOP-12`, or the number of an issue on GitHub. */
  readonly key: string;
  readonly title: string;
  /** Markdown. */
  readonly body: string;
  readonly source: 'github' | 'jira' | 'linear';
  /** In the words of the tracker, in small letters: `open`, `in progress`. */
  readonly state?: string;
  readonly url?: string;
  readonly span: Span;
  /** Where the body stands, as near as the format tells. */
  readonly bodySpan: Span;
}

/** Tickets of one file: more are an archive, of which the first are read. */
export const MOST_TICKETS = 20_000;
/** Characters of one body. */
export const LONGEST_BODY = 50_000;

/** A key with a project before the number. */
export const PROJECT_KEY = /^[A-Z][A-Z0-9_]{0,14}-\d{1,9}$/;

export const stateOf = (written: string | undefined): { readonly state?: string } =>
  written === undefined || written.trim() === '' ? {} : { state: written.trim().toLowerCase().slice(0, 60) };

export const urlOf = (written: string | undefined): { readonly url?: string } =>
  written !== undefined && /^https?:\/\/[^\s"<>]{1,500}$/.test(written) ? { url: written } : {};

/** `{{name}}` and `{code}` of Jira as Markdown. */
export const fromJiraMarkup = (text: string): string =>
  text
    .slice(0, LONGEST_BODY)
    .replaceAll(/\{\{([^{}\n`]{1,200})\}\}/g, '`$1`')
    .replaceAll(
      /\{(?:code|noformat)(?::([a-z]{1,20}))?[^}\n]{0,100}\}/g,
      (_, language: string | undefined) => `\n\`\`\`${language ?? ''}\n`,
    );

import type { ReviewComment } from '../model.ts';
import { evidenceOf } from '../thread/said.ts';
import type { PersonInput } from '../thread/thread.ts';
import { parseRequest } from './parse.ts';

/** What reviewers want changed, with what that asks for. */
export const comments = (said: PersonInput, thread: string): readonly ReviewComment[] =>
  Array.from(said.said, ([about, text]) => ({
    ...(/^(?:AC|NFR)-/.test(about) ? { part: about } : {}),
    text,
    parsed: parseRequest(text),
    by: `${said.by.name} <${said.by.email}>`,
    evidence: evidenceOf(said, thread, about),
  }));

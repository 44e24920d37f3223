import { forEachLine } from '../lines.ts';
import type { PasteForm } from './paste-form.ts';

/** Lines that are looked at, and how many of them prove that each line is an object with a line in it. */
const looked = 300;
const enough = 2;

/**
 * The lines of an output of which each one is the message of a log in JSON, an object a line:
 * `{"time":"…","msg":"Device Configuration:"}`. Any other text stays unchanged. Linear time.
 */
export function messageLines(form: PasteForm, text: string): string {
  const key = keyOfMessages(form, text);
  if (key === null) return text;
  const lines: string[] = [];
  forEachLine(text, (line) => lines.push(textsIn(line).get(key) ?? line));
  return lines.join('\n');
}

/** The key whose texts begin as the output's lines do. */
function keyOfMessages(form: PasteForm, text: string): string | null {
  const counts = new Map<string, number>();
  let seen = 0;
  forEachLine(text, (line) => {
    if (seen >= looked || line === '') return;
    seen += 1;
    for (const [key, message] of textsIn(line))
      if (form.startIn(message) !== null) counts.set(key, (counts.get(key) ?? 0) + 1);
  });
  const [best] = [...counts].sort(([, left], [, right]) => right - left);
  return best !== undefined && best[1] >= enough ? best[0] : null;
}

/** The texts of one line each in the object that a line is; empty: it is none. */
function textsIn(line: string): ReadonlyMap<string, string> {
  const json = line.trim();
  const texts = new Map<string, string>();
  if (!json.startsWith('{"') || !json.endsWith('}')) return texts;
  try {
    const value: unknown = JSON.parse(json);
    for (const [key, one] of Object.entries(value ?? {}))
      if (typeof one === 'string' && !one.trimEnd().includes('\n')) texts.set(key, one.replace(/\r?\n$/, ''));
  } catch {
    // Another text.
  }
  return texts;
}

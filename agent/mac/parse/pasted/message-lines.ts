import { forEachLine } from '../lines.ts';
import type { PasteForm } from './paste-form.ts';

/** Only so many lines are examined. */
const mostExamined = 300;
/** So many messages that begin as the output's lines do prove the form. */
const leastMessages = 2;

/**
 * The messages of a log in JSON, where each line is an object with one line of the output:
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
  let examined = 0;
  forEachLine(text, (line) => {
    if (examined >= mostExamined || line === '') return;
    examined += 1;
    for (const [key, message] of textsIn(line))
      if (form.startIn(message) !== null) counts.set(key, (counts.get(key) ?? 0) + 1);
  });
  const [best] = [...counts].sort(([, left], [, right]) => right - left);
  return best !== undefined && best[1] >= leastMessages ? best[0] : null;
}

/** The texts of a JSON object that have one line, by key; empty: the line is no object. */
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

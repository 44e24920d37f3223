import * as z from 'zod/mini';
import type { FreeText } from '../capture/free-text.ts';
import { dictionaryOf } from '../mac/parse/dictionary.ts';
import { readRegularText } from '../shared/regular-file.ts';
import type { EpochMs } from '../shared/time.ts';

const line = z.looseObject({
  time: z.optional(z.string()),
  msg: z.optional(z.string()),
  level: z.optional(z.string()),
});

/** The agent's logs since an instant, oldest first, redacted; null: there are no lines. */
export function redactedLog(file: string, since: EpochMs, freeText: FreeText): string | null {
  const texts = [`${file}.2`, `${file}.1`, file].flatMap((name) => textOf(name));
  const redacted = texts.map((text) => redactLogText(text, since, freeText)).join('');
  return redacted === '' ? null : redacted;
}

export function redactLogText(text: string, since: EpochMs, freeText: FreeText): string {
  return text
    .split('\n')
    .flatMap((written) => redactLine(written, since, freeText))
    .join('');
}

/** The agent rotates its log at 5 MiB. */
const largest = 16 * 1024 * 1024;

function textOf(file: string): string[] {
  try {
    return [readRegularText(file, largest)];
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

/** The message is a text of PSSO Monitor; other fields may hold text from outside. */
function redactLine(written: string, since: EpochMs, freeText: FreeText): string[] {
  if (written.trim() === '') return [];
  const read = z.safeParse(line, parsed(written));
  if (!read.success) return [`${freeText.redact(written, 'foreign')}\n`];
  const { level, time, msg, ...others } = read.data;
  if (time !== undefined && Date.parse(time) < since) return [];
  const own = dictionaryOf(freeText.redactJson({ level, time, msg }, 'own')) ?? {};
  const foreign = dictionaryOf(freeText.redactJson(others, 'foreign')) ?? {};
  return [`${JSON.stringify({ ...own, ...foreign })}\n`];
}

function parsed(written: string): unknown {
  try {
    return JSON.parse(written);
  } catch {
    return null;
  }
}

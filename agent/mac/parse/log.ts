import * as z from 'zod/mini';
import { forEachLine } from './lines.ts';
import { arrayStart, forEachArrayRecord, type JsonRecord, parseLogObject } from './log-json.ts';
import { parseLogLine, startsRecord } from './log-lines.ts';
import { meaningOf, noise } from './log-meanings.ts';
import { isPlatformSso, type LogRecord, mentionsPlatformSso } from './log-record.ts';
import { isoOfPrinted } from './timestamp.ts';

const levels = ['default', 'info', 'debug', 'error', 'fault'] as const;
type Level = (typeof levels)[number];

/** What `psso-monitor parse log` answers. Messages may hold names, so only their meaning is here. */
export const logAnswer = z.object({
  entries: z.array(
    z.object({
      /** ISO, UTC; null when the line's time names no instant (the compact layout prints no zone). */
      at: z.nullable(z.string()),
      level: z.nullable(z.enum(levels)),
      process: z.nullable(z.string()),
      category: z.nullable(z.string()),
      /** One of the catalogue in log-meanings.ts. */
      meaning: z.string(),
      /** The number that the message gives with its meaning, such as a login's result or a user's state. */
      result: z.nullable(z.number()),
    }),
  ),
  /** Lines, or objects of a JSON array. `lines` is the sum of `recognised`, `skipped` and `malformed`. */
  counts: z.object({
    lines: z.number(),
    recognised: z.number(),
    /** Those of the recognised that say nothing about registration or login; they are no entries. */
    noise: z.number(),
    skipped: z.number(),
    /** Those of the skipped that Platform SSO did say, with a meaning that is not in the catalogue. */
    unfamiliar: z.number(),
    malformed: z.number(),
  }),
  warnings: z.array(z.string()),
});
export type LogAnswer = z.infer<typeof logAnswer>;
type Entry = LogAnswer['entries'][number];

/**
 * Parses the messages of Platform SSO in the output of `log show` or `log stream`: layouts ndjson, json,
 * syslog, default and compact; and in lines that Console copied. Never throws; time grows linearly with the
 * text. Lines of other processes are skipped.
 */
export function parseLog(text: string): LogAnswer {
  const reading = new LogReading();
  const array = arrayStart(text);
  if (array === null) forEachLine(text, (line) => reading.take(recordOfLine(line)));
  else forEachArrayRecord(text.slice(array), (record) => reading.take(record));
  return reading.answer(text);
}

function recordOfLine(line: string): JsonRecord {
  if (!mentionsPlatformSso(line)) return 'passedOver';
  const text = line.trimStart();
  if (text.startsWith('{')) return parseLogObject(text);
  return startsRecord(line) ? (parseLogLine(line) ?? 'malformed') : 'passedOver';
}

class LogReading {
  readonly #entries: Entry[] = [];
  readonly #counts = { lines: 0, recognised: 0, noise: 0, skipped: 0, unfamiliar: 0, malformed: 0 };
  #withoutInstant = 0;

  take(record: JsonRecord): void {
    this.#counts.lines += 1;
    if (record === 'malformed') this.#counts.malformed += 1;
    else if (record === 'passedOver' || !isPlatformSso(record)) this.#counts.skipped += 1;
    else this.#understand(record);
  }

  answer(text: string): LogAnswer {
    return { entries: this.#entries, counts: this.#counts, warnings: this.#warnings(text) };
  }

  #understand(record: LogRecord): void {
    const understood = meaningOf(record.message);
    if (understood === null) {
      this.#counts.skipped += 1;
      this.#counts.unfamiliar += 1;
      return;
    }
    this.#counts.recognised += 1;
    if (understood.meaning === noise) {
      this.#counts.noise += 1;
      return;
    }
    const at = record.timestamp === null ? null : isoOfPrinted(record.timestamp);
    if (at === null) this.#withoutInstant += 1;
    this.#entries.push({
      at,
      level: levelOf(record.level),
      process: safeName(record.process),
      category: safeName(record.category),
      meaning: understood.meaning,
      result: understood.result,
    });
  }

  #warnings(text: string): string[] {
    const { recognised, unfamiliar, malformed } = this.#counts;
    const warnings: string[] = [];
    if (text.trim() === '') warnings.push('there is no text');
    // `log` says so on standard error, and people paste both.
    else if (text.includes('Could not open local log store') || text.includes('Must be admin to run')) {
      warnings.push('the log was not readable: macOS lets only administrators read it');
    } else if (recognised + unfamiliar + malformed === 0) {
      warnings.push('there is no line about Platform SSO');
    }
    if (this.#withoutInstant > 0) {
      warnings.push(`times that name no instant, for want of a zone or a date: ${this.#withoutInstant}`);
    }
    if (malformed > 0) warnings.push(`lines about Platform SSO in no layout that is known: ${malformed}`);
    return warnings;
  }
}

const levelNames: ReadonlyMap<string, Level> = new Map([
  ['default', 'default'],
  ['notice', 'default'],
  ['df', 'default'],
  ['info', 'info'],
  ['i', 'info'],
  ['debug', 'debug'],
  ['db', 'debug'],
  ['error', 'error'],
  ['e', 'error'],
  ['fault', 'fault'],
  ['f', 'fault'],
]);

function levelOf(printed: string | null): Level | null {
  return printed === null ? null : (levelNames.get(printed.toLowerCase()) ?? null);
}

const name = /^[A-Za-z0-9][A-Za-z0-9 ._-]{0,63}$/;

function safeName(printed: string | null): string | null {
  return printed !== null && name.test(printed) ? printed : null;
}

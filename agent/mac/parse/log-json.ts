import * as z from 'zod/mini';
import { parseJson } from './json.ts';
import { forEachLine } from './lines.ts';
import { startsRecord } from './log-lines.ts';
import { type LogRecord, mentionsPlatformSso } from './log-record.ts';

/** The layouts of `log show --style ndjson` and `--style json`: one object a record. */

const text = z.catch(z.nullable(z.string()), null);
const logObject = z.object({
  eventMessage: z.string(),
  timestamp: z._default(text, null),
  messageType: z._default(text, null),
  processImagePath: z._default(text, null),
  subsystem: z._default(text, null),
  category: z._default(text, null),
});

/**
 * `passedOver`: an object to pass over: without a message, as the closing `{"count":…,"finished":1}`, or not
 * ours.
 */
export type JsonRecord = LogRecord | 'passedOver' | 'malformed';

export function parseLogObject(json: string): JsonRecord {
  try {
    return recordOf(parseJson(json));
  } catch {
    return 'malformed';
  }
}

function recordOf(value: unknown): JsonRecord {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'malformed';
  const checked = logObject.safeParse(value);
  if (!checked.success)
    return 'eventMessage' in value && value.eventMessage !== null ? 'malformed' : 'passedOver';
  const { eventMessage, timestamp, messageType, processImagePath, subsystem, category } = checked.data;
  return {
    timestamp,
    level: messageType,
    process: processImagePath === null ? null : processImagePath.slice(processImagePath.lastIndexOf('/') + 1),
    subsystem,
    category,
    message: eventMessage,
  };
}

/**
 * Where the array of `--style json` begins, after lines that say what is being filtered; null when there is
 * none.
 */
export function arrayStart(text: string): number | null {
  const found = /^[ \t]*\[[ \t]*(?:\{|\]|$)/m.exec(text.slice(0, 4_096));
  if (found === null) return null;
  // Below a record of another layout it is part of a message.
  const before = text.slice(0, found.index).split('\n');
  return before.some((line) => line.trimStart().startsWith('{') || startsRecord(line)) ? null : found.index;
}

/**
 * Each record of the array, in one pass. `log` prints an object's braces in column 0 and indents everything
 * inside, so an array that is cut off loses only its last object. An array that another tool printed is read
 * whole, or not at all.
 */
export function forEachArrayRecord(array: string, each: (record: JsonRecord) => void): void {
  let from: number | null = null;
  let opened = false;
  forEachLine(array, (line, start) => {
    if (from !== null && line.startsWith('}')) {
      each(recordOfObject(array.slice(from, start + 1)));
      from = null;
    }
    if (!objectOpens.test(line)) return;
    if (from !== null) each('malformed');
    from = start + line.indexOf('{');
    opened = true;
  });
  if (from !== null) each('malformed');
  if (!opened) for (const record of wholeArray(array)) each(record);
}

const objectOpens = /^(?:\[|\}, ?|,)?\{[ \t]*$/;

function recordOfObject(json: string): JsonRecord {
  return mentionsPlatformSso(json) ? parseLogObject(json) : 'passedOver';
}

function wholeArray(array: string): JsonRecord[] {
  try {
    const elements = parseJson(array);
    return Array.isArray(elements) ? elements.map(recordOf) : ['malformed'];
  } catch {
    return ['malformed'];
  }
}

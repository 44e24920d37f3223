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

/** The line of the message in an object that has a line for each key. */
export const messageLine = /^[ \t]*"eventMessage" ?:/m;

/**
 * Where the array of `--style json` begins, after lines that say what is being filtered, or the objects that
 * a tool printed over several lines; null when there is none.
 */
export function arrayStart(text: string): number | null {
  const begin = text.slice(0, 4_096);
  const found =
    /^[ \t]*\[[ \t]*(?:\{|\]|$)/m.exec(begin) ?? (messageLine.test(text) ? /^\{[ \t]*$/m.exec(begin) : null);
  if (found === null) return null;
  // Below a record of another layout it is part of a message.
  const before = text.slice(0, found.index).split('\n');
  return before.some((line) => line.trimStart().startsWith('{') || startsRecord(line)) ? null : found.index;
}

/**
 * Each record of the array, in one pass. `log` prints an object's braces in column 0 and indents everything
 * inside; other tools indent the braces too. So an array that is cut off loses only its last object. An array
 * in another layout is read whole, or not at all.
 */
export function forEachArrayRecord(array: string, each: (record: JsonRecord) => void): void {
  let open: { readonly from: number; readonly indent: string } | null = null;
  let opened = false;
  forEachLine(array, (line, start) => {
    if (open !== null && line.startsWith(`${open.indent}}`)) {
      each(recordOfObject(array.slice(open.from, start + open.indent.length + 1)));
      open = null;
    }
    const indent = objectOpens.exec(line)?.[1];
    if (indent === undefined || (open !== null && open.indent !== indent)) return;
    if (open !== null) each('malformed');
    open = { from: start + line.indexOf('{'), indent };
    opened = true;
  });
  if (open !== null) each('malformed');
  if (!opened) for (const record of wholeArray(array)) each(record);
}

const objectOpens = /^([ \t]*)(?:\[|\}, ?|,)?\{[ \t]*$/;

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

import {
  closeSync,
  constants,
  fchmodSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { type Logger, type LoggerOptions, pino } from 'pino';
import { sanitiseLine } from './notify/sanitise.ts';

const rotateAt = 5 * 1024 * 1024;
/** `agent.log`, `.1` and `.2`. */
const kept = 3;
/** Characters of one text: a log is no place for all that a command printed. */
const longestText = 4096;
const deepest = 5;
const fileMode = 0o600;

/**
 * The agent's log, NDJSON. Written synchronously, without a worker thread: a line costs microseconds, a worker twelve
 * megabytes. Rotated here, since launchd's own rotation can't know when.
 *
 * `problem` says why there is no log when the folder can't be used; the agent then goes on without one. A line that
 * can't be written later (the disk is full, say) is lost, and nothing else: the log never ends the agent.
 */
export function createLog(options: {
  readonly file: string;
  readonly level: string;
  readonly rotateAtBytes?: number;
}): {
  log: Logger;
  problem: string | null;
} {
  const { file, level, rotateAtBytes = rotateAt } = options;
  try {
    prepare(file);
  } catch (error) {
    return { log: pino({ level: 'silent' }), problem: sanitiseLine(messageOf(error)) };
  }
  return {
    log: pino({ level, ...shape }, { write: (line) => writeLine(file, line, rotateAtBytes) }),
    problem: null,
  };
}

const shape: LoggerOptions = {
  base: null,
  timestamp: pino.stdTimeFunctions.isoTime,
  // An error is put into words below, like everything else.
  serializers: { err: (said: unknown) => said },
  formatters: {
    level: (label) => ({ level: label }),
    log: (data) => Object.fromEntries(Object.entries(data).map(([key, value]) => [key, harmless(value)])),
  },
  hooks: {
    logMethod([data, message, ...parts], method) {
      const text = message === undefined ? message : sanitiseLine(message, longestText);
      method.apply(this, [harmlessText(data), text, ...parts.map((part) => harmlessText(part))]);
    },
    // pino escapes what is below U+0020; nothing else from outside may move a terminal's cursor either.
    streamWrite: (line) => `${sanitiseLine(line.trimEnd(), line.length)}\n`,
  },
};

/** Every text in it sanitised and of bounded length; an error with its causes and where it was thrown. */
function harmless(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null) return harmlessText(value);
  if (depth === deepest) return '…';
  if (value instanceof Error) {
    const { type, message, stack } = pino.stdSerializers.err(value);
    const lines = stack.split('\n').map((line) => sanitiseLine(line, 512));
    return {
      type,
      message: sanitiseLine(message, longestText),
      stack: lines.join('\n').slice(0, longestText),
    };
  }
  if (Array.isArray(value)) return value.map((one) => harmless(one, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, harmless(one, depth + 1)]));
}

function harmlessText(value: unknown): unknown {
  return typeof value === 'string' ? sanitiseLine(value, longestText) : value;
}

function prepare(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const opened = openToAppend(file);
  try {
    fchmodSync(opened, fileMode);
  } finally {
    closeSync(opened);
  }
}

/** Root follows no link: it would append to, and close to everybody else, whatever file the link names. */
function openToAppend(file: string): number {
  const { O_APPEND, O_CREAT, O_WRONLY, O_NOFOLLOW } = constants;
  const noLink = process.geteuid?.() === 0 ? O_NOFOLLOW : 0;
  return openSync(file, O_APPEND | O_CREAT | O_WRONLY | noLink, fileMode);
}

function append(file: string, line: string): void {
  const opened = openToAppend(file);
  try {
    writeFileSync(opened, line);
  } finally {
    closeSync(opened);
  }
}

/** By its name and not by a descriptor: a log that was moved or deleted meanwhile begins anew. */
function writeLine(file: string, line: string, rotateAtBytes: number): void {
  try {
    const size = statSync(file, { throwIfNoEntry: false })?.size;
    if (size === undefined) prepare(file);
    else if (size > 0 && size + Buffer.byteLength(line) > rotateAtBytes) rotate(file);
    append(file, line);
  } catch {
    // There is nowhere left to say it.
  }
}

function rotate(file: string): void {
  rmSync(`${file}.${kept - 1}`, { force: true });
  for (let age = kept - 2; age >= 0; age--) {
    const from = age === 0 ? file : `${file}.${age}`;
    if (statSync(from, { throwIfNoEntry: false }) !== undefined) renameSync(from, `${file}.${age + 1}`);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

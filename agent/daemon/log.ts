import { type LoggerOptions, pino } from 'pino';
import { sanitiseLine } from '../shared/safe-text.ts';
import { LogFile } from './log-file.ts';

/** The agent's log. */
export interface AgentLog {
  level: string;
  info(data: object, message: string): void;
  warn(data: object, message: string): void;
  error(data: object, message: string): void;
}

/** Characters of one text. Longer texts are cut. */
const longestText = 4096;
const deepest = 5;

/**
 * Creates the agent's log, NDJSON. Lines are written synchronously: a line takes microseconds, a worker
 * thread twelve megabytes.
 *
 * The log never ends the agent. A line that can't be written is lost and counted. `onProblem` gets the
 * reason, once until the log works again. The first line after that states how many lines are missing.
 */
export function createLog(options: {
  readonly file: string;
  readonly level: string;
  readonly onProblem: (why: string) => void;
  readonly rotateAtBytes?: number;
}): AgentLog {
  const { file, level, onProblem, rotateAtBytes } = options;
  const logFile = new LogFile(file, rotateAtBytes);
  let lostLines = 0;
  let failing = false;

  function attempt(work: () => void): boolean {
    try {
      work();
      return true;
    } catch (error) {
      if (!failing) onProblem(sanitiseLine(error instanceof Error ? error.message : String(error)));
      failing = true;
      return false;
    }
  }

  function write(line: string): void {
    const lost = lostLines;
    if (!attempt(() => logFile.append(line))) {
      lostLines++;
      return;
    }
    failing = false;
    lostLines = 0;
    if (lost > 0)
      log.warn({ lostLines: lost }, 'The log could not be written for a while; lines are missing.');
  }

  const log = pino({ level, ...shape }, { write });
  attempt(() => logFile.prepare());
  return log;
}

const shape: LoggerOptions = {
  base: null,
  timestamp: pino.stdTimeFunctions.isoTime,
  // `harmless` below serializes errors.
  serializers: { err: (error: unknown) => error },
  formatters: {
    level: (label) => ({ level: label }),
    log: (data) => Object.fromEntries(Object.entries(data).map(([key, value]) => [key, harmless(value)])),
  },
  hooks: {
    logMethod([data, message, ...parts], method) {
      const text = message === undefined ? message : sanitiseLine(message, longestText);
      method.apply(this, [harmlessText(data), text, ...parts.map((part) => harmlessText(part))]);
    },
    // pino escapes only characters below U+0020. Others can move a terminal's cursor too.
    streamWrite: (line) => `${sanitiseLine(line.trimEnd(), line.length)}\n`,
  },
};

/** Sanitises each text in a value and limits its length. An error keeps its causes and its stack. */
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

import type { LogRecord } from './log-record.ts';

/** The layouts of `log show --style` default, compact and syslog, and of Console: one record a line. */

const longestLine = 4_000;
const timestamp = String.raw`(\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(?:\.\d{1,9})?)`;
const zone = String.raw`([+-]\d{2}:?\d{2})`;
const processName = String.raw`([^[\]]{1,100})`;

/** Whether a line begins as a record does; others are headers, or a message's further lines. */
const recordStart = new RegExp(`^${timestamp}`);
/** `TS+ZZZZ 0x150d23a  Info  0x0  6103  0  AppSSOAgent: (AppSSO) [com.apple.AppSSO:SOAgent] message` */
const defaultStyle = new RegExp(
  String.raw`^${timestamp}${zone} +0x[0-9a-f]+ +([A-Z][A-Za-z ]{0,30}?) +0x[0-9a-f]+ +\d+ +\d+ +([^:[\]]{1,100}): (.*)$`,
);
/** `TS+ZZZZ  localhost AppSSOAgent[1095]: (AppSSO) [com.apple.AppSSO:SOAgent] message` */
const syslogStyle = new RegExp(String.raw`^${timestamp}${zone} +\S+ ${processName}\[\d+\]: (.*)$`);
/** `TS Df AppSSOAgent[1095:3f2a] (AppSSO) [com.apple.AppSSO:SOAgent] message`; usually without a zone. */
const compactStyle = new RegExp(
  String.raw`^${timestamp}${zone}? +([A-Z][a-z]?) +${processName}\[\d+:[0-9a-f]+\] ?(.*)$`,
);
/** `default`, `09:00:10.101+0100`, `AppSSOAgent` and the message, between tabs, as Console copies it. */
const consoleStyle =
  /^(default|info|debug|error|fault)\t(\d{2}:\d{2}:\d{2}\.\d{1,9}[+-]\d{4})\t([^\t]{1,100})\t(.*)$/;
const head =
  /^(?:<([A-Z][a-z]{1,20})>: )?(?:\([^()]{1,200}\) )?(?:<([A-Z][a-z]{1,20})>: )?(?:\[([^\]:\s]{1,200}):([^\]]{0,200})\] )?/;

export function startsRecord(line: string): boolean {
  return recordStart.test(line) || consoleStyle.test(line.slice(0, longestLine));
}

/** The record of a line that starts one; null when it is in none of the layouts. */
export function parseLogLine(line: string): LogRecord | null {
  const text = line.slice(0, longestLine);
  const syslog = syslogStyle.exec(text);
  if (syslog !== null) {
    const [, at = '', offset = '', process = '', rest = ''] = syslog;
    return record(at + offset, null, process, rest);
  }
  const standard = defaultStyle.exec(text);
  if (standard !== null) {
    const [, at = '', offset = '', level = '', process = '', rest = ''] = standard;
    return record(at + offset, level, process, rest);
  }
  const compact = compactStyle.exec(text);
  if (compact !== null) {
    const [, at = '', offset = '', level = '', process = '', rest = ''] = compact;
    return record(at + offset, level, process, rest);
  }
  const copied = consoleStyle.exec(text);
  if (copied !== null) {
    const [, level = '', at = '', process = '', rest = ''] = copied;
    return record(at, level, process, rest);
  }
  return null;
}

function record(timestamp: string, level: string | null, process: string, rest: string): LogRecord {
  const [whole = '', before, after, subsystem, category] = head.exec(rest) ?? [];
  return {
    timestamp,
    level: level ?? before ?? after ?? null,
    process: process.trim(),
    subsystem: subsystem ?? null,
    category: category ?? null,
    message: rest.slice(whole.length),
  };
}

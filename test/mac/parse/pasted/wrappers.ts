/** The ways in which people and tools wrap a command's output before it is pasted. */

const lines = (text: string, wrap: (line: string, index: number) => string) =>
  text
    .split('\n')
    .map((line, index) => wrap(line, index))
    .join('\n');
const time = (index: number) =>
  `2026-11-27 09:${String(Math.floor(index / 60) % 60).padStart(2, '0')}:${String(index % 60).padStart(2, '0')}`;
const escapeXml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

export const wrappers: ReadonlyMap<string, (text: string) => string> = new Map([
  ['a time before each line', (text) => lines(text, (line, index) => `${time(index)} UTC | ${line}`)],
  [
    'a time before each line, within a script’s own lines',
    (text) =>
      `${time(0)} | Checking…\n${lines(text, (line, index) => `${time(index)} |   ${line}`.trimEnd())}\n${time(9)} | Done`,
  ],
  [
    'a prefix of syslog',
    (text) =>
      lines(
        text,
        (line, index) => `Nov ${index % 2 === 0 ? ' 7' : '17'} 09:00:00 mac-01 jamf[${index + 8}]: ${line}`,
      ),
  ],
  [
    'a time with half-days',
    (text) => lines(text, (line, index) => `[11/27/2026 9:00:00 ${index < 9 ? 'AM' : 'PM'}] ${line}`),
  ],
  ['line numbers', (text) => lines(text, (line, index) => `${String(index + 1).padStart(6)}\t${line}`)],
  ['the quotation of a mail', (text) => lines(text, (line) => `> ${line}`.trimEnd())],
  ['the quotation of a quotation', (text) => lines(text, (line) => `> > ${line}`)],
  ['indentation', (text) => lines(text, (line) => `    ${line}`)],
  ['a fence of Markdown', (text) => `\`\`\`\n${text}\n\`\`\``],
  ['a JSON string', (text) => JSON.stringify(text)],
  ['a value in a JSON object', (text) => JSON.stringify({ id: 7, note: 'a "b"', stdout: text, code: 0 })],
  ['a JSON string twice', (text) => JSON.stringify(JSON.stringify({ out: text }))],
  ['a list of lines in JSON', (text) => JSON.stringify({ stdout_lines: text.split('\n') }, null, 4)],
  ['escaped line ends', (text) => text.replaceAll('\n', '\\n')],
  ['<result>', (text) => `<result>${text.trimEnd()}</result>`],
  ['escaped XML in <result>', (text) => `<result>${escapeXml(text.trimEnd())}</result>`],
  ['a prefix and escaped XML', (text) => lines(escapeXml(text), (line) => `mac-01: ${line}`)],
]);

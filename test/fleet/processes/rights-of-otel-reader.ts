// The reader of `fleet --otel`, which answers with its rights instead of the events.
import { readFileSync } from 'node:fs';
import { lastLine, otelLines } from '../../../agent/fleet/serve-otel.ts';

const option = (name: string) => {
  const at = process.argv.indexOf(name);
  return at === -1 ? null : (process.argv[at + 1] ?? null);
};
const uid = option('--uid');
const succeeds = (attempt: () => unknown) => {
  try {
    attempt();
    return true;
  } catch {
    return false;
  }
};
let requests = 0;
for (const line of otelLines(option('--otel') ?? '', uid === null ? null : Number(uid)))
  if (line.trim() !== lastLine) requests += 1;
const rights = {
  requests,
  uid: process.getuid?.(),
  groups: process.getgroups?.(),
  folder: process.cwd(),
  variables: Object.keys(process.env),
  readsSecret: succeeds(() => readFileSync(option('--secret') ?? '')),
  regained: succeeds(() => process.setuid?.(0)),
};
process.stdout.write(`${JSON.stringify(rights)}\n`);
if (option('--fault') === 'invalid') process.stdout.write('\u001b[31m no JSON\n');
if (option('--fault') !== 'crash') process.stdout.write(`${lastLine}\n`);

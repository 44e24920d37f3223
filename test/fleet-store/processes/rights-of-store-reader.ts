// The reader of `fleet --store`, which answers with its rights instead of what it read.
import { readFileSync } from 'node:fs';
import { serveNewRows } from '../../../agent/fleet-store/serve-new-rows.ts';

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
await serveNewRows(
  process.stdin,
  option('--new-rows') ?? '',
  (answer) => {
    const detail = JSON.stringify({
      answered: 'events' in answer ? 'rows' : answer,
      uid: process.getuid?.(),
      groups: process.getgroups?.(),
      folder: process.cwd(),
      variables: Object.keys(process.env),
      readsSecret: succeeds(() => readFileSync(option('--secret') ?? '')),
      regained: succeeds(() => process.setuid?.(0)),
    });
    process.stdout.write(`${JSON.stringify({ reason: 'io', detail })}\n`);
  },
  uid === null ? null : Number(uid),
);

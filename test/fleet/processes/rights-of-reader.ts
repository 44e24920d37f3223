// The reader of `fleet`, which answers with its rights instead of what it read.
// Arguments, as `fleet` gives them: read-fleet, and as root --uid and a uid.
import { readFileSync } from 'node:fs';
import { frameOf } from '../../../agent/fleet/frames.ts';
import { serveRequests } from '../../../agent/fleet/serve-requests.ts';

const uid = process.argv[4];
const isReadable = (path: string) => {
  try {
    readFileSync(path);
    return true;
  } catch {
    return false;
  }
};
const regained = () => {
  try {
    process.setuid?.(0);
    return true;
  } catch {
    return false;
  }
};
await serveRequests(
  process.stdin,
  (answer) => {
    const detail = JSON.stringify({
      answered: 'digest' in answer ? 'a digest' : answer,
      uid: process.getuid?.(),
      groups: process.getgroups?.(),
      folder: process.cwd(),
      variables: Object.keys(process.env),
      readsSecret: isReadable('mac' in answer ? answer.mac : ''),
      regained: regained(),
    });
    process.stdout.write(frameOf({ mac: '', reason: 'io', detail }));
  },
  uid === undefined ? null : Number(uid),
);

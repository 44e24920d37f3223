// Opens the store as a user without write permission, and prints the error. Arguments: the database.
import Database from 'better-sqlite3';
import { openStore } from '../../../agent/store/sqlite-store.ts';

const [path = ''] = process.argv.slice(2);
// The native part is loaded at the first use, which must be before root's rights are given up.
new Database(':memory:').close();
if (process.getuid?.() === 0) {
  process.setgid?.(65534);
  process.setuid?.(65534);
}
try {
  openStore({ path, agentVersion: '1.2.3', now: Date.now() }).close();
  console.log('opened');
} catch (error) {
  console.log(error instanceof Error && 'code' in error ? String(error.code) : String(error));
}

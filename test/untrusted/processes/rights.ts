// Reads a database as `export --all-users` does, with the rights of a user once it is open, and prints what is left of its own.
// Arguments: the database, a uid.
import { accessSync } from 'node:fs';
import { dropPrivileges } from '../../../agent/untrusted/drop-privileges.ts';
import { readUntrustedTables } from '../../../agent/untrusted/read-untrusted-tables.ts';

const [path = '', uid = ''] = process.argv.slice(2);
let rows = 0;
const mayOpen = () => {
  try {
    accessSync(path);
    return true;
  } catch {
    return false;
  }
};
readUntrustedTables(path, { opened: () => dropPrivileges(Number(uid)), row: () => rows++ });
const regained = (() => {
  try {
    process.setuid?.(0);
    return true;
  } catch {
    return false;
  }
})();
console.log(
  JSON.stringify({
    rows,
    uid: process.getuid?.(),
    groups: process.getgroups?.(),
    mayOpen: mayOpen(),
    regained,
  }),
);

// Reads a database like `export --all-users`: drops privileges once it is open. Prints the remaining rights.
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

// Reads a database like `export --all-users`: drops privileges before it opens it. Prints its rights.
// Arguments: the database, a uid.
import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { dropPrivileges } from '../../../agent/untrusted/drop-privileges.ts';
import { readUntrustedTables } from '../../../agent/untrusted/read-untrusted-tables.ts';

const [path = '', uid = ''] = process.argv.slice(2);
let rows = 0;
const maySee = () => {
  try {
    readdirSync(dirname(path));
    return true;
  } catch {
    return false;
  }
};
dropPrivileges(Number(uid));
readUntrustedTables(path, { row: () => rows++ });
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
    maySee: maySee(),
    regained,
  }),
);

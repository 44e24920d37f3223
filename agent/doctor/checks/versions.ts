import Database from 'better-sqlite3';
import * as z from 'zod/mini';
import { readCompanyPortal } from '../../mac/sources/company-portal/source.ts';
import { readMacos } from '../../mac/sources/macos/source.ts';
import { knownValue } from '../../shared/reading.ts';
import { type Check, pass } from '../check.ts';

/** The versions that a helpdesk asks for. */
export const versions: Check = {
  id: 'versions',
  group: 'versions',
  async run(deps) {
    const db = new Database(':memory:');
    const sqlite = z.parse(z.string(), db.prepare('SELECT sqlite_version()').pluck().get());
    db.close();
    const parts = [`PSSO Monitor ${deps.version}`, `Node ${process.versions.node}`, `SQLite ${sqlite}`];
    if (deps.onMac) {
      const macos = knownValue(await readMacos(deps));
      const portal = await readCompanyPortal(deps);
      if (macos !== null) parts.push(`macOS ${macos}`);
      if (portal.ok && portal.value !== null) parts.push(`Company Portal ${portal.value}`);
    }
    return [pass(`${parts.join(', ')}.`)];
  },
};

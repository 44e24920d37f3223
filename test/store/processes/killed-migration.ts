// Kills itself in the middle of the migration to version 2, after it has changed something. Arguments: the
// database.
import { migrations } from '../../../agent/store/migrations.ts';
import { openStore } from '../../../agent/store/sqlite-store.ts';

const [path = ''] = process.argv.slice(2);
const dying = {
  version: 2,
  up: (db: { exec(sql: string): unknown }) => {
    db.exec('ALTER TABLE event ADD COLUMN half TEXT; DROP VIEW v_events;');
    process.kill(process.pid, 'SIGKILL');
  },
};
openStore({ path, agentVersion: '2.0.0', now: Date.now(), migrations: [...migrations, dying] });

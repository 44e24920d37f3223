// Runs the retention once, and prints how many events it deleted. Arguments: the database, the time, days.
import { openStore } from '../../../agent/store/sqlite-store.ts';

const [path = '', now = '', days = ''] = process.argv.slice(2);
const store = openStore({ path, agentVersion: '1.2.3', now: Number(now) });
console.log(store.retain(Number(now), Number(days)).deletedEvents);
store.close();

// Takes the lock, beats once, says what came of it, and holds on until it is killed. Arguments: folder,
// start, beat.
import { acquireInstanceLock } from '../../../agent/store/instance-lock.ts';

const [folder = '', start = '', beat = ''] = process.argv.slice(2);
const lock = acquireInstanceLock(folder, Number(start), '1.2.3');
if (lock.ok) lock.beat(Number(beat));
console.log(JSON.stringify(lock));
setInterval(() => {}, 60_000);

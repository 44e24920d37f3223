// Writes batch after batch until it is killed, and says after each which events are committed. Arguments: the
// database.
import { writeSync } from 'node:fs';
import { openStore } from '../../../agent/store/sqlite-store.ts';

const [path = ''] = process.argv.slice(2);
const store = openStore({ path, agentVersion: '1.2.3', now: Date.now() });
for (let round = 0; ; round++) {
  const at = Date.now();
  const events = ['a', 'b', 'c'].map((part) => ({
    at,
    kind: 'token-refreshed' as const,
    issue: null,
    severity: 'info' as const,
    summary: `${round}${part}`,
    from: null,
    to: null,
    data: { filler: 'x'.repeat(500) },
  }));
  const stored = store.commit({
    at,
    macos: '15.6',
    events,
    episodes: [],
    syncCycles: [],
    state: { headline: String(round) },
    memory: JSON.stringify({ round }),
  });
  writeSync(1, `${stored.map(({ id }) => id).join(' ')}\n`);
}

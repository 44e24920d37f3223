import { statSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { markSuspect, noteQuarantined, notYetRecorded } from '../../agent/store/suspicion.ts';
import { databaseIn, temporaryFolder } from './samples.ts';

const recovered = { reason: 'malformed', quarantined: '/data/events.db.damaged-1' };

test.each<[string, (path: string) => void]>([
  ['of a damaged database', markSuspect],
  ['of a quarantine', (path) => noteQuarantined(path, recovered)],
])('the mark %s is for this user alone', (_what, mark) => {
  const path = databaseIn(temporaryFolder());
  const before = process.umask(0);
  try {
    mark(path);
  } finally {
    process.umask(before);
  }
  expect(statSync(`${path}.suspect`).mode & 0o777).toBe(0o600);
});

test('a quarantine that no event has recorded is known to the next start, while its file is there', () => {
  const path = databaseIn(temporaryFolder());
  const quarantined = `${path}.damaged-1`;
  expect(notYetRecorded(path)).toBeNull();
  noteQuarantined(path, { ...recovered, quarantined });
  expect(notYetRecorded(path)).toBeNull();
  writeFileSync(quarantined, '');
  expect(notYetRecorded(path)).toEqual({ reason: 'malformed', quarantined });
});

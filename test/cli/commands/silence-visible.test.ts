import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { adviceFor } from '../../../agent/history/advice.ts';
import { adviceDialog } from '../../../agent/history/advice-dialog.ts';
import { ownStateIfAny } from '../../../agent/history/users-of-this-mac.ts';
import type { Language } from '../../../agent/shared/languages.ts';
import { pathsOf } from '../../../agent/shared/paths.ts';
import { cli } from '../../helpers/cli.ts';
import { replayInto } from '../../helpers/replay-into.ts';
import { dataIn } from '../../report/histories.ts';

const scenario = fileURLToPath(
  new URL('../../../scripts/pictures/lost-registration.ndjson', import.meta.url),
);

const issue = 'registration-needs-repair';

async function replayed(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'psso-monitor-silence-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  await replayInto(folder, scenario);
  return folder;
}

test('status, issues, explain and diagnose say that the user silenced an issue, and until when', async () => {
  const folder = await replayed();
  const asked = (...args: string[]) => cli([...args, '--data-dir', folder]).stdout;
  for (const words of [['status'], ['issues'], ['explain', issue]])
    expect(asked(...words)).not.toContain('Silenced');
  expect(JSON.parse(asked('explain', issue, '--json')).silencedUntil).toBeNull();
  asked('silence', issue, '--for', '7d');
  for (const words of [['status'], ['issues'], ['explain', issue]])
    expect(asked(...words)).toMatch(/Silenced by the user until \d{4}-\d{2}-\d{2} \d{2}:\d{2}/);
  expect(asked('diagnose', '--describe')).toContain('The user silenced its notifications until');
  const { silencedUntil } = JSON.parse(asked('explain', issue, '--json'));
  expect(Math.round((Date.parse(silencedUntil) - Date.now()) / 86_400_000)).toBe(7);
});

test('the report says it', async () => {
  const folder = await replayed();
  const until = '2999-01-01T09:00:00.000Z';
  writeFileSync(join(folder, 'silences.json'), JSON.stringify({ [issue]: until }));
  const page = join(folder, 'report.html');
  expect(cli(['report', '--data-dir', folder, '--out', page]).status).toBe(0);
  expect(JSON.parse(dataIn(readFileSync(page, 'utf8')))).toMatchObject({
    issues: [{ id: issue, silencedUntil: Date.parse(until) }],
  });
});

test('advice says it to the user in each language', async () => {
  const known = ownStateIfAny(pathsOf({ dataDir: await replayed() }));
  const now = Date.UTC(2026, 2, 4, 15, 25);
  const silences = { [issue]: Date.UTC(2026, 2, 6, 9) };
  const said = (language: Language) => adviceFor(known, language, now, { silences });
  expect(said('en').problems[0]?.silenced).toBe(
    'You chose not to be notified about this until 2026-03-06 09:00.',
  );
  expect(said('de').problems[0]?.silenced).toBe(
    'Mitteilungen dazu haben Sie bis 2026-03-06 09:00 stummgeschaltet.',
  );
  expect(adviceDialog(said('en'), 'en').message).toContain('not to be notified about this until');
  expect(adviceFor(known, 'en', now).problems[0]?.silenced).toBeNull();
});

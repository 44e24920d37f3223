import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { describe as describeMac } from '../../agent/diagnose/description.ts';
import { adviceFor } from '../../agent/history/advice.ts';
import { historyOf } from '../../agent/history/history.ts';
import { statusOf } from '../../agent/history/status-of.ts';
import { macReport } from '../../agent/report/mac-report.ts';
import { languages } from '../../agent/shared/languages.ts';
import { replay } from '../../agent/simulation/replay.ts';
import { parseScenario } from '../../agent/simulation/scenario.ts';
import { openReader } from '../../agent/store/reader.ts';
import { providerInRows } from '../../agent/store/state-keys.ts';
import { foreignWords } from '../helpers/foreign-words.ts';
import { mac, replayLines } from '../helpers/replayed.ts';

const folder = fileURLToPath(new URL('../scenarios/', import.meta.url));
const microsofts = 'com.microsoft.CompanyPortalMac.ssoextension';
const oktas = 'com.okta.mobile.auth-service-extension';

const withOktas = (text: string) =>
  text.replaceAll(microsofts, oktas).replaceAll('{{DEVICEREGISTRATION}}', '{{TOKEN}}');

/** The replayed on a Mac with Okta: without Company Portal, and with Okta's extension. */
function storyWithOkta(file: string): string {
  const [head, ...lines] = readFileSync(join(folder, file), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => JSON.parse(withOktas(line)));
  const changed = lines.map(({ companyPortal: _, psso, ...others }) =>
    psso === undefined
      ? others
      : { ...others, psso: psso === null ? null : { extensionIdentifier: oktas, ...psso } },
  );
  const first = { at: '+0s', psso: { extensionIdentifier: oktas }, companyPortal: null };
  return [head, first, ...changed].map((line) => JSON.stringify(line)).join('\n');
}

test.each(readdirSync(folder).filter((file) => file.endsWith('.ndjson')))(
  'nothing that is read of %s with Okta names Entra',
  async (file) => {
    const dataDir = mkdtempSync(join(tmpdir(), 'psso-monitor-okta-'));
    const told: unknown[] = [];
    const scenario = parseScenario(storyWithOkta(file), {
      loadFile: (path) => withOktas(readFileSync(join(folder, path), 'utf8')),
    });
    try {
      await replay(scenario, {
        dataDir,
        onActivity: (activity) => {
          if (activity.type === 'event') told.push({ ...activity.event, kind: '', issue: '' });
          if (activity.type === 'notification') told.push(activity.notification.notification);
        },
      });
      const reader = openReader({ path: join(dataDir, 'events.db') });
      const rows = reader.state();
      expect(providerInRows(rows)).not.toBe('entra');
      const now = scenario.start;
      const lastPoll = { at: now, agent: 'running' } as const;
      const known = { state: rows, issues: reader.issues(), lastPoll, agentVersion: '1', evidence: {} };
      const { state: _, ...status } = statusOf(
        reader,
        { dataDir, silences: join(dataDir, 'silences.json') },
        new Date(now),
      );
      // The labels of a page name Company Portal for the Macs that have it.
      const { labels: _labels, ...report } = macReport(historyOf(reader), { now });
      told.push(status, report);
      told.push(...languages.map((language) => adviceFor(known, language, now)));
      told.push(describeMac(reader, { now, silences: {}, since: 0, versions: {}, provider: 'okta' }));
      reader.close();
    } finally {
      rmSync(dataDir, { recursive: true, force: true });
    }
    const words = JSON.stringify(told);
    for (const foreign of foreignWords.okta) expect(words).not.toMatch(foreign);
  },
);

const removal = [
  { at: '+1h', companyPortal: null },
  { at: '+2h', end: true },
];

test.each([
  [microsofts, 'high', 'Company Portal 5.2504.0 was removed.'],
  [oktas, 'info', 'Company Portal 5.2504.0 was removed. Platform SSO on this Mac does not use it.'],
])('a removed Company Portal on a Mac with %s is %s', async (extensionIdentifier, severity, summary) => {
  const replayed = await replayLines([mac, { at: '+0s', psso: { extensionIdentifier } }, ...removal]);
  const removed = replayed.rows.filter(({ kind }) => kind === 'company-portal-updated');
  expect(removed).toMatchObject([{ severity, summary }]);
});

test('the provider stays known while Platform SSO is not configured', async () => {
  const replayed = await replayLines([
    mac,
    { at: '+0s', psso: { extensionIdentifier: oktas } },
    { at: '+1h', psso: null, profile: null },
    ...removal.map(({ at: _, ...change }, index) => ({ at: `+${2 + index}h`, ...change })),
  ]);
  expect(replayed.state).toMatchObject({ configured: 'no', 'identity-provider': 'okta' });
  expect(replayed.rows.find(({ kind }) => kind === 'company-portal-updated')?.severity).toBe('info');
});

test('without an extension and without Company Portal the provider is unknown', async () => {
  const replayed = await replayLines([
    mac,
    { at: '+0s', psso: null, profile: null, companyPortal: null },
    { at: '+1h', end: true },
  ]);
  expect(replayed.state).toMatchObject({ 'identity-provider': '', 'company-portal': 'not installed' });
});

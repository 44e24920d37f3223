import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { settingsOfFile } from '../../agent/settings/check-settings-file.ts';
import { parseScenario } from '../../agent/simulation/scenario.ts';
import { type RuleLine, tryRules } from '../../agent/simulation/try-rules.ts';
import { mac } from '../helpers/replayed.ts';

const folder = fileURLToPath(new URL('../../docs/admin/rules', import.meta.url));
const start = Date.parse(mac.start);
const after = (hours: number) => new Date(start + hours * 3_600_000).toISOString();

async function tried(file: string, lines: readonly object[]): Promise<RuleLine[]> {
  const { organisation } = await settingsOfFile(join(folder, file));
  const told: RuleLine[] = [];
  const scenario = parseScenario([mac, ...lines].map((line) => JSON.stringify(line)).join('\n'));
  await tryRules(organisation, scenario, (line) => told.push(line));
  return told;
}

/** A replayed in which each example opens, and its twin in which it does not. */
const scenarios: Readonly<Record<string, readonly [readonly object[], readonly object[]]>> = {
  'company-portal-minimum.json': [
    [
      { at: '+0m', companyPortal: '5.2504.0' },
      { at: '+3h', end: true },
    ],
    [
      { at: '+0m', companyPortal: '5.2604.0' },
      { at: '+3h', end: true },
    ],
  ],
  'lost-after-company-portal-update.json': [
    [
      { at: '+2h', companyPortal: '5.2700.0' },
      { at: '+2h30m', psso: { registered: false, userPresent: false, receivedAt: null } },
      { at: '+4h', end: true },
    ],
    [
      { at: '+2h', companyPortal: '5.2700.0' },
      { at: '+6h', psso: { registered: false, userPresent: false, receivedAt: null } },
      { at: '+9h', end: true },
    ],
  ],
  'not-on-secure-enclave.json': [
    [
      { at: '+0m', psso: { method: 'password' } },
      { at: '+4h', end: true },
    ],
    [
      { at: '+0m', psso: { method: 'secureEnclaveKey' } },
      { at: '+4h', end: true },
    ],
  ],
  'restart-overdue.json': [[{ at: '+15d', end: true }], [{ at: '+5d', end: true }]],
  'tokens-expire-soon.json': [
    [
      { at: '+0m', psso: { receivedAt: after(-24), expiresAt: after(30) } },
      { at: '+3h', end: true },
    ],
    [
      { at: '+0m', psso: { receivedAt: after(-24), expiresAt: after(200) } },
      { at: '+3h', end: true },
    ],
  ],
};

describe('the examples of rules', () => {
  test('are these, and valid', async () => {
    const files = readdirSync(folder);
    expect(files.toSorted()).toEqual(Object.keys(scenarios));
    for (const file of files) {
      const { organisation, problems } = await settingsOfFile(join(folder, file));
      expect(problems, file).toEqual([]);
      expect(organisation.own, file).toHaveLength(1);
    }
  });

  test.each(Object.entries(scenarios))(
    '%s opens where it should, and not in its twin',
    async (file, [replayed, twin]) => {
      expect((await tried(file, replayed)).map(({ says }) => says)).toContain('opens');
      const told = await tried(file, twin);
      expect(told.map(({ says }) => says)).not.toContain('opens');
      expect(told.length).toBeGreaterThan(0);
    },
  );
});

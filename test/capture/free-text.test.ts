import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { FreeText } from '../../agent/capture/free-text.ts';
import { doctorDependencies } from '../../agent/doctor/doctor-dependencies.ts';
import { runChecks } from '../../agent/doctor/run-checks.ts';
import { replayScenario } from '../helpers/replayed.ts';
import { seeded } from './judged.ts';

const redactor = seeded();
const freeText = new FreeText(redactor, ['mac', "Jörg O'Neil", 'Will May', 'j.oneil']);
const scenarios = readdirSync(fileURLToPath(new URL('../scenarios', import.meta.url)))
  .filter((file) => file.endsWith('.ndjson'))
  .map((file) => file.replace(/\.ndjson$/, ''));

describe('texts that may say anything, redacted', () => {
  test.each(scenarios.filter((name) => !name.includes('.twin')))(
    "the product's own sentences stay as they are: %s",
    async (name) => {
      const { rows, issues, state } = await replayScenario(name);
      const texts = [
        ...rows.flatMap(({ summary, from_state, to_state, kind, issue }) => [
          summary,
          from_state,
          to_state,
          kind,
          issue,
        ]),
        ...issues.map(({ summary }) => summary),
        ...Object.entries(state).flat(),
      ];
      for (const text of texts) {
        // Ids and digests are no words.
        if (/[0-9a-f]{16}|[0-9a-f]{8}-/.test(text)) continue;
        expect(freeText.redact(text, 'own')).toBe(text);
      }
      for (const { detail } of rows) {
        const redacted = JSON.stringify(freeText.redactJson(JSON.parse(detail), 'own'));
        expect(redacted).not.toMatch(/unrecognisedField|text-/);
        if (!/"(run|deviceId)"/.test(detail)) expect(redacted).not.toMatch(/name-[0-9a-f]{8}/);
      }
    },
  );

  test("and so do the doctor's", async () => {
    const checks = await runChecks(await doctorDependencies({ sysroot: '/nowhere', dataDir: '/nowhere' }));
    for (const { message, next } of checks) {
      // Where a command may be pasted from, names of files that are not the product's are replaced.
      for (const text of [message, next ?? ''])
        expect(freeText.redact(text, 'foreign')).not.toMatch(/text-|unrecognised/);
      expect(freeText.redact(message, 'own').match(/name-[0-9a-f]{8}/gi) ?? []).toHaveLength(0);
    }
  });

  test.each([
    [
      "can't open '/Users/mac/Library/Application Support/PSSO Monitor/events.db'",
      /\/Users\/name-\w+\/Library\/Application Support\/PSSO Monitor\/events\.db/,
    ],
    ["JÖRG O'NEIL called", /^NAME-\w+ name-\w+$/],
    ['user mac on this Mac', /^user name-\w+ on this Mac$/],
    ['Will May may', /^Name-\w+ may$/],
    ['j.oneil+x@contoso.example', /^name-\w+@org-\w+\.example$/],
    ['from 10.1.2.3 and fe80::1%en0', /^from 192\.0\.2\.\d+ and 2001:db8::\w+:\w+$/],
    ['ring +41 44 123 45 67', /^name-\w+ name-\w+$/],
    ['eyJhbGciOiJub25lIn0.eyJ1cG4iOiJhIn0.', /^[\w=]+$/],
    ['https://sso.contoso.example/robin?code=123456', /^https:\/\/org-\w+\.example\/name-\w+$/],
    ['serial C02XL0GTJGH5', /^(name-\w+|serial) NAME-\w+$/],
    ['9D6A9E09-5D7B-4CC9-89F8-1B265F85E306', /^[0-9A-F-]{36}$/],
    [
      'at 2026-11-23T09:00:00Z, macOS 15.6, Node 26.10.0, status 1',
      /^at 2026-11-23T09:00:00Z, macOS 15\.6, Node 26\.10\.0, status 1$/,
    ],
  ])('%s', (text, expected) => {
    const redacted = freeText.redact(text, 'foreign');
    expect(redacted).toMatch(expected);
    expect(redacted).not.toMatch(/neil|contoso|robin|C02XL|9D6A|10\.1|fe80|44 123/i);
  });

  test("where a name is an ordinary word, the product's own sentence does not give it away", () => {
    const sentence = 'This Mac is no longer enrolled in MDM; the mac may.';
    expect(freeText.redact(sentence, 'own')).toBe(sentence);
  });

  test('the version of a release candidate stays', () => {
    const text = 'PSSO Monitor 1.0.0-rc.1 (Node 26.10.0)';
    expect(freeText.redact(text, 'own')).toBe(text);
  });

  test('the same name has the same stand-in as everywhere else', () => {
    expect(freeText.redact('robin and ROBIN', 'foreign')).toBe(
      `${redactor.name('robin')} and ${redactor.name('ROBIN')}`,
    );
    expect(redactor.name('ROBIN')).toBe(redactor.name('robin').toUpperCase());
  });
});

test.each(['a.', '1 ', 'a@', 'é\u0301', '/', '%41', '0:', 'x-', "a'", 'ey.'])(
  'an adversarial text of %j is redacted in linear time',
  (part) => {
    const text = part.repeat(200_000);
    expect(freeText.redact(text, 'foreign').length).toBeLessThan(text.length);
  },
);

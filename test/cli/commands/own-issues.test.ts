import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { initialMac } from '../../../agent/mac/simulated/model.ts';
import { installSysroot } from '../../../agent/simulation/sysroot.ts';
import { installed } from '../../../launchd/installed-paths.ts';
import { cli } from '../../helpers/cli.ts';

/** A Mac with a rule and words of the admin, by a file of share/issues.d. */

let folder: string;
const at = (name: string) => join(folder, name);
const psso = (...args: string[]) => cli([...args, '--sysroot', at('mac'), '--data-dir', at('data')]);
const issues = (entries: object) => {
  const file = at(`mac${installed.folder}/share/issues.d/10-contoso.json`);
  mkdirSync(dirname(file), { recursive: true, mode: 0o755 });
  writeFileSync(file, JSON.stringify(entries));
  chmodSync(file, 0o644);
};
const rule = {
  When: 'psso.configured && companyPortal.version != ""',
  Audience: 'user',
  Title: { en: 'Read our news', de: 'Lesen Sie unsere Neuigkeiten' },
  Text: { en: 'Open the page of your IT support.' },
  Explanation: 'Only to try it.',
  Link: 'https://help.contoso.com/news',
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'psso-monitor-own-'));
  const settings = { HelpdeskName: 'Contoso IT', Language: 'en' };
  const { username } = userInfo();
  installSysroot(at('mac'), {
    state: initialMac({ start: Date.now(), macos: '15.6', user: username, settings }),
  });
  issues({ 'org-news': rule, 'org-bad': { ...rule, When: 'psso.configurd' } });
  // Two readings within a minute do not confirm it: the commands below know the rule from the settings.
  for (let poll = 0; poll < 2; poll++) psso('once');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('an issue of the admin’s', () => {
  test('is in the catalogue, with its condition', () => {
    expect(psso('catalogue').stdout).toMatch(/org-news +low +likely +13\+ +Read our news/);
    const entries: { id: string }[] = JSON.parse(psso('catalogue', '--json').stdout);
    expect(entries.find(({ id }) => id === 'org-news')).toMatchObject({
      title: 'Read our news',
      meaning: 'Only to try it.',
      breaksSignIn: false,
      links: [{ title: 'Your organisation', url: 'https://help.contoso.com/news' }],
    });
  });

  test('is explained, by the beginning of its id', () => {
    const { status, stdout } = psso('explain', 'org-n');
    expect(status).toBe(0);
    expect(stdout).toContain('Read our news');
    expect(stdout).toContain('psso.configured && companyPortal.version');
    expect(stdout).toContain('Open the page of your IT support.');
  });

  test('can be silenced', () => {
    expect(psso('silence', 'org-news', '--for', '7d').stdout).toContain('org-news');
  });

  test('that is not valid is named by doctor and config', () => {
    const mistake =
      '10-contoso.json, org-bad: the condition is not valid: there is no field "psso.configurd"';
    expect(psso('doctor').stdout).toContain(mistake);
    const { status, stdout } = psso('config');
    expect(status).toBe(1);
    expect(stdout).toContain(mistake);
  });

  test('has no effect in a file that others may write', () => {
    chmodSync(at(`mac${installed.folder}/share/issues.d/10-contoso.json`), 0o666);
    expect(psso('config').stdout).toContain('10-contoso.json may be written by others than its owner');
    expect(psso('catalogue').stdout).not.toContain('org-news');
  });
});

describe('catalogue --try', () => {
  const file = (name: string, text: string) => {
    writeFileSync(at(name), text);
    return at(name);
  };
  const scenario = () =>
    file(
      'scenario.ndjson',
      [
        { scenario: 'a try', start: '2026-03-02T08:00:00Z', macos: '15.6', user: 'alex' },
        { at: '+1h', companyPortal: '5.2500.0' },
        { at: '+3h', appSso: { fail: 'timeout' } },
        { at: '+5h', appSso: null },
        { at: '+7h', companyPortal: '5.2700.0' },
        { at: '+9h', end: true },
      ]
        .map((line) => JSON.stringify(line))
        .join('\n'),
    );

  test('prints when a rule opens, is unknown, and closes', () => {
    const rules = file(
      'rules.json',
      JSON.stringify({
        'org-old': {
          When: 'psso.configured && !versionAtLeast(companyPortal.version, "5.2600")',
          Title: 'Old',
        },
      }),
    );
    const { status, stdout } = cli(['catalogue', '--try', rules, '--scenario', scenario(), '--json']);
    expect(status).toBe(0);
    const lines: { says: string; unknown: string[] }[] = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const said = lines.map(({ says }) => says);
    expect(said.slice(0, 2)).toEqual(['holds', 'opens']);
    expect(said.slice(-2)).toEqual(['does not hold', 'closes']);
    expect(lines.find(({ says }) => says === 'unknown')?.unknown).toEqual(['psso.configured']);
    expect(said.filter((says) => says === 'opens' || says === 'closes')).toEqual(['opens', 'closes']);
  });

  test.each([
    ['a file without a rule', '{}', 1, 'has no valid rule'],
    ['a file that is not JSON', '{', 1, 'is not a property list'],
  ])('refuses %s', (_, text, status, message) => {
    const tried = cli(['catalogue', '--try', file('wrong.json', text), '--scenario', scenario()]);
    expect(tried.status).toBe(status);
    expect(tried.stderr).toContain(message);
  });

  test('needs both options', () => {
    expect(cli(['catalogue', '--try', 'x']).status).toBe(2);
  });
});

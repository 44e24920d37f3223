import { execFileSync } from 'node:child_process';
import { chownSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { skipTest } from '../helpers/needs.ts';
import { changed } from '../untrusted/untrusted-databases.ts';
import { alex, asRoot, broken, healthy, macWithCommand, printed, recorded, sam, tool } from './pulled-mac.ts';

const attributes = ['headline', 'open-issues', 'last-confirmed-good', 'agent', 'summary'];

/** What a person may do to the own history, or be thought to have done. */
const harms: [string, (database: string) => void][] = [
  ['damaged', (database) => writeFileSync(database, 'x'.repeat(4096))],
  [
    'a link to a file of root',
    (database) => {
      renameSync(database, `${database}.old`);
      symlinkSync('/etc/passwd', database);
    },
  ],
  [
    'a pipe that never answers',
    (database) => {
      rmSync(database);
      execFileSync('mkfifo', [database]);
      if (asRoot) chownSync(database, alex.uid, alex.uid);
    },
  ],
];
/** Only root can change the owner, and only root refuses a file for its size. */
const harmsAsRoot: typeof harms = [
  ["another person's", (database) => chownSync(database, sam.uid, sam.uid)],
  ['too large', (database) => truncateSync(database, 300 * 1024 * 1024)],
];

describe('Jamf Pro', () => {
  test('a healthy Mac', async () => {
    const mac = macWithCommand();
    await recorded(mac, alex, healthy);
    expect(printed(mac, 'jamf/extension-attribute-headline.sh')).toBe('<result>ok</result>');
    expect(printed(mac, 'jamf/extension-attribute-last-confirmed-good.sh')).toBe(
      '<result>2026-03-02 09:00:00</result>',
    );
  });

  test.each(attributes)('%s is requested in the format of Jamf Pro', (name) => {
    const mac = macWithCommand();
    mac.write(tool, '#!/bin/sh\necho "$*"\n', 0o755);
    expect(printed(mac, `jamf/extension-attribute-${name}.sh`)).toBe(`attribute ${name} --as jamf`);
  });

  test('an open issue', async () => {
    const mac = macWithCommand();
    await recorded(mac, alex, broken);
    expect(printed(mac, 'jamf/extension-attribute-headline.sh')).toBe('<result>needs-attention</result>');
    expect(printed(mac, 'jamf/extension-attribute-open-issues.sh')).toBe(
      '<result>registration-needs-repair</result>',
    );
  });

  test('of several users, the one with the worst headline', async () => {
    const mac = macWithCommand({ sessions: [alex, sam] });
    await recorded(mac, alex, healthy);
    await recorded(mac, sam, broken);
    // A user other than root gets the headline of their own history.
    const headline = asRoot ? 'needs-attention' : 'ok';
    expect(printed(mac, 'jamf/extension-attribute-headline.sh')).toBe(`<result>${headline}</result>`);
  });

  test('an agent that has not polled for two days is silent, regardless of its last headline', async () => {
    const mac = macWithCommand();
    await recorded(mac, alex, healthy, 2 * 86_400);
    expect(printed(mac, 'jamf/extension-attribute-agent.sh')).toBe('<result>silent</result>');
  });

  test('no user has a history; not installed; a command that fails', async () => {
    const mac = macWithCommand();
    expect(printed(mac, 'jamf/extension-attribute-headline.sh')).toBe('<result>none</result>');
    expect(printed(mac, 'jamf/extension-attribute-last-confirmed-good.sh')).toBe('<result></result>');
    mac.write(tool, '#!/bin/sh\necho half; exit 1\n', 0o755);
    expect(printed(mac, 'jamf/extension-attribute-headline.sh')).toBe('<result>unknown</result>');
    rmSync(mac.path(tool));
    expect(printed(mac, 'jamf/extension-attribute-headline.sh')).toBe('<result>not installed</result>');
    expect(printed(mac, 'jamf/extension-attribute-last-confirmed-good.sh')).toBe('<result></result>');
  });

  test.each(harms)('the headline of a history that is %s is unknown', async (_what, harm) => {
    const mac = macWithCommand();
    harm(join(await recorded(mac, alex, healthy), 'events.db'));
    // Root still reads the heartbeat. The user's own command may also report an unreadable history as silent.
    const words = asRoot ? /^<result>unknown<\/result>$/ : /^<result>(unknown|silent)<\/result>$/;
    expect(printed(mac, 'jamf/extension-attribute-headline.sh')).toMatch(words);
  });

  test.each(harmsAsRoot)('as root, one that is %s too', async (_what, harm) => {
    if (!asRoot) skipTest('needs root');
    const mac = macWithCommand();
    harm(join(await recorded(mac, alex, healthy), 'events.db'));
    expect(printed(mac, 'jamf/extension-attribute-headline.sh')).toBe('<result>unknown</result>');
  });

  test('what a person writes into the own history stays inside the result, on one line of bounded length', async () => {
    const mac = macWithCommand();
    const database = join(await recorded(mac, alex, broken), 'events.db');
    const evil = "'</result>' || char(10) || '<result>ok</result>' || char(27) || '[2J' || char(8238)";
    changed(
      database,
      `UPDATE state SET value = ${evil} WHERE key = 'headline';
       UPDATE issue_episode SET issue = ${evil} || '${'x'.repeat(5000)}'`,
    );
    for (const name of ['headline', 'open-issues']) {
      const line = printed(mac, `jamf/extension-attribute-${name}.sh`);
      expect(line, name).toMatch(/^<result>[^<>\p{Cc}\p{Cf}]*<\/result>$/u);
      expect(line.length).toBeLessThan(400);
      expect(line).not.toBe('<result>ok</result>');
    }
    expect(printed(mac, 'intune/custom-attribute-headline.sh').split('\n')).toHaveLength(1);
  });
});

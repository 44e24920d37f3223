import { readFileSync, utimesSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { linesOfTheList } from '../../../scripts/verified/lines.ts';
import { verifiedRun } from '../../../scripts/verified/run.ts';
import { wholeMac } from '../whole-mac.ts';

type Mac = ReturnType<typeof wholeMac>;
/** What the person does when a step says these words. */
type Person = readonly (readonly [words: string, act: (given: Mac) => void])[];
const keychain = '/Users/alex/Library/Keychains/login.keychain-db';

/**
 * Runs the checklist with a person who reads what is printed, acts, and gives the same answer to every
 * question.
 */
async function checklist(person: Person, answers: { step?: string; question?: string } = {}) {
  const { step = '', question = 'y' } = answers;
  const given = wholeMac({ psso: 'registered', live: false });
  const { mac } = given;
  mac.installPuller('swiftdialog/why_cant_i_sign_in.sh');
  mac.write(keychain, '');
  const kept = ['--keep', '/tmp/kept', '--json', '/tmp/kept/verified-on-mac.json'];
  const running = mac.startScript('check-on-mac.sh', ['--psso', ...kept]);
  let [said, read] = ['', 0];
  running.stdout?.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    const unread = said.slice(read);
    const asked = /(s to skip: |\(y\/n\/s\) )$/.exec(unread)?.[1];
    if (asked === undefined) return;
    read = said.length;
    person.find(([words]) => unread.includes(words))?.[1](given);
    running.stdin?.write(`${asked.startsWith('s') ? step : question}\n`);
  });
  const status = await new Promise((resolve) => running.once('close', resolve));
  const written = readFileSync(mac.path('/tmp/kept/verified-on-mac.json'), 'utf8');
  return { status, said, run: verifiedRun.parse(JSON.parse(written)) };
}

const inAnHour = () => Date.now() + 3_600_000;
const doesAll: Person = [
  ['lock the screen within', ({ macos }) => macos.apply({ screen: 'locked' })],
  ['send the Mac to sleep', ({ mac }) => mac.write('/.scratch/waketime', '{ sec = 1795880000, usec = 1 }\n')],
  ['Turn Wi-Fi off', ({ macos }) => macos.apply({ network: 'offline' })],
  ['Turn the network on', ({ macos }) => macos.apply({ network: 'online' })],
  ['Switch the agent off', ({ mac }) => mac.launchdOf(501, { disabled: 'disabled' })],
  ['Change your password', ({ macos }) => macos.apply({ psso: { state: 1 } })],
  [
    'Type the new password',
    ({ mac, macos }) => {
      macos.apply({ psso: { state: 0, receivedAt: inAnHour() }, passwordLastSetAt: inAnHour() });
      utimesSync(mac.path(keychain), 1, 1);
    },
  ],
];
const persons = linesOfTheList()
  .filter(({ proof }) => proof === 'person')
  .map(({ id }) => id);
// On a Mac sudo makes it root; only root can read other users' homes.
const takesRoot = process.getuid?.() === 0 ? [] : ['root-reads-homes'];

describe('check-on-mac.sh --psso', () => {
  it('proves each line of a person on a Mac that is registered, in at most twenty steps', async () => {
    const { status, said, run } = await checklist(doesAll);
    expect(run.lines.filter(({ result }) => result === 'failed').map(({ id }) => id)).toEqual(takesRoot);
    const notPassed = run.lines.filter(({ result }) => result !== 'passed').map(({ id }) => id);
    expect(persons.filter((id) => notPassed.includes(id))).toEqual(takesRoot);
    expect(status).toBe(takesRoot.length);
    expect(said.match(/^\d+\. /gm)?.length).toBeLessThanOrEqual(20);
    expect(said).not.toMatch(/alex|contoso/i);
  });

  it('reports what a person denies, and what did not happen', async () => {
    const { status, run } = await checklist([], { question: 'n' });
    expect(status).toBe(1);
    expect(run.lines.filter(({ result }) => result === 'failed').map(({ id }) => id)).toEqual(
      expect.arrayContaining([
        'notification-appears',
        'keychain-without-dialog',
        'locked-screen-seen',
        'network-offline',
        'wake-time-moves',
        'state-while-prompt-is-open',
        'sync-moves-password-time',
      ]),
    );
  });

  it('records each step that is skipped as not possible', async () => {
    const { run } = await checklist([], { step: 's' });
    const skipped = run.lines.filter(({ checks }) =>
      checks.some(({ found }) => found === 'The person skipped it.'),
    );
    expect(skipped.map(({ id, result }) => [id, result])).toContainEqual([
      'report-in-safari',
      'notPossibleHere',
    ]);
    expect(skipped.length).toBeGreaterThan(12);
  });
});

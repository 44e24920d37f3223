import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { linesOfTheList } from '../../../scripts/verified/lines.ts';
import { type VerifiedRun, verifiedRun } from '../../../scripts/verified/run.ts';
import { type ScratchMac, scratchMac } from '../scratch-mac.ts';
import { wholeMac } from '../whole-mac.ts';

const json = '/tmp/kept/verified-on-mac.json';
const kept = ['--keep', '/tmp/kept', '--json', json];
const runOf = (mac: ScratchMac) => verifiedRun.parse(JSON.parse(readFileSync(mac.path(json), 'utf8')));
const linesWith = (run: VerifiedRun, result: VerifiedRun['lines'][number]['result']) =>
  run.lines.filter((line) => line.result === result).map(({ id }) => id);
const lines = (stdout: string, verdict: string) =>
  stdout.split('\n').filter((line) => line.startsWith(`${verdict} `));

/**
 * That it finds nothing wrong where all is well is shown with the other steps of the workflow
 * (test/ci/mac-steps.test.ts).
 */
describe('check-on-mac.sh --all', () => {
  it('reports each failed check', () => {
    const { mac } = wholeMac({ live: false });
    const put = (command: string, body: string) => mac.write(command, `#!/bin/sh\n${body}\n`, 0o755);
    put('/usr/sbin/taskpolicy', 'echo 45000');
    put('/usr/bin/man', 'exit 1');
    put('/usr/bin/plutil', '[ "$1" != -extract ] || echo Report');
    put('/usr/bin/codesign', 'exit 0');
    put(
      '/bin/launchctl',
      'case $1 in managername) echo Aqua ;; print-disabled) echo "services = {}" ;; esac',
    );
    mac.write('/Library/Application Support/PSSO Monitor/share/broken.sh', '#!/bin/sh\nif\n');
    const { status, stdout } = mac.runScript('check-on-mac.sh', ['--all', ...kept]);
    expect(status).toBe(1);
    expect(
      lines(stdout, 'FAIL')
        .map((line) => line.slice(15))
        .sort(),
    ).toEqual(
      [
        'Node is signed by the Node.js Foundation',
        'an MDM finds the data of the user',
        'bootout ends the agent',
        'it fails where the key is missing',
        'launchctl print gui/599 fails',
        'man shows the page',
        'nothing of an older version is left',
        'print-disabled says "=> disabled"',
        'the agent runs',
        'the agent runs after bootstrap',
        // On a real Mac sudo makes it root.
        ...(process.getuid?.() === 0 ? [] : ['the history of this user is read']),
        'three timers of 20 s in the background are not late',
        '/bin/sh parses the scripts that are installed (10)',
      ].sort(),
    );
    expect(linesWith(runOf(mac), 'failed')).toContain('scripts-parse');
  });

  it('reports a missing window session, and checks that need a password as not possible', () => {
    const { mac } = wholeMac({ live: false });
    rmSync(mac.path('/.scratch/launchd/sessions/501'));
    mac.write('/.scratch/sudo-asks', '');
    const { status, stdout } = mac.runScript('check-on-mac.sh', ['--all', ...kept]);
    expect(lines(stdout, 'FAIL')).toEqual([]);
    expect(status).toBe(0);
    const run = runOf(mac);
    expect(run.mac.session).toBe('none Aqua');
    expect(linesWith(run, 'notPossibleHere')).toEqual(
      expect.arrayContaining(['launchd-takes-agent', 'ends-in-two-seconds', 'access-lists', 'log-config']),
    );
    expect(linesWith(run, 'passed')).toEqual(expect.arrayContaining(['app-sso-answers', 'manual-page']));
  });

  it('makes one table of several runs, with the worst result of each line', () => {
    const mac = wholeMac({ live: false }).mac;
    mkdirSync(mac.path('/tmp/kept'), { recursive: true });
    writeFileSync(
      mac.path('/tmp/kept/results.tsv'),
      [
        'same-bytes\tpassed\tthe package has the same bytes\tSHA-256 "0a\\b"',
        'upgrade-over-it\tpassed\tit installs\t',
        'upgrade-over-it\tnotPossibleHere\tthe agent is the new one\tno session',
        'uninstall-leaves-nothing\tnotPossibleHere\tx\t',
        'uninstall-leaves-nothing\tfailed\ty\tsomething',
        '',
      ].join('\n'),
    );
    expect(mac.runScript('check-on-mac.sh', kept)).toEqual({ status: 0, stdout: '', stderr: '' });
    const run = runOf(mac);
    const of = (id: string) => run.lines.find((line) => line.id === id);
    expect(of('same-bytes')).toMatchObject({ result: 'passed', checks: [{ found: 'SHA-256 "0a\\b"' }] });
    expect([of('upgrade-over-it')?.result, of('uninstall-leaves-nothing')?.result]).toEqual([
      'notPossibleHere',
      'failed',
    ]);
    expect(of('german-words')).toMatchObject({ result: 'notPossibleHere' });
  });

  it.each([
    [['--json', '/tmp/x.json'], '--json needs --all, --psso, or the folder of an earlier --keep'],
    [['--all', '--psso'], '--all and --psso are two runs'],
    [['--commit', 'main'], '--commit needs the hash of a commit, not "main"'],
    [['--standard-user', 'no-such-user'], '--standard-user needs the name of a user, not "no-such-user"'],
    [['--keep'], '--keep needs a folder'],
  ])('refuses %j', (args, said) => {
    expect(scratchMac().runScript('check-on-mac.sh', args)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining(said),
    });
  });

  it('is for the user, and not for root', () => {
    expect(scratchMac().runScript('check-on-mac.sh', ['--all'])).toMatchObject({ status: 2 });
  });
});

describe('the list of what only a Mac can prove', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../docs/unverified-on-mac.md'), 'utf8');
  const rows = [...page.matchAll(/^\| `([a-z0-9-]+)` \| (.+) \| (workflow|person|open) \| .+ \|$/gm)].map(
    ([, id, , proof]) => `${id} ${proof}`,
  );

  it('has the same ids on the page as in check-on-mac.sh, in the same order, proven in the same way', () => {
    expect(rows).toEqual(linesOfTheList().map(({ id, proof }) => `${id} ${proof}`));
    expect(new Set(rows).size).toBe(rows.length);
    // No row of the tables is written in another form.
    const written = page.split('\n').filter((line) => /^\| `?[a-z0-9-]+`? \|/.test(line));
    expect(written.filter((line) => !/^\| (id|workflow|person|open|---) \|/.test(line))).toHaveLength(
      rows.length,
    );
  });

  it('is printed by --list', () => {
    const { stdout } = scratchMac().runScript('check-on-mac.sh', ['--list']);
    expect(stdout.trimEnd().split('\n')).toEqual(
      linesOfTheList().map(({ id, proof, assumed }) => `${id}\t${proof}\t${assumed}`),
    );
  });

  it('names a check for each line that a machine or a person proves, and none for an open one', () => {
    const scripts = join(import.meta.dirname, '../../../scripts');
    const texts = ['on-mac', 'ci'].flatMap((folder) =>
      readdirSync(join(scripts, folder))
        .filter((name) => name.endsWith('.sh'))
        .map((name) => readFileSync(join(scripts, folder, name), 'utf8')),
    );
    const isNamed = (id: string) => new RegExp(`(?<![a-z0-9-])${id}(?![a-z0-9-])`).test(texts.join('\n'));
    expect(linesOfTheList().filter(({ id, proof }) => (proof === 'open') === isNamed(id))).toEqual([]);
  });
});

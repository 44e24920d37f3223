import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { installSysroot } from '../../../agent/simulation/sysroot.ts';
import { cli, listedCommands, start } from '../../helpers/cli.ts';
import { until } from '../../helpers/until.ts';
import { changed, history } from '../../untrusted/untrusted-databases.ts';

/** What a terminal or a browser obeys: a title, clearing, hiding, C1, bidi, line breaks, a script. */
const attack = 'a\u001b]0;title\u0007b\u001b[2Jc\u001b[8md\u009b31me\u202ef\u2066\rg<script>h</script>';
/** As the name of a folder or a file, and as an argument. */
const name = `=1+1;@x|-2 ${attack.replaceAll('/', '_')}\nsecond line`;
const controls = /[[\p{Cc}\p{Bidi_Control}\ufeff]--[\n\t]]/v;

let folder: string;
let dataDir: string;
let sysroot: string;
const commandsRun = new Set<string>();
const found: string[] = [];

function check(what: string, text: string): void {
  const at = text.search(controls);
  if (at >= 0) found.push(`${what}: ${JSON.stringify(text.slice(Math.max(0, at - 40), at + 20))}`);
}

function run(...args: string[]): { stdout: string; stderr: string } {
  const ran = cli(args);
  commandsRun.add(args[0] ?? '');
  check(`${args[0]} prints`, ran.stdout);
  check(`${args[0]} complains`, ran.stderr);
  return ran;
}

const psso = (...args: string[]) => run(...args, '--sysroot', sysroot, '--data-dir', dataDir);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'psso-monitor-print-'));
  dataDir = join(folder, name, 'data');
  sysroot = join(folder, name, 'mac');
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  installSysroot(sysroot);
  const quoted = `'${attack}'`;
  changed(
    history(join(dataDir, 'events.db')),
    `DROP TRIGGER IF EXISTS event_no_update;
     UPDATE issue_episode SET summary = ${quoted}; UPDATE state SET value = ${quoted};
     INSERT INTO state SELECT key, ${quoted}, 0 FROM (SELECT 'macos' AS key UNION SELECT 'user' UNION SELECT 'device'
       UNION SELECT 'method' UNION SELECT 'company-portal');
     INSERT INTO event SELECT 99, at, kind, 'registration-lost', severity, ${quoted}, ${quoted}, ${quoted},
       json_object('a', ${quoted}), ${quoted}, ${quoted} FROM event LIMIT 1;`,
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const readers = [
  'status',
  'status --json',
  'events --all',
  'events --json',
  'issues --all',
  'issues --all --json',
  'sync',
  'sync --json',
  'explain registration-lost',
  'explain registration-lost --json',
  'validate',
  'validate --json',
  'silence',
  'silence registration-needs-repair --for 7d',
  'advice',
  'attribute headline',
  'attribute --json',
  'doctor',
  'doctor --json',
  'config',
  'config --json',
  'notify --test --json',
  'notify --test',
  'capture --redact',
  'diagnose --describe',
  'once --json',
  'once',
  'export',
  'export --format csv --view state',
  'catalogue',
];

test('nothing that a terminal or a page obeys is in an output of any command', async () => {
  for (const line of readers) psso(...line.split(' '));
  const out = (ending: string) => join(folder, name, `out ${ending}`);
  psso('report', '--out', out('report.html'));
  psso('export', '--format', 'csv', '--view', 'events', '--out', out('events.csv'));
  psso('diagnose', '--yes', '--out', out('diagnose.zip'));
  psso('capture', '--redact', '--out', out('capture.ndjson'));
  const merged = ['--out', out('merged.db'), '--html', out('fleet.html'), '--pages', out('pages')];
  run('fleet', join(folder, name), ...merged, '--otel', out('fleet.ndjson'));
  run('fleet', join(folder, name), '--json');
  run('parse', 'app-sso', out('report.html'));
  run('replay', out('capture.ndjson'), '--data-dir', out('replayed'));
  run('simulate', out('simulated'));
  run('demo', '--data-dir', out('demo'));
  for (const command of ['schema', 'completion', 'version']) run(command, attack);

  const { child, ended } = start(['run', '--every', '1', '--sysroot', sysroot, '--data-dir', dataDir]);
  const log = join(dataDir, 'agent.log');
  const readLog = () => (existsSync(log) ? readFileSync(log, 'utf8') : '');
  const heartbeat = join(dataDir, 'agent.json');
  await until(() => readLog().includes('Started.') && existsSync(heartbeat), 'the start');
  const { mtimeMs } = statSync(heartbeat);
  await until(() => statSync(heartbeat).mtimeMs > mtimeMs, 'a poll');
  child.kill('SIGTERM');
  check('run complains', (await ended).stderr);
  commandsRun.add('run');

  check('the log', readLog());
  check('state.plist', readFileSync(join(dataDir, 'state.plist'), 'utf8'));
  for (const ending of ['report.html', 'events.csv', 'capture.ndjson', 'fleet.html', 'fleet.ndjson'])
    check(ending, readFileSync(out(ending), 'utf8'));
  for (const page of readdirSync(out('pages')))
    check('a page', readFileSync(join(out('pages'), page), 'utf8'));
  for (const [part, bytes] of Object.entries(unzipSync(readFileSync(out('diagnose.zip')))))
    if (!part.endsWith('.db')) check(`diagnose: ${part}`, strFromU8(bytes));
  for (const ending of ['report.html', 'fleet.html'])
    expect(readFileSync(out(ending), 'utf8')).not.toContain('<script>h<');
  expect(found).toEqual([]);

  const never = listedCommands().filter((command) => !commandsRun.has(command));
  expect(commandsRun.size).toBeGreaterThan(20);
  expect(never).toEqual([]);
});

test('nor in what a command says about wrong input', () => {
  const odd = join(folder, 'odd');
  mkdirSync(odd);
  const file = join(odd, name);
  writeFileSync(file, attack);
  chmodSync(file, 0o600);
  for (const args of [
    [attack],
    ['status', attack],
    ['status', `--${attack}`],
    ['status', '--data-dir', file],
    ['status', '--database', file],
    ['status', '--database', join(odd, `missing ${name}`)],
    ['status', '--user', attack, '--data-dir', odd],
    ['status', '--user', attack],
    ['status', '--sysroot', file, '--data-dir', odd],
    ['events', '--since', attack, '--data-dir', odd],
    ['events', '--kind', attack, '--data-dir', odd],
    ['explain', attack, '--data-dir', odd],
    ['silence', attack, '--for', '1d', '--data-dir', odd],
    ['config', attack, '--data-dir', odd],
    ['config', '--check', file],
    ['replay', file],
    ['replay', join(odd, `missing ${name}`)],
    ['parse', attack],
    ['parse', 'app-sso', join(odd, `missing ${name}`)],
    ['schema', attack],
    ['completion', attack],
    ['export', '--format', attack, '--data-dir', odd],
    ['export', '--out', join(odd, name, 'below a file.db'), '--data-dir', dataDir],
    ['report', '--out', file, '--data-dir', dataDir],
    ['fleet', file],
    ['fleet', odd],
    ['fleet', join(odd, `missing ${name}`)],
    ['fleet', join(folder, name), '--silent-after', attack],
    ['attribute', attack, '--data-dir', odd],
    ['attribute', 'headline', '--as', attack, '--data-dir', odd],
    ['simulate', file],
    ['simulate', odd, attack],
    ['diagnose', '--days', attack, '--data-dir', odd],
    ['capture', '--redact', '--keep-since', attack, '--data-dir', odd],
    ['run', '--every', attack, '--data-dir', odd],
    ['once', '--data-dir', file],
  ])
    run(...args);
  expect(found).toEqual([]);
});

import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { commandTree, hiddenCommands } from '../../agent/cli/main.ts';
import { rowGroups } from '../../agent/fleet-store/read-parquet.ts';
import { storeFiles } from '../../agent/fleet-store/store-folder.ts';
import { columnsOfStore } from '../../agent/fleet-store/store-tables.ts';
import { callRecorder, recordedCalls } from '../../agent/simulation/recorded-calls.ts';
import { installSysroot, type Sysroot, folder as simulated } from '../../agent/simulation/sysroot.ts';
import { cli, start } from '../helpers/cli.ts';
import { convertedPlist } from '../helpers/converted-plist.ts';
import { needsLinux, needsRoot } from '../helpers/needs.ts';
import { recordedEvents } from '../helpers/recorded-events.ts';
import { smallDisk } from '../helpers/small-disk.ts';
import { until } from '../helpers/until.ts';
import { collectingMac, collector, received } from '../scripts/collecting-mac.ts';
import { alex, giveTo } from '../scripts/pulled-mac.ts';

const methods = ['password', 'secureEnclaveKey', 'smartCard', 'accessKey', 'openId'] as const;
const providers = [
  'com.microsoft.CompanyPortalMac.ssoextension',
  'com.okta.mobile.auth-service-extension',
  'com.example.sso',
];
const canary = 'kanarienvogel';
let folder: string;
let dataDir: string;
let at: string[];
let sysroot: string;
let mac: Sysroot;
/** A command that did not run would hide every canary. */
const refused: string[] = [];
const outputs = new Map<string, string>();
/** The answers and files that have a canary, by name. */
const planted = new Set<string>();
const commandsRun = new Set<string>();
const commandsRunAsJson = new Set<string>();

const out = (name: string) => join(folder, 'out', name);

function ran(key: string, args: readonly string[], options: { input?: string } = {}): string {
  const { status, stdout, stderr } = cli(args, options);
  if ((status !== 0 && status !== 1) || stderr.includes('unexpected'))
    refused.push(`${args.join(' ')}: ${status}: ${stderr}`);
  commandsRun.add(args[0] ?? '');
  if (args.includes('--json')) commandsRunAsJson.add(args[0] ?? '');
  outputs.set(key, stdout + stderr);
  return stdout;
}

const psso = (...args: string[]) => ran(args.join(' '), [...args, ...at]);

/** Adds a key with a canary to each object of a text, or a line at its end. */
function withCanaries(text: string, name: string): string {
  const mine = `${canary}-${name}`;
  // The name of an unknown setting is recorded, and its value is not.
  if (name.endsWith('io.github.psso-monitor.plist'))
    return text.replace('<dict>', `<dict><key>Planted</key><string>${mine}-value</string>`);
  if (text.includes('<plist'))
    return text.replace(/<dict>/g, `<dict><key>${mine}-key</key><string>${mine}-value</string>`);
  if (/\{\s*"/.test(text)) return text.replace(/\{(\s*)"/g, `{$1"${mine}-key" : "${mine}-value",$1"`);
  return `${text}${mine}: ${mine}-value\n`;
}

/** In each answer of a command, on both of its outputs, and in each file of the Mac. */
function plant(): void {
  const answers = join(sysroot, simulated, 'answers');
  for (const name of readdirSync(answers)) {
    const text = readFileSync(join(answers, name), 'utf8');
    const [, stdout = '', stderr = '', status = ''] =
      /^printf '%s' '(.*)'\nprintf '%s' '(.*)' >&2\nexit (\d+)\n$/s.exec(text) ?? [];
    expect([name, status]).not.toEqual([name, '']);
    writeFileSync(
      join(answers, name),
      `printf '%s' '${withCanaries(stdout, name)}'\nprintf '%s' '${stderr}${canary}-${name}-stderr' >&2\nexit ${status}\n`,
    );
    planted.add(name);
  }
  for (const entry of readdirSync(sysroot, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    const bytes = entry.isFile() ? readFileSync(file) : Buffer.from('#!');
    if (bytes.includes('#!') || file.includes(simulated)) continue;
    const isBinary = bytes.subarray(0, 6).toString() === 'bplist';
    const name = relative(sysroot, file);
    writeFileSync(file, withCanaries((isBinary ? convertedPlist(bytes, 'xml') : bytes).toString(), name));
    planted.add(name);
  }
}

/** What a method and a provider change: the sources, and what may leave the Mac of them. */
function pollWith(method: (typeof methods)[number], extensionIdentifier: string): void {
  const state = outputs.size % 2;
  mac.apply({ psso: { method, extensionIdentifier, state }, focus: 'on', oktaVerify: '9.1.0' });
  plant();
  ran(`once: ${method}`, ['once', '--json', ...at]);
  ran(`capture: ${method}`, ['capture', '--redact', ...at]);
  ran(`diagnose: ${method}`, ['diagnose', '--yes', '--force', '--out', out('diagnose.zip'), ...at]);
  for (const [name, bytes] of Object.entries(unzipSync(readFileSync(out('diagnose.zip')))))
    outputs.set(`diagnose: ${method}: ${name}`, strFromU8(bytes, true));
  // A refused text would hide every canary.
  expect(ran(`parse: ${method}`, ['parse', 'app-sso', '--json'], { input: printed('appSso') })).toContain(
    `"method": "${method}"`,
  );
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'psso-monitor-canaries-'));
  sysroot = join(folder, 'mac');
  dataDir = join(folder, 'data');
  at = ['--sysroot', sysroot, '--data-dir', dataDir];
  mkdirSync(dataDir);
  mkdirSync(out(''), { recursive: true });
  writeFileSync(join(dataDir, 'settings.json'), JSON.stringify({ Planted: `${canary}-setting` }));
  const { state } = installSysroot(sysroot);
  const settings = { UnifiedLogEnabled: true, UnifiedLogIssues: true };
  mac = installSysroot(sysroot, { state: { ...state, settings } });
  // `log` answers as a source, and takes lines for the unified log.
  for (const command of ['log', 'logger'])
    writeFileSync(
      join(sysroot, 'usr/bin', command),
      `#!/bin/sh\n${callRecorder(join(folder, 'unified log'))}. '${join(sysroot, simulated, 'answers/log')}'\n`,
      { mode: 0o755 },
    );
  // Each method and each provider at least once.
  for (const [index, method] of methods.entries())
    pollWith(method, providers[index % providers.length] ?? '');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function printed(answer: string): string {
  const text = readFileSync(join(sysroot, simulated, 'answers', answer), 'utf8');
  return /^printf '%s' '(.*)'\nprintf/s.exec(text)?.[1] ?? '';
}

/** An export of the audit log, with a canary in every field that no lag needs. */
function passwordChanges(): string {
  const path = join(folder, 'audit log.json');
  const text = readFileSync('test/fleet/password-changes/exports/graph.json', 'utf8');
  const needed = ['activityDateTime', 'activityDisplayName', 'result', 'userPrincipalName', '@odata.context'];
  const planted = text.replace(/"([^"]+)": "[^"]*"/g, (field, key: string) =>
    needed.includes(key) ? field : `"${key}": "${canary}-audit-${key}"`,
  );
  writeFileSync(path, planted);
  return path;
}

/** The canaries in these texts, each with the name of its text. */
function found(texts: ReadonlyMap<string, string>): string[] {
  const all = [...texts].flatMap(([name, text]) =>
    [...text.matchAll(new RegExp(`${canary}-[\\w./ -]+`, 'g'))].map(([leaked]) => `${name}: ${leaked}`),
  );
  return [...new Set(all)];
}

/** The text of every file below a folder, also as SQLite stores it. */
function filesBelow(path: string): string {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'settings.json')
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n');
}

/**
 * The agent itself: its log, `state.plist`, `agent.json`, what it prints, and what it writes into the unified
 * log when an issue opens and is resolved.
 */
async function runAgent(): Promise<void> {
  mac.apply({ psso: { method: 'password', registered: false, userPresent: false } });
  plant();
  const { child, ended } = start(['run', '--every', '1', ...at]);
  const log = join(dataDir, 'agent.log');
  const heartbeat = join(dataDir, 'agent.json');
  const hasStarted = () => existsSync(log) && readFileSync(log, 'utf8').includes('Started.');
  await until(() => hasStarted() && existsSync(heartbeat), 'the start');
  const seen = (kind: string) => recordedEvents(dataDir).filter((event) => event.kind === kind).length;
  const opened = seen('issue-opened');
  await until(() => seen('issue-opened') > opened, 'an issue');
  const resolved = seen('issue-resolved');
  mac.apply({ psso: { registered: true, userPresent: true } });
  plant();
  await until(() => seen('issue-resolved') > resolved, 'the end of the issue');
  child.kill('SIGTERM');
  const { status, stderr } = await ended;
  commandsRun.add('run');
  outputs.set('run', stderr);
  if (status !== 0) refused.push(`run: ${status}: ${stderr}`);
}

test('no text that a source does not need leaves it, by any command', async () => {
  for (const line of [
    'status',
    'status --json',
    'events --all',
    'events --json',
    'issues --all',
    'issues --all --json',
    'sync',
    'sync --json',
    'explain registration-needs-repair',
    'explain registration-needs-repair --json',
    'validate',
    'validate --json',
    'silence registration-needs-repair --for 7d --json',
    'catalogue --json',
    'advice',
    'attribute headline',
    'attribute headline --json',
    'doctor',
    'doctor --json',
    'config',
    'config --json',
    'notify --test --json',
    'diagnose --describe',
    'schema status',
    'completion zsh',
    'version',
    'version --json',
  ])
    psso(...line.split(' '));
  for (const format of ['ndjson', 'csv'])
    for (const view of ['events', 'issues', 'sync', 'state'])
      psso('export', '--format', format, '--view', view);
  for (const [source, answer] of [
    ['app-sso', 'appSso'],
    ['password-policy', 'pwpolicy'],
    ['account', 'dscl'],
    ['log', 'log'],
  ] as const)
    ran(`parse ${source}`, ['parse', source, '--json'], { input: printed(answer) });
  psso('report', '--out', out('report.html'));
  psso('export', '--format', 'sqlite', '--out', out('copy.db'));
  psso('capture', '--redact', '--keep-since', '1d', '--out', out('capture.ndjson'));
  ran('replay', ['replay', out('capture.ndjson'), '--json', '--data-dir', out('replayed')]);
  for (const language of ['de', 'en', 'es', 'fr', 'it', 'ja', 'nl', 'pt-BR'])
    psso('report', '--language', language, '--out', out(`report-${language}.html`));
  psso('validate', '--no-wait', '--page', out('validate.html'));
  psso('export', '--since-id', '0');
  psso('advice', '--as', 'dialog');
  psso('diagnose', '--yes', '--force', '--json', '--out', out('diagnose.zip'));
  psso('capture', '--redact', '--json', '--force', '--out', out('capture.ndjson'));
  ran('simulate', ['simulate', out('simulated')]);
  ran('read-copy', ['read-copy', out('copy.db')]);
  ran('probe-hosts', ['probe-hosts', '--sysroot', sysroot]);
  ran('demo', ['demo', '--data-dir', out('demo')]);
  ran('fleet', [
    'fleet',
    dirname(dataDir),
    ...['--out', out('merged.db'), '--html', out('fleet.html'), '--pages', out('pages')],
    ...['--otel', out('fleet.ndjson'), '--json'],
  ]);
  ran('fleet --store', [
    'fleet',
    dataDir,
    ...['--store', out('store'), '--ndjson', out('shipped'), '--json'],
    ...['--password-changes', passwordChanges()],
  ]);
  ran('fleet --store --otel', ['fleet', '--store', out('store'), '--otel', out('shipped as otel')]);
  for (const { path, table } of storeFiles(out('store')))
    for await (const rows of rowGroups(path, columnsOfStore(table)))
      outputs.set(`rows of ${path}`, JSON.stringify(rows));
  await runAgent();
  outputs.set('files of the agent', filesBelow(dataDir));
  outputs.set('files that commands wrote', filesBelow(out('')));
  outputs.set('notifications', JSON.stringify(mac.calls('osascript')));
  outputs.set('unified log', readFileSync(join(folder, 'unified log'), 'utf8'));

  expect([...planted].length).toBeGreaterThanOrEqual(19);
  expect(found(outputs)).toEqual([]);
  expect(refused).toEqual([]);
  expect(mac.calls('osascript').length).toBeGreaterThan(0);
  const lines = recordedCalls(outputs.get('unified log') ?? '').filter(([verb]) => verb === 'emit');
  expect(lines.length).toBeGreaterThan(0);

  // A command that is added later has to be here too, with its --json.
  const listed = (await commandTree()).commands;
  expect(listed.length).toBeGreaterThan(20);
  const names = [...listed.map((one) => one.name()), ...hiddenCommands()];
  // `fleet` starts it, and reads what it prints.
  expect(names.filter((name) => !commandsRun.has(name))).toEqual(['read-fleet']);
  const withJson = listed.filter(({ options }) => options.some(({ long }) => long === '--json'));
  expect(withJson.map((one) => one.name()).filter((name) => !commandsRunAsJson.has(name))).toEqual([]);
});

describe('what collect.sh sends', () => {
  needsRoot();
  needsLinux('a mounted share is a tmpfs, and the users of a Mac are made by chown');

  test('has no canary, and neither has what it says', () => {
    const collecting = collectingMac('file:///Volumes/Macs', null);
    const share = collecting.path('/Volumes/Macs');
    mkdirSync(share);
    const disk = smallDisk(share);
    onTestFinished(() => disk.unmount());
    const home = collecting.path(`/Users/${alex.user}`);
    const theirs = join(home, 'Library/Application Support/PSSO Monitor');
    cpSync(dataDir, theirs, { recursive: true });
    giveTo(home, alex.uid);
    const said = collecting.runPuller(collector, ['--now']);
    expect(said).toMatchObject({ status: 0, stderr: '' });
    const sent = received(share);
    expect(Object.keys(sent)).toEqual(['C02ABC/501/events.db.gz']);
    expect(sent['C02ABC/501/events.db.gz']?.length).toBeGreaterThan(4_096);
    expect(found(new Map([...Object.entries(sent), ['its output', said.stdout]]))).toEqual([]);
  });
});

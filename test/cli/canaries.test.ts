import {
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
import { dirname, join, relative } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rowGroups } from '../../agent/fleet-store/compact.ts';
import { storeFiles } from '../../agent/fleet-store/store-folder.ts';
import { columnsOfStore } from '../../agent/fleet-store/store-tables.ts';
import { installSysroot, type Sysroot, folder as simulated } from '../../agent/simulation/sysroot.ts';
import { cli, listedCommands, start } from '../helpers/cli.ts';
import { convertedPlist } from '../helpers/converted-plist.ts';
import { until } from '../helpers/until.ts';

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

const out = (name: string) => join(folder, 'out', name);

function ran(key: string, args: readonly string[], options: { input?: string } = {}): string {
  const { status, stdout, stderr } = cli(args, options);
  if ((status !== 0 && status !== 1) || stderr.includes('unexpected'))
    refused.push(`${args.join(' ')}: ${status}: ${stderr}`);
  commandsRun.add(args[0] ?? '');
  outputs.set(key, stdout + stderr);
  return stdout;
}

const psso = (...args: string[]) => ran(args.join(' '), [...args, ...at]);

/** Adds a key with a canary to each object of a text, or a line at its end. */
function withCanaries(text: string, name: string): string {
  const mine = `${canary}-${name}`;
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

/** What every method and provider changes: the sources, and what may leave the Mac of them. */
function pollWith(method: (typeof methods)[number], extensionIdentifier: string): void {
  const state = outputs.size % 2;
  mac.apply({ psso: { method, extensionIdentifier, state }, focus: 'on', oktaVerify: '9.1.0' });
  plant();
  const key = `${method} ${extensionIdentifier}`;
  ran(`once: ${key}`, ['once', '--json', ...at]);
  ran(`capture: ${key}`, ['capture', '--redact', ...at]);
  ran(`diagnose: ${key}`, ['diagnose', '--yes', '--force', '--out', out('diagnose.zip'), ...at]);
  for (const [name, bytes] of Object.entries(unzipSync(readFileSync(out('diagnose.zip')))))
    outputs.set(`diagnose: ${key}: ${name}`, strFromU8(bytes, true));
  // A refused text would hide every canary.
  if (extensionIdentifier === providers[0])
    expect(ran(`parse: ${key}`, ['parse', 'app-sso', '--json'], { input: printed('appSso') })).toContain(
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
  mac = installSysroot(sysroot);
  for (const extensionIdentifier of providers)
    for (const method of methods) pollWith(method, extensionIdentifier);
}, 600_000);
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

/** The text of every file below a folder, also as SQLite stores it. */
function filesBelow(path: string): string {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'settings.json')
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n');
}

/** The agent itself: its log, `state.plist`, `agent.json` and what it prints. */
async function runAgent(): Promise<void> {
  const { child, ended } = start(['run', '--every', '1', ...at]);
  const log = join(dataDir, 'agent.log');
  const heartbeat = join(dataDir, 'agent.json');
  const hasStarted = () => existsSync(log) && readFileSync(log, 'utf8').includes('Started.');
  await until(() => hasStarted() && existsSync(heartbeat), 'the start');
  const { mtimeMs } = statSync(heartbeat);
  await until(() => statSync(heartbeat).mtimeMs > mtimeMs, 'a poll');
  child.kill('SIGTERM');
  const { status, stderr } = await ended;
  commandsRun.add('run');
  outputs.set('run', stderr);
  if (status !== 0) refused.push(`run: ${status}: ${stderr}`);
}

test('no text that a source does not need leaves it, by any command', { timeout: 600_000 }, async () => {
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
    'doctor',
    'doctor --json',
    'config',
    'config --json',
    'notify --test --json',
    'diagnose --describe',
    'schema status',
    'completion zsh',
    'version',
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
  ran('simulate', ['simulate', out('simulated')]);
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

  expect([...planted].length).toBeGreaterThanOrEqual(19);
  const found = [...outputs].flatMap(([name, text]) =>
    [...text.matchAll(new RegExp(`${canary}-[\\w./ -]+`, 'g'))].map(([leaked]) => `${name}: ${leaked}`),
  );
  expect([...new Set(found)]).toEqual([]);
  expect(refused).toEqual([]);
  expect(mac.calls('osascript').length).toBeGreaterThan(0);

  const never = listedCommands().filter((command) => !commandsRun.has(command));
  expect(commandsRun.size).toBeGreaterThan(20);
  expect(never).toEqual([]);
});

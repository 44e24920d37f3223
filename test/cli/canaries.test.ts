import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { installSysroot, type Sysroot, folder as simulated } from '../../agent/simulation/sysroot.ts';
import { cli } from '../helpers/cli.ts';

const methods = ['password', 'secureEnclaveKey', 'smartCard', 'accessKey', 'openId'] as const;
const providers = [
  'com.microsoft.CompanyPortalMac.ssoextension',
  'com.okta.mobile.auth-service-extension',
  'com.example.sso',
];
const canary = 'kanarienvogel';
let folder: string;
let at: string[];
let sysroot: string;
let mac: Sysroot;
/** A command that did not run would hide every canary. */
const refused: string[] = [];
const outputs = new Map<string, string>();
/** The canaries that a source's text has, by the name of its answer or file. */
const planted = new Set<string>();

function psso(...args: string[]): string {
  const { status, stdout, stderr } = cli([...args, ...at]);
  if ((status !== 0 && status !== 1) || stderr.includes('unexpected'))
    refused.push(`${args.join(' ')}: ${status}: ${stderr}`);
  outputs.set(args.join(' '), stdout + stderr);
  return stdout;
}

/** Adds a key with a canary to each object of a text, or a line at its end. */
function withCanaries(text: string, name: string): string {
  const mine = `${canary}-${name}`;
  if (text.includes('<plist'))
    return text.replace(/<dict>/g, `<dict><key>${mine}-key</key><string>${mine}-value</string>`);
  if (/\{\n? *"/.test(text)) return text.replace(/\{(\n? *)"/g, `{$1"${mine}-key" : "${mine}-value",$1"`);
  return `${text}${mine}: ${mine}-value\n`;
}

/** In each answer of a command, on both of its outputs, and in each file of the Mac. */
function plant(): void {
  const answers = join(sysroot, simulated, 'answers');
  for (const name of readdirSync(answers)) {
    const text = readFileSync(join(answers, name), 'utf8');
    const [, out = '', err = '', status = ''] =
      /^printf '%s' '(.*)'\nprintf '%s' '(.*)' >&2\nexit (\d+)\n$/s.exec(text) ?? [];
    expect([name, status]).not.toEqual([name, '']);
    writeFileSync(
      join(answers, name),
      `printf '%s' '${withCanaries(out, name)}'\nprintf '%s' '${err}${canary}-${name}-stderr' >&2\nexit ${status}\n`,
    );
    planted.add(name);
  }
  for (const path of [
    'Library/Managed Preferences/com.apple.extensiblesso.plist',
    'Applications/Company Portal.app/Contents/Info.plist',
    'System/Library/CoreServices/SystemVersion.plist',
  ]) {
    const file = join(sysroot, path);
    const text = readFileSync(file, 'utf8');
    if (text.startsWith('<?xml')) writeFileSync(file, withCanaries(text, path));
    planted.add(path);
  }
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'psso-monitor-canaries-'));
  sysroot = join(folder, 'mac');
  const dataDir = join(folder, 'data');
  at = ['--sysroot', sysroot, '--data-dir', dataDir];
  mkdirSync(dataDir);
  writeFileSync(join(dataDir, 'settings.json'), JSON.stringify({ Planted: `${canary}-setting` }));
  mac = installSysroot(sysroot);
  for (const extensionIdentifier of providers) {
    for (const method of methods) {
      mac.apply({ psso: { method, extensionIdentifier, state: outputs.size % 2 } });
      plant();
      const seen = JSON.parse(psso('once', '--json'));
      outputs.set(`once: ${method} ${extensionIdentifier}`, JSON.stringify(seen));
      // A refused text would hide every canary.
      if (extensionIdentifier === providers[0])
        expect(cli(['parse', 'app-sso', '--json'], { input: printed('appSso') }).stdout).toContain(
          `"method": "${method}"`,
        );
    }
  }
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function printed(answer: string): string {
  const text = readFileSync(join(sysroot, simulated, 'answers', answer), 'utf8');
  return /^printf '%s' '(.*)'\nprintf/s.exec(text)?.[1] ?? '';
}

/** The text of every file below a folder, also as SQLite stores it. */
function filesBelow(path: string): string {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'settings.json')
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n');
}

test('no text that a source does not need leaves it, by any command', { timeout: 300_000 }, () => {
  for (const line of [
    'status',
    'status --json',
    'events',
    'events --json',
    'issues --all',
    'issues --all --json',
    'sync --json',
    'explain registration-needs-repair --json',
    'export',
    'export --format csv --view events',
    'advice',
    'attribute headline',
    'doctor --json',
    'config',
    'capture --redact',
    'diagnose --describe',
  ])
    psso(...line.split(' '));
  for (const [source, answer] of [
    ['app-sso', 'appSso'],
    ['password-policy', 'pwpolicy'],
    ['account', 'dscl'],
    ['log', 'log'],
  ] as const) {
    const { stdout, stderr } = cli(['parse', source, '--json', ...at], { input: printed(answer) });
    outputs.set(`parse ${source}`, stdout + stderr);
  }
  const out = (name: string) => join(folder, 'out', name);
  mkdirSync(join(folder, 'out'));
  psso('report', '--out', out('report.html'));
  psso('export', '--format', 'sqlite', '--out', out('copy.db'));
  psso('diagnose', '--yes', '--out', out('diagnose.zip'));
  cli(['fleet', join(folder, 'data'), '--out', out('merged.db'), '--html', out('fleet.html')]);
  const archive = unzipSync(readFileSync(out('diagnose.zip')));
  for (const [name, bytes] of Object.entries(archive))
    outputs.set(`diagnose: ${name}`, strFromU8(bytes, true));
  outputs.set('files of the agent', filesBelow(join(folder, 'data')));
  outputs.set('files that commands wrote', filesBelow(join(folder, 'out')));
  outputs.set('notifications', JSON.stringify(mac.calls('osascript')));

  expect(planted.size).toBeGreaterThan(12);
  const found = [...outputs].flatMap(([name, text]) =>
    [...text.matchAll(new RegExp(`${canary}-[\\w./ -]+`, 'g'))].map(([leaked]) => `${name}: ${leaked}`),
  );
  expect([...new Set(found)]).toEqual([]);
  expect(refused).toEqual([]);
});

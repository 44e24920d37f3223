import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { jsonSchemaOf, jsonSchemaText, schemaFileName } from '../../../agent/cli/output/json-schema.ts';
import { publishedOutputs } from '../../../agent/cli/output/published.ts';
import { initialMac } from '../../../agent/mac/simulated/model.ts';
import type { SimulatedCommand } from '../../../agent/mac/simulated/renderer.ts';
import { answerOf } from '../../../agent/simulation/answer.ts';
import { installSysroot } from '../../../agent/simulation/sysroot.ts';
import { incompatibilities, schemaOf } from '../../../scripts/schema-compatibility.ts';
import { cli } from '../../helpers/cli.ts';
import { replayInto } from '../../helpers/replay-into.ts';
import { scenarioFile } from '../../helpers/scenario-file.ts';

const docs = fileURLToPath(new URL('../../../docs/schemas/', import.meta.url));
const scenario = scenarioFile;

const ajv = () => new Ajv2020({ strict: true, allowUnionTypes: true, formats: { date: true } });

let folder: string;
/** The values of the words in capitals below: a simulated Mac, histories, files. */
let places: Readonly<Record<string, string>>;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'psso-monitor-schemas-'));
  const at = (name: string) => join(folder, name);
  const write = (name: string, text: string) => {
    writeFileSync(at(name), text);
    return at(name);
  };
  const state = initialMac({ start: Date.now(), macos: '15.6', user: 'alex' });
  const answered = (command: SimulatedCommand) => {
    const answer = answerOf(state, command, [])(Date.now());
    return write(`${command}.txt`, answer.kind === 'exited' ? answer.stdout : '');
  };
  mkdirSync(at('wrong'));
  writeFileSync(at('wrong/settings.json'), '{"RetentionDays": "many", "Unheard": 1}');
  places = {
    MAC: at('mac'),
    PULLED: at('pulled'),
    BROKEN: at('pulled/broken'),
    FINE: at('pulled/fine'),
    WRONG: at('wrong'),
    NONE: at('none'),
    NEW: at('new'),
    ZIP: at('case.zip'),
    CAPTURE: at('capture.ndjson'),
    DAY: scenario('working-day'),
    APPSSO: answered('appSso'),
    POLICY: answered('pwpolicy'),
    ACCOUNT: answered('dscl'),
    LOG: answered('log'),
    NONSENSE: write('nonsense.txt', 'no such thing\n{"a": ['),
    RULES: write('rules.json', '{"org-x": {"When": "tokens.ageMinutes > 60", "Title": "A rule"}}'),
    PROFILE: write(
      'settings.plist',
      '<plist><dict><key>RetentionDays</key><string>many</string></dict></plist>',
    ),
  };
  installSysroot(at('mac'), { notifiers: ['dialog'] });
  for (const [name, place] of [
    ['insufficient-join-permissions-silent', 'BROKEN'],
    ['working-day', 'FINE'],
  ] as const)
    await replayInto(places[place] ?? '', scenario(name));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(publishedOutputs.map((published) => ({ name: published.name, published })))(
  '$name',
  ({ published }) => {
    test('is the same in docs/schemas', () => {
      const kept = readFileSync(join(docs, schemaFileName(published)), 'utf8');
      expect(incompatibilities(schemaOf(JSON.parse(kept)), jsonSchemaOf(published))).toEqual([]);
      expect(jsonSchemaText(published), 'npm run schemas writes it again').toBe(kept);
    });

    test('is a JSON Schema of draft 2020-12 with a unique name', () => {
      const schema = jsonSchemaOf(published);
      expect(schema.$id).toBe(`urn:psso-monitor:schema:${published.name}:v${published.version}`);
      expect(ajv().compile(schema)).toBeTypeOf('function');
    });
  },
);

test('docs/schemas holds only published schemas and no future version', () => {
  for (const file of readdirSync(docs).filter((name) => name.endsWith('.json'))) {
    const [, name, version] = /^(.+)\.v(\d+)\.json$/.exec(file) ?? [];
    const published = publishedOutputs.find((one) => one.name === name);
    expect([file, published !== undefined && Number(version) <= published.version]).toEqual([file, true]);
  }
});

/** The same schema without additional properties: it must name everything that is printed. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const parts = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  return 'properties' in parts ? { ...parts, additionalProperties: false } : parts;
}

/** The calls that print each output, by the name of its schema. */
const calls: Readonly<Record<string, readonly string[]>> = {
  once: ['once --json --sysroot MAC --data-dir NEW'],
  status: ['status --json --data-dir BROKEN', 'status --json --data-dir FINE'],
  events: ['events --json --data-dir BROKEN', 'events --json --data-dir FINE'],
  issues: ['issues --all --json --data-dir BROKEN', 'issues --all --json --data-dir FINE'],
  sync: ['sync --json --data-dir FINE'],
  validate: ['validate --json --data-dir FINE'],
  explain: [
    'explain registration-long-running-macos14 --json --data-dir BROKEN',
    'explain insufficient-join-permissions-silent --json --data-dir BROKEN',
    'explain sso-tokens-expired --json --data-dir NONE',
  ],
  silence: ['silence psso-not-registered --for 7d --json --data-dir NEW', 'silence --json --data-dir NONE'],
  catalogue: ['catalogue --json'],
  'parse-app-sso': ['parse app-sso APPSSO', 'parse app-sso NONSENSE'],
  'parse-password-policy': ['parse password-policy POLICY', 'parse password-policy NONSENSE'],
  'parse-account': ['parse account ACCOUNT', 'parse account NONSENSE'],
  'parse-log': ['parse log LOG', 'parse log NONSENSE'],
  replay: ['replay DAY --json'],
  'try-rules': ['catalogue --try RULES --scenario DAY --json'],
  export: ['export --data-dir BROKEN', 'export --data-dir FINE'],
  ndjson: ['export --since-id 0 --data-dir BROKEN', 'export --since-id 0 --data-dir FINE'],
  attribute: ['attribute --json --data-dir FINE', 'attribute --json --data-dir NONE'],
  advice: ['advice --as dialog --data-dir FINE', 'advice --as dialog --data-dir BROKEN'],
  fleet: ['fleet PULLED --json', 'fleet PULLED --since 2026-03-02 --json'],
  doctor: ['doctor --json --sysroot MAC --data-dir FINE', 'doctor --json --sysroot NONE --data-dir NONE'],
  diagnose: ['diagnose --yes --json --out ZIP --sysroot MAC --data-dir FINE'],
  capture: ['capture --redact --json --out CAPTURE --sysroot MAC --data-dir NONE'],
  config: ['config --json --sysroot MAC --data-dir NONE', 'config --json --sysroot MAC --data-dir WRONG'],
  'config-key': [
    'config QuietHours --json --sysroot MAC --data-dir NONE',
    'config RetentionDays --json --sysroot MAC --data-dir WRONG',
  ],
  'config-check': ['config --check PROFILE --json'],
  notify: ['notify --test --json --sysroot MAC', 'notify --test --json --sysroot NONE'],
  version: ['version --json'],
};

test('every schema is tested below', () => {
  expect(Object.keys(calls).sort()).toEqual(publishedOutputs.map(({ name }) => name).sort());
});

describe('the output is valid by its schema, which names all of it', () => {
  test.each(
    publishedOutputs.flatMap((published) =>
      (calls[published.name] ?? []).map((call) => ({
        call,
        form: published.form,
        file: schemaFileName(published),
      })),
    ),
  )('$call', ({ form, call, file }) => {
    const { status, stdout, stderr } = cli(call.split(' ').map((word) => places[word] ?? word));
    expect([status === 0 || status === 1 || status === 3, stderr]).toEqual([true, '']);
    const documents: unknown[] =
      form === 'lines'
        ? stdout
            .trimEnd()
            .split('\n')
            .map((line) => JSON.parse(line))
        : [JSON.parse(stdout)];
    const schema = schemaOf(JSON.parse(readFileSync(join(docs, file), 'utf8')));
    const validate = ajv().compile(schemaOf(closed(schema)));
    for (const document of documents) expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
  });
});

describe('psso-monitor schema', () => {
  test('lists all schemas', () => {
    const { status, stdout } = cli(['schema']);
    expect(status).toBe(0);
    for (const { name, version } of publishedOutputs)
      expect(stdout).toMatch(new RegExp(`^${name} +v${version} `, 'm'));
  });

  test.each(['status', 'parse-app-sso', 'events'])('prints the file in docs/schemas: %s', (name) => {
    expect(cli(['schema', name])).toEqual({
      status: 0,
      stdout: readFileSync(join(docs, `${name}.v1.json`), 'utf8'),
      stderr: '',
    });
  });

  test('names the known schemas for an unknown one', () => {
    expect(cli(['schema', 'run'])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('there is no schema "run"; `psso-monitor schema` lists them.'),
    });
    expect(cli(['schema', 'parse']).stderr).toContain('choose one of parse-app-sso, parse-password-policy');
  });
});

describe('npm run schemas', () => {
  const script = fileURLToPath(new URL('../../../scripts/write-schemas.ts', import.meta.url));
  const write = (to: string) => spawnSync(process.execPath, [script, to], { encoding: 'utf8' });

  test('writes docs/schemas and refuses a breaking change', () => {
    const to = join(folder, 'written');
    expect(write(to)).toMatchObject({ status: 0, stderr: '' });
    const file = join(to, 'status.v1.json');
    expect(readFileSync(file, 'utf8')).toBe(readFileSync(join(docs, 'status.v1.json'), 'utf8'));

    const richer = readFileSync(file, 'utf8').replace(
      '"headlineText": {',
      '"mood": { "type": "string" }, "headlineText": {',
    );
    writeFileSync(file, richer);
    const refused = write(to);
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain('status.v1.json is not written');
    expect(refused.stderr).toContain('mood is gone');
    expect(readFileSync(file, 'utf8')).toBe(richer);
  });
});

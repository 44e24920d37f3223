import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  readExport,
  readPasswordChanges,
  textOf,
} from '../../../agent/fleet/password-changes/read-changes.ts';
import { ProblemError, UsageError } from '../../../agent/shared/errors.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'psso-monitor-changes-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function read(content: string | Uint8Array, name = 'export') {
  const path = join(folder, name);
  writeFileSync(path, content);
  return readPasswordChanges(path);
}

const at = (iso: string) => Date.parse(iso);

/** The columns of the portal's export that come before the target's name, and one after it. */
const portalHeader =
  '"Date (UTC)","CorrelationId","Service","Category","Activity","Result","ResultReason","User Agent",' +
  '"ActorType","ActorDisplayName","ActorObjectId","ActorUserPrincipalName","IPAddress","Target1Type",' +
  '"Target1DisplayName","Target1ObjectId","Target1UserPrincipalName","Target1ModifiedProperty1Name"';
const portalRow = (time: string, activity: string, result: string, user: string) =>
  `"${time}","c","Core Directory","UserManagement","${activity}","${result}","","","User","","","admin@example.com",` +
  `"192.0.2.1","User","","id","${user}",""`;

describe('the CSV of the portal', () => {
  test('has changes and resets of success, by their target', () => {
    const rows = [
      portalHeader,
      portalRow('2026-11-23T09:00:00.1234567+00:00', 'Change user password', 'success', 'jo@example.com'),
      portalRow('2026-11-23T09:10:00+00:00', 'Reset password (self-service)', 'success', 'bo@example.com'),
      portalRow('2026-11-23T09:20:00+00:00', 'Reset password (by admin)', 'failure', 'al@example.com'),
      portalRow('2026-11-23T09:30:00+00:00', 'Update user', 'success', 'al@example.com'),
      portalRow('2026-11-23T09:40:00', 'Change password (self-service)', 'Success', 'al@example.com'),
    ];
    expect(read(`\ufeff${rows.join('\r\n')}\r\n`)).toMatchObject({
      format: 'entra-csv',
      entries: 5,
      failed: 1,
      otherActivities: 1,
      repeated: 0,
      changes: [
        { entry: 2, at: at('2026-11-23T09:00:00.123Z'), user: 'jo@example.com' },
        { entry: 3, at: at('2026-11-23T09:10:00Z'), user: 'bo@example.com' },
        { entry: 6, at: at('2026-11-23T09:40:00Z'), user: 'al@example.com' },
      ],
    });
  });

  test('writes two entries of one reset, which counts once', () => {
    const rows = [
      portalHeader,
      portalRow('2026-11-23T09:00:02Z', 'Reset password (by admin)', 'success', 'Jo@example.com'),
      portalRow('2026-11-23T09:00:00Z', 'Reset user password', 'success', 'jo@example.com'),
      portalRow('2026-11-23T09:05:00Z', 'Change user password', 'success', 'jo@example.com'),
    ];
    expect(read(rows.join('\n'))).toMatchObject({
      repeated: 1,
      changes: [
        { entry: 3, at: at('2026-11-23T09:00:00Z') },
        { entry: 4, at: at('2026-11-23T09:05:00Z') },
      ],
    });
  });

  test('without a needed column names it', () => {
    const header = portalHeader.replace('"Result",', '');
    expect(() => read(header)).toThrow(/export, line 1: the column Result is missing\./);
  });
});

describe('a plain CSV', () => {
  test('has any of three delimiters, other columns, and offsets', () => {
    const lines = ['Note;At;User', 'a;2026-11-23 10:00:00+01:00;jo', ';2026-11-23T09:10:00-00:30;"b;o"'];
    const changes = [
      { entry: 2, at: at('2026-11-23T09:00:00Z'), user: 'jo' },
      { entry: 3, at: at('2026-11-23T09:40:00Z'), user: 'b;o' },
    ];
    expect(read(lines.join('\n'))).toMatchObject({ format: 'csv', changes });
    const tabs = lines.join('\n').replaceAll(';', '\t').replace('"b\to"', 'b;o');
    expect(read(tabs)).toMatchObject({ format: 'csv', changes });
  });

  test.each([
    ['user,at\njo,yesterday', 'export, line 2, column "at": "yesterday" is no time.'],
    ['user,at\njo,2026-11-23T09:00:00', '"2026-11-23T09:00:00" is no time.'],
    ['user,at\njo,2026-02-30T09:00:00Z', '"2026-02-30T09:00:00Z" is no time.'],
    ['user,at\njo,2026-11-23T25:00:00Z', '"2026-11-23T25:00:00Z" is no time.'],
    ['user,at\njo,2026-11-23T09:00:00+99:00', 'is no time.'],
    ['user,at\njo', 'export, line 2, column "at": "" is no time.'],
    ['user,at\n\n,2026-11-23T09:00:00Z', 'export, line 3, column "user": the user is missing.'],
    ['name,when\njo,2026-11-23T09:00:00Z', 'neither those of an audit log of Entra nor user and at.'],
    ['user,at\n"jo,2026-11-23T09:00:00Z', 'a quote is not closed before the end of the file.'],
    ['user,at\n"jo"x,2026-11-23T09:00:00Z', 'export, line 2: a quote is at the wrong place.'],
    ['', 'export: the file is empty.'],
  ])('%j is refused with its place', (text, message) => {
    expect(() => read(text)).toThrow(ProblemError);
    expect(() => read(text)).toThrow(message);
  });
});

describe('the JSON of Graph', () => {
  const entry = (change: object = {}) => ({
    activityDateTime: '2026-11-23T09:00:00.5Z',
    activityDisplayName: 'Change user password',
    result: 'success',
    targetResources: [
      { type: 'Other', userPrincipalName: null },
      { type: 'User', userPrincipalName: ' jo@example.com ' },
    ],
    ...change,
  });

  test('is an answer with value, or a list', () => {
    const changes = [{ entry: 1, at: at('2026-11-23T09:00:00.500Z'), user: 'jo@example.com' }];
    const list = [entry(), entry({ result: 'failure' }), entry({ activityDisplayName: 'Update user' })];
    const found = { format: 'entra-json', entries: 3, failed: 1, otherActivities: 1, changes };
    expect(read(JSON.stringify(list))).toMatchObject(found);
    expect(read(`\ufeff${JSON.stringify({ '@odata.context': 'c', value: list })}`)).toMatchObject(found);
  });

  test.each([
    [
      JSON.stringify([entry(), { ...entry(), activityDateTime: 7 }]),
      'export, entry 2: "activityDateTime" is',
    ],
    [JSON.stringify([entry(), 'text']), 'export, entry 2: the entry is no object.'],
    [JSON.stringify([entry({ activityDateTime: 'now' })]), 'entry 1, activityDateTime: "now" is no time.'],
    [JSON.stringify({ records: [] }), 'neither a list of audit entries nor an answer of Graph'],
    [JSON.stringify({ value: [], '@odata.nextLink': 'https://example.com' }), 'one page of several'],
    ['[{"activityDateTime":', "the JSON can't be parsed."],
  ])('%s is refused with its place', (text, message) => {
    expect(() => read(text)).toThrow(ProblemError);
    expect(() => read(text)).toThrow(message);
  });
});

describe('a hostile file', () => {
  test('with formulas and control characters is text, and an error about it is one safe line', () => {
    const user = '=HYPERLINK("http://example.com")';
    const row = (name: string, time: string) => `user,at\n"${name.replaceAll('"', '""')}",${time}`;
    expect(read(row(user, '2026-11-23T09:00:00Z')).changes).toMatchObject([{ user }]);
    expect(() => read(row('jo', '"\u001b[31m\u202e=1+1\nx"'))).toThrow('"[31m=1+1 x" is no time.');
  });

  test('of 1 GB is refused before it is read', () => {
    const path = join(folder, 'large');
    const file = openSync(path, 'w');
    writeSync(file, 'user,at\n"');
    ftruncateSync(file, 1024 ** 3);
    closeSync(file);
    expect(() => readPasswordChanges(path)).toThrow(UsageError);
    expect(() => readPasswordChanges(path)).toThrow('filter the export to the password activities');
    rmSync(path);
  });

  test('with a line that does not end is refused', () => {
    expect(() => read(`user,at\n${'x'.repeat(3_000_000)}`)).toThrow('a row is longer than 1 MB.');
    expect(() => read(`user,at\n"${'x\n'.repeat(1_500_000)}`)).toThrow('a row is longer than 1 MB.');
  });

  test('in another encoding is read by its mark, or refused', () => {
    const text = 'user,at\njürgen,2026-11-23T09:00:00Z\n';
    const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le');
    expect(read(utf16).changes).toMatchObject([{ user: 'jürgen' }]);
    expect(read(Buffer.from(utf16).swap16()).changes).toMatchObject([{ user: 'jürgen' }]);
    expect(() => read(Buffer.from(text, 'latin1'))).toThrow('the text is not UTF-8.');
    expect(() => read(Buffer.from(text.replace('ü', 'u'), 'utf16le'))).toThrow('the file is not text.');
  });

  test('that is no file is refused', () => {
    expect(() => readPasswordChanges(folder)).toThrow("can't be read: it is a folder.");
    expect(() => readPasswordChanges(join(folder, 'absent'))).toThrow('there is no such file.');
  });

  test('of any bytes gives changes or one of the two errors', () => {
    const piece = fc.constantFrom(
      'user,at',
      '\n',
      '"',
      ',',
      ';',
      '[{',
      '"value":',
      'jo',
      '2026-11-23T09:00:00Z',
    );
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.array(fc.oneof(piece, fc.string({ unit: 'binary' }))).map((parts) => Buffer.from(parts.join(''))),
    );
    fc.assert(
      fc.property(bytes, (content) => {
        try {
          const { changes } = readExport('export', textOf('export', content));
          expect(changes.every((one) => Number.isSafeInteger(one.at))).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(ProblemError);
        }
      }),
    );
  });
});

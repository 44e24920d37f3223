import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, describe, expect, test } from 'vitest';
import { KnownSchemas } from '../../agent/untrusted/known-schemas.ts';
import { changed, history, hostile } from './untrusted-databases.ts';

const folder = mkdtempSync(join(tmpdir(), 'psso-monitor-known-schemas-'));
afterAll(() => rmSync(folder, { recursive: true }));

let made = 0;
const ofMac = (sql: string) => new Database(changed(history(join(folder, `${++made}.db`)), sql));

describe('the schemas that a reader knows', () => {
  test('are those of a history, whatever else is in it', () => {
    const schemas = new KnownSchemas();
    const tables = schemas.check(ofMac(''), 'main');
    expect(tables).toContain('event');
    expect(schemas.check(ofMac(''), 'main')).toEqual(tables);
    expect(schemas.check(ofMac('CREATE TABLE mac (name);'), 'main')).toEqual([...tables, 'mac']);
  });

  const foreign = hostile.filter(([, , reason]) => reason === 'foreignSchema');
  test.each(foreign)('are no others, twice after a valid one: %s', (_what, sql, _reason, says) => {
    const schemas = new KnownSchemas();
    schemas.check(ofMac(''), 'main');
    for (const _time of [1, 2]) expect(() => schemas.check(ofMac(sql), 'main')).toThrow(says);
    expect(() => schemas.check(ofMac(''), 'main')).not.toThrow();
  });

  test('are checked again when there are many', () => {
    const schemas = new KnownSchemas();
    for (let more = 0; more < 20; more++)
      expect(schemas.check(ofMac(`CREATE TABLE more_${more} (name);`), 'main')).toContain(`more_${more}`);
  });
});

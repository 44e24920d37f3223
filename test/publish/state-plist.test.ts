import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { parse } from 'plist';
import { expect, onTestFinished, test } from 'vitest';
import { type PublishedState, statePlist } from '../../agent/publish/state-plist.ts';
import { sanitiseLine } from '../../agent/shared/safe-text.ts';
import { installSysroot } from '../../agent/simulation/sysroot.ts';
import { cli, start } from '../helpers/cli.ts';
import { convertedPlist } from '../helpers/converted-plist.ts';
import { until } from '../helpers/until.ts';

const updatedAt = '2026-11-23T10:00:00Z';
const instant = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((date) => `${date.toISOString().slice(0, 19)}Z`);
const any = fc.string({ unit: 'grapheme' });
const published: fc.Arbitrary<PublishedState> = fc.record({
  headline: any,
  headlineSince: fc.option(instant),
  history: fc.option(any),
  lastConfirmedGoodAt: fc.option(instant),
  passwordWindow: any,
  openIssues: fc.array(fc.record({ id: any, severity: any, openedAt: instant, summary: any }), {
    maxLength: 4,
  }),
  checkIntervalSeconds: fc.integer({ min: 1, max: 3600 }),
  agentVersion: any,
  macos: any,
});

/** What XML can hold of a text. */
const held = (text: string) =>
  sanitiseLine(text)
    .toWellFormed()
    .replace(/[\ufffe\uffff]/g, '');

test('the plist package reads every text back', () => {
  fc.assert(
    fc.property(published, (state) => {
      const read = parse(statePlist(state, updatedAt));
      expect(read).toEqual({
        headline: held(state.headline),
        passwordWindow: held(state.passwordWindow),
        agentVersion: held(state.agentVersion),
        macos: held(state.macos),
        checkIntervalSeconds: state.checkIntervalSeconds,
        updatedAt: new Date(updatedAt),
        ...(state.headlineSince === null ? {} : { headlineSince: new Date(state.headlineSince) }),
        ...(state.history === null ? {} : { history: held(state.history) }),
        ...(state.lastConfirmedGoodAt === null
          ? {}
          : { lastConfirmedGoodAt: new Date(state.lastConfirmedGoodAt) }),
        openIssues: state.openIssues.map(({ id, severity, openedAt, summary }) => ({
          id: held(id),
          severity: held(severity),
          openedAt: new Date(openedAt),
          summary: held(summary),
        })),
      });
    }),
    { numRuns: 200 },
  );
});

test('each change writes the state beside the database, and a short poll writes nothing', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'psso monitor state '));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [sysroot, data] = [join(folder, 'mac'), join(folder, 'data')];
  const mac = installSysroot(sysroot);
  const file = join(data, 'state.plist');
  const state = () => {
    return parse(convertedPlist(readFileSync(file), 'xml').toString()) as Record<string, unknown>;
  };
  const agent = start(['run', '--sysroot', sysroot, '--data-dir', data, '--every', '1']);
  onTestFinished(async () => {
    agent.child.kill('SIGKILL');
    await agent.ended;
  });
  await until(() => existsSync(file) && state().headline === 'ok', 'the state');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(state().lastConfirmedGoodAt).toBeInstanceOf(Date);
  expect(state().openIssues).toEqual([]);

  const polls = () => statSync(join(data, 'agent.json')).mtimeMs;
  const [inode, poll] = [statSync(file).ino, polls()];
  await until(() => polls() > poll + 2000, 'two more polls');
  expect(statSync(file).ino).toBe(inode);

  mac.apply({ psso: { registered: false, userPresent: false } });
  await until(() => state().headline === 'needs-attention', 'the change');
  expect(state().openIssues).toMatchObject([
    { id: 'registration-needs-repair', severity: expect.any(String) },
  ]);
});

test('a replay that keeps its database leaves the state beside it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'psso-monitor-state-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  cli([
    'replay',
    join(import.meta.dirname, '../scenarios/registration-needs-repair.ndjson'),
    '--data-dir',
    folder,
  ]);
  expect(parse(readFileSync(join(folder, 'state.plist'), 'utf8'))).toMatchObject({
    agentVersion: expect.any(String),
  });
});

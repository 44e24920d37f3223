import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod/mini';
import { agentOptions, isScheduled } from './fleet-schema.ts';
import { constructed, ofFleet, policies, policy, queryNamed, reports, text } from './osquery-files.ts';

describe('the files for Fleet and for packs', () => {
  test("Fleet's options have the same tables", () => {
    const { config } = agentOptions.parse(parse(text('fleet-agent-options.yml')));
    expect(config.auto_table_construction).toEqual(constructed);
  });

  test('the pack has what Fleet schedules, with names that are valid columns of a log', () => {
    const pack = z.strictObject({
      platform: z.literal('darwin'),
      queries: z.record(
        z.string().check(z.regex(/^psso_monitor_[a-z_]+$/)),
        z.strictObject({
          query: z.string(),
          interval: z.int().check(z.gte(3600)),
          snapshot: z.optional(z.literal(true)),
          removed: z.optional(z.literal(false)),
          description: z.string(),
        }),
      ),
    });
    const { queries } = pack.parse(JSON.parse(text('psso-monitor-pack.json')));
    expect(Object.values(queries)).toEqual(
      reports.filter(isScheduled).map(({ query, interval, description, logging }) => ({
        query,
        interval,
        description,
        ...(logging === 'snapshot' ? { snapshot: true } : { removed: false }),
      })),
    );
  });

  test('the files for GitOps have what queries.yml has', () => {
    const of = (wanted: string) => ofFleet.flatMap(({ kind, spec }) => (kind === wanted ? [spec] : []));
    expect(reports).toEqual(of('query'));
    expect(policies.map(({ webhooks_and_tickets_enabled: _, ...policy }) => policy)).toEqual(of('policy'));
    const names = [...reports, ...policies].map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  test('the page says which run on a schedule, and how often', () => {
    const page = readFileSync(join(import.meta.dirname, '../../docs/admin/pulling-with-osquery.md'), 'utf8');
    for (const report of reports) {
      const { name, interval = 0, logging = 'snapshot' } = report;
      const [, words = ''] = /^PSSO Monitor, (.*)$/.exec(name) ?? [];
      const often = isScheduled(report) ? `every ${interval / 3600} h` : 'when you click it';
      const row = page.split('\n').find((line) => line.startsWith(`| *${words}* |`));
      expect(row, words).toContain(`| ${often} |`.replace('every 1 h', 'every hour'));
      if (isScheduled(report)) expect(row).toContain(logging === 'snapshot' ? 'report' : 'log destination');
    }
  });
});

describe('the queries', () => {
  const home = (user: string) => `/Users/${user}/Library/Application Support/PSSO Monitor`;
  /** osquery's tables with the headlines of some users; `ago`: seconds since the agent's last poll. */
  function tablesWith(...given: { user: string; headline?: string; ago: number; issue?: string }[]) {
    const db = new Database(':memory:');
    db.exec('CREATE TABLE file (path TEXT, directory TEXT, filename TEXT, mtime BIGINT)');
    for (const [name, { columns }] of Object.entries(constructed))
      db.exec(`CREATE TABLE ${name} (path TEXT, ${columns.join(' TEXT, ')} TEXT)`);
    for (const { user, headline, ago, issue } of given) {
      const [at, now] = [`${home(user)}/events.db`, Math.floor(Date.now() / 1000)];
      db.prepare('INSERT INTO file VALUES (?, ?, ?, ?)').run(
        `${home(user)}/agent.json`,
        home(user),
        'agent.json',
        now - ago,
      );
      if (headline !== undefined)
        db.prepare("INSERT INTO psso_monitor_state (path, key, value) VALUES (?, 'headline', ?)").run(
          at,
          headline,
        );
      if (issue !== undefined)
        db.prepare("INSERT INTO psso_monitor_issues (path, issue, status) VALUES (?, ?, 'open')").run(
          at,
          issue,
        );
    }
    return db;
  }
  const twoDays = 2 * 86_400;

  test.each([
    ['works', [{ user: 'alex', headline: 'ok', ago: 60 }], true],
    ['exempt', [{ user: 'alex', headline: 'exempt', ago: 60 }], true],
    ['no user', [], false],
    ['needs attention', [{ user: 'alex', headline: 'needs-attention', ago: 60, issue: 'x' }], false],
    [
      'works, with an issue that only the admin can act on',
      [{ user: 'alex', headline: 'ok', ago: 60, issue: 'x' }],
      true,
    ],
    ['unknown', [{ user: 'alex', headline: 'unknown', ago: 60 }], false],
    ['a history that could not be read', [{ user: 'alex', ago: 60 }], false],
    ['an agent that is silent since a healthy poll', [{ user: 'alex', headline: 'ok', ago: twoDays }], false],
    [
      'one of two unknown',
      [
        { user: 'alex', headline: 'ok', ago: 60 },
        { user: 'sam', headline: 'unknown', ago: 60 },
      ],
      false,
    ],
    [
      'one user who is away for days',
      [
        { user: 'alex', headline: 'ok', ago: 60 },
        { user: 'sam', headline: 'needs-attention', ago: twoDays, issue: 'x' },
      ],
      true,
    ],
  ])('the policy: %s', (_what, given, passes) => {
    const db = tablesWith(...given);
    expect(db.prepare(policy).all()).toHaveLength(passes ? 1 : 0);
    db.close();
  });

  test('an unknown lag is null, not 0', () => {
    const db = tablesWith();
    db.exec(
      `INSERT INTO psso_monitor_sync (outcome, lag_seconds, active_lag_seconds)
       VALUES ('abandoned', '', ''), ('token-refreshed', '90', '30'), ('open', '', '')`,
    );
    expect(db.prepare(queryNamed('password windows')).all()).toMatchObject([
      { lag_seconds: null, active_lag_seconds: null },
      { lag_seconds: 90, active_lag_seconds: 30 },
    ]);
    db.close();
  });

  test('the changes before a break are of the same user within a day, to the second', () => {
    const db = tablesWith();
    const insert = db.prepare('INSERT INTO psso_monitor_events (path, at, kind, issue) VALUES (?, ?, ?, ?)');
    insert.run('alex', '2026-03-02T09:00:00.500Z', 'issue-opened', 'registration-needs-repair');
    insert.run('alex', '2026-03-02T09:00:00Z', 'company-portal-updated', '');
    insert.run('alex', '2026-03-01T08:00:00Z', 'macos-updated', '');
    insert.run('sam', '2026-03-02T08:00:00Z', 'profile-changed', '');
    expect(db.prepare(queryNamed('before a break')).all()).toMatchObject([
      { issue: 'registration-needs-repair', kind: 'company-portal-updated' },
    ]);
    db.close();
  });
});

import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { shellWord } from '../../agent/shared/shell-quoted.ts';
import { replay } from '../../agent/simulation/replay.ts';
import { parseScenario } from '../../agent/simulation/scenario.ts';
import { installSysroot } from '../../agent/simulation/sysroot.ts';
import { cli, entry } from '../helpers/cli.ts';
import { checkout } from '../shell/shell-texts.ts';

/** A folder in which the commands of a page run, and its environment. */
export interface PageScratch {
  readonly work: string;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * What the pages take for granted, made once: a simulated Mac whose user has a history, pulled databases, a
 * store, and the files of an admin. `scratch` copies it for a page.
 */
export class PageScratches {
  readonly #folder = mkdtempSync(join(tmpdir(), 'psso-monitor-pages-'));
  #pages = 0;

  async prepare(): Promise<void> {
    const work = join(this.#folder, 'work');
    for (const folder of ['bin', 'work/pulled', 'work/build'])
      mkdirSync(join(this.#folder, folder), { recursive: true });
    installSysroot(join(this.#folder, 'Mac'));
    await live(this.#dataDir(join(this.#folder, 'home')), []);
    await live(join(this.#folder, 'healthy'), passwordChange);
    await live(join(this.#folder, 'broken'), [...passwordChange.slice(0, -1), ...lostRegistration]);
    for (const [from, to] of [
      ['healthy', 'events'],
      ['broken', 'C02X06'],
    ])
      cpSync(join(this.#folder, `${from}/events.db`), join(work, `pulled/${to}.db`));
    const changes = 'user,at\njo@example.com,2026-11-23T09:00:00Z\n';
    for (const name of ['audit-log.csv', 'changes.csv']) writeFileSync(join(work, name), changes);
    writeFileSync(join(work, 'serials.txt'), 'C02X07\nC02X06\n');
    writeFileSync(join(work, 'key.txt'), 'a secret of 20 signs');
    cpSync(join(checkout, 'docs/admin/rules/restart-overdue.json'), join(work, 'own-rules.json'));
    cpSync(join(checkout, 'test/scenarios/registration-needs-repair.ndjson'), join(work, 'scenario.ndjson'));
    symlinkSync(join(checkout, 'share'), join(work, 'share'));
    this.#writeCommand();
    for (const args of [
      ['fleet', join(work, 'pulled'), '--store', join(work, 'store')],
      ['report', '--database', join(work, 'pulled/events.db'), '--out', join(work, 'report.html')],
    ])
      if (cli(args).status !== 0) throw new Error(`psso-monitor ${args.join(' ')} failed`);
  }

  /** `psso-monitor` of the pages: on the simulated Mac. It fails when its exit status is not `$EXPECTED`. */
  #writeCommand(): void {
    const [node, program, mac] = [process.execPath, entry, join(this.#folder, 'Mac')].map(shellWord);
    const script = `#!/bin/sh
${node} ${program} --sysroot ${mac} "$@"
status=$?
[ "$status" = "$EXPECTED" ] && exit 0
echo "exit status $status of: psso-monitor $*" >&2
exit 97
`;
    writeFileSync(join(this.#folder, 'bin/psso-monitor'), script, { mode: 0o755 });
  }

  #dataDir(home: string): string {
    const below =
      process.platform === 'darwin'
        ? 'Library/Application Support/PSSO Monitor'
        : '.local/state/psso-monitor';
    return join(home, below);
  }

  /** A copy for a page. */
  scratch(): PageScratch {
    this.#pages += 1;
    const page = join(this.#folder, `page-${this.#pages}`);
    for (const part of ['work', 'home'])
      cpSync(join(this.#folder, part), join(page, part), { recursive: true });
    const { XDG_STATE_HOME: _, ...inherited } = process.env;
    const path = [join(this.#folder, 'bin'), join(this.#folder, 'Mac/usr/bin'), process.env.PATH].join(
      delimiter,
    );
    return {
      work: join(page, 'work'),
      env: {
        ...inherited,
        PATH: path,
        HOME: join(page, 'home'),
        NO_COLOR: '1',
      },
    };
  }

  delete(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** A day of a Mac that ends now: its state is the present one. */
async function live(dataDir: string, lines: readonly object[]): Promise<void> {
  mkdirSync(dataDir, { recursive: true });
  const start = new Date(Date.now() - 12 * 3_600_000).toISOString();
  const head = { scenario: 's', start, macos: '15.6', user: 'jo', settings: { StoredIdentity: 'full' } };
  const all = [head, ...lines, { at: '+12h', end: true }].map((line) => JSON.stringify(line)).join('\n');
  await replay(parseScenario(all), { dataDir });
}

const passwordChange = [
  { at: '+1h', companyPortal: '5.2602.0' },
  { at: '+2h', psso: { state: 1 } },
  { at: '+3h', psso: { state: 0, receivedAt: '+3h' }, passwordLastSetAt: '+3h' },
  { at: '+10h', psso: { receivedAt: '+10h' } },
];
const lostRegistration = [{ at: '+10h', psso: { registered: false, userPresent: false } }];

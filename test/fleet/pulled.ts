import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { copyDatabase } from '../../agent/export/copy-database.ts';
import { replay } from '../../agent/simulation/replay.ts';
import { parseScenario } from '../../agent/simulation/scenario.ts';

/** One Mac as lines of a scenario; each Mac begins at another time, like real Macs. */
export interface Life {
  readonly start?: string;
  readonly macos?: string;
  readonly lines: readonly object[];
}

/** The database that is pulled from a Mac with these lines, at `folder/name`. */
export async function pulled(folder: string, name: string, life: Life): Promise<string> {
  const home = mkdtempSync(join(tmpdir(), 'psso-monitor-life-'));
  const { start = '2026-03-02T08:00:00Z', macos = '15.6' } = life;
  const target = join(folder, name);
  const head = { scenario: name, start, macos, user: 'alex' };
  try {
    await replay(parseScenario([head, ...life.lines].map((line) => JSON.stringify(line)).join('\n')), {
      dataDir: home,
    });
    mkdirSync(dirname(target), { recursive: true });
    await copyDatabase(join(home, 'events.db'), target, {});
    return target;
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

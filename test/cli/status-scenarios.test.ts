import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { statusLines } from '../../agent/cli/print/status-text.ts';
import { statusOf } from '../../agent/history/status-of.ts';
import { pathsOf } from '../../agent/shared/paths.ts';
import { fromIso, minute } from '../../agent/shared/time.ts';
import { openReader } from '../../agent/store/reader.ts';
import { replayInto } from '../helpers/replay-into.ts';

const folder = join(import.meta.dirname, 'status-scenarios');
const scenarios = readdirSync(folder).filter((name) => name.endsWith('.ndjson'));

/** The lines of `status` two minutes, and two days, after the end of a scenario. */
async function printed(file: string): Promise<string> {
  const dataDir = mkdtempSync(join(tmpdir(), 'psso-monitor-scenarios-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  await replayInto(dataDir, join(folder, file));
  const paths = pathsOf({ dataDir });
  const reader = openReader({ path: paths.database });
  try {
    const end = fromIso(reader.events({ last: 1 })[0]?.at ?? '');
    const at = (minutes: number) => statusLines(statusOf(reader, paths, new Date(end + minutes * minute)));
    return [...at(2), '', ...at(2 * 24 * 60), ''].join('\n');
  } finally {
    reader.close();
  }
}

// Read each recorded text as a helpdesk does: what is wrong, since when, why, and what to do now?
test.each(scenarios)('status alone answers for %s', async (file) => {
  await expect(await printed(file)).toMatchFileSnapshot(join(folder, file.replace('.ndjson', '.status.txt')));
});

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { shellWord } from '../../agent/shared/shell-quoted.ts';
import { bundleAgent, prebuiltAddon } from '../../pkg-build/bundle.ts';

const checkout = fileURLToPath(new URL('../..', import.meta.url));
const scenario = join(checkout, 'scripts/pictures/lost-registration.ndjson');
const clock = join(checkout, 'scripts/pictures/fixed-clock.ts');
/** The end of the scenario. */
const lastPoll = '2026-03-04T15:20:00Z';
export const pictureTime = '2026-03-04T15:22:00Z';
export const timeZone = 'Europe/Berlin';
export const terminalSize = { columns: 80, rows: 20 };

/** The commands print the name of the data folder, so it has the name of a Mac and no path. */
const mac = 'C02EXAMPLE';

export interface ScenarioOutput {
  /** All that `psso-monitor status` wrote to its terminal, with the command itself. */
  readonly terminal: string;
  /** The file that `psso-monitor report` made. */
  readonly report: string;
}

/**
 * Runs the product on the recorded scenario, below an empty folder: as the package has it, so that it prints
 * commands as on a Mac. The terminal is that of script(1).
 */
export async function runScenario(folder: string): Promise<ScenarioOutput> {
  const built = join(folder, 'program');
  const addon = prebuiltAddon(process.arch === 'arm64' ? 'linux-arm64' : 'linux-x64');
  await bundleAgent({ folder: built, addon });
  const program = join(built, 'psso-monitor.mjs');
  const env = { ...process.env, PICTURE_TIME: pictureTime, TZ: timeZone, LC_ALL: 'C.UTF-8' };
  const psso = (...args: readonly string[]) =>
    execFileSync(process.execPath, ['--import', clock, program, ...args, '--data-dir', mac], {
      cwd: folder,
      env,
    });
  mkdirSync(join(folder, mac));
  psso('replay', scenario);
  const run = join(folder, mac, 'agent.json');
  const startedAt = '2026-03-02T07:30:00Z';
  writeFileSync(run, JSON.stringify({ pid: process.pid, startedAt, version: '0.1.0', cleanStop: false }));
  utimesSync(run, new Date(lastPoll), new Date(lastPoll));
  const report = join(folder, 'report.html');
  rmSync(report, { force: true });
  psso('report', '--out', report);

  const bin = join(folder, 'bin');
  mkdirSync(bin);
  const words = [process.execPath, '--import', clock, program].map(shellWord).join(' ');
  writeFileSync(join(bin, 'psso-monitor'), `#!/bin/sh\nexec ${words} "$@"\n`, {
    mode: 0o755,
  });
  const shown = spawnSync(
    'script',
    [
      '-qec',
      `stty cols ${terminalSize.columns} rows ${terminalSize.rows}; PS4='$ ' sh -xc 'psso-monitor status --data-dir ${mac}'`,
      '/dev/null',
    ],
    {
      cwd: folder,
      env: {
        ...env,
        PATH: `${bin}:${process.env.PATH ?? ''}`,
        TERM: 'xterm-256color',
        NO_COLOR: undefined,
        FORCE_COLOR: undefined,
      },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  if (shown.error !== undefined) throw shown.error;
  return { terminal: shown.stdout, report: readFileSync(report, 'utf8') };
}

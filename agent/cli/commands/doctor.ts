import type { Check } from '../../doctor/check.ts';
import { doctorDependencies } from '../../doctor/doctor-dependencies.ts';
import type { CheckResult, DoctorOutput } from '../../doctor/doctor-output.ts';
import { allChecks, checksOfCopy, runChecks } from '../../doctor/run-checks.ts';
import { signInOf } from '../../doctor/sign-in.ts';
import { pathsToRead } from '../../history/paths-to-read.ts';
import { exitStatus } from '../../shared/exit-status.ts';
import type { GlobalOptions } from '../../shared/global-options.ts';
import { asCalled } from '../print/as-called.ts';
import { printJson, printLine, styled } from '../print/print.ts';
import type { Subcommand } from '../subcommand.ts';

export const doctor: Subcommand = {
  reads: 'history',
  configure(command, call) {
    command
      .option('--network', 'connect to the hosts that Platform SSO needs, and check their certificates')
      .option('--json', 'print JSON')
      .addHelpText(
        'after',
        `
Checks the installation, the agent, the history, the settings, the sources and the notifications. Changes
nothing. Each check passes, warns, fails, or could not run, which is no failure. Exit status 1 when one fails.
With --database it checks only that copy of a history. Only --network makes a connection: one TLS handshake
with each host of Apple and Microsoft that Platform SSO needs, without a request.

Example:
  psso-monitor doctor
  psso-monitor doctor --json
`,
      );
    call(async (global) => {
      const { json = false, network = false } = command.opts<{ json?: boolean; network?: boolean }>();
      const isCopy = global.database !== undefined;
      const thisMac = await doctorDependencies(global);
      const dependencies = isCopy ? { ...thisMac, paths: await pathsToRead(global) } : thisMac;
      const checks = await runChecks(
        dependencies,
        isCopy ? checksOfCopy : [...allChecks, ...(network ? [await checkOfNetwork()] : [])],
      );
      const output: DoctorOutput = {
        ok: failing(checks) === 0,
        summary: summaryOf(checks),
        checks,
        signIn: signInOf(dependencies.paths, new Date()),
      };
      if (json) printJson(output);
      else print(output, global);
      return output.ok ? exitStatus.done : exitStatus.problem;
    });
  },
};

/** Loaded only when it is asked for. */
async function checkOfNetwork(): Promise<Check> {
  const { networkCheck } = await import('../../doctor/checks/network.ts');
  const { probeHosts } = await import('../../mac/probe/probe-host.ts');
  return networkCheck(probeHosts);
}

const failing = (checks: readonly CheckResult[]) => checks.filter(({ verdict }) => verdict === 'fail').length;

/** "All checks pass." when each one ran; a check that could not run proves nothing. */
function summaryOf(checks: readonly CheckResult[]): string {
  const count = (verdict: CheckResult['verdict']) =>
    checks.filter((check) => check.verdict === verdict).length;
  const [fails, warns, notRun] = [count('fail'), count('warn'), count('could-not-run')];
  if (fails > 0) return fails === 1 ? '1 check fails.' : `${fails} checks fail.`;
  if (warns + notRun === 0) return 'All checks pass.';
  return [
    'No check fails',
    ...(warns > 0 ? [`${warns} ${warns === 1 ? 'warning' : 'warnings'}`] : []),
    ...(notRun > 0 ? [`${notRun} could not run`] : []),
  ]
    .join('; ')
    .concat('.');
}

const groups: Readonly<Record<CheckResult['group'], string>> = {
  agent: 'Agent',
  history: 'History',
  settings: 'Settings',
  mac: 'Sources',
  notices: 'Notifications',
  versions: 'Versions',
};

const marks = {
  pass: { word: 'ok', style: 'green' },
  warn: { word: 'warning', style: 'yellow' },
  fail: { word: 'FAILS', style: 'red' },
  'could-not-run': { word: 'not run', style: 'dim' },
} as const;
const widest = 'warning'.length;

function print({ summary, checks, signIn }: DoctorOutput, global: GlobalOptions): void {
  printLine(styled('bold', summary));
  for (const [group, title] of Object.entries(groups)) {
    const mine = checks.filter((check) => check.group === group);
    if (mine.length === 0) continue;
    printLine();
    printLine(title);
    for (const { verdict, message, next } of mine) {
      const { word, style } = marks[verdict];
      printLine(`  ${styled(style, word.padEnd(widest))}  ${asCalled(message, global)}`);
      if (next !== null) printLine(`  ${' '.repeat(widest)}  → ${asCalled(next, global)}`);
    }
  }
  if (signIn === null) return;
  printLine();
  const whose = global.database === undefined ? 'Sign-in on this Mac' : 'Sign-in in this history';
  printLine(`${whose}: ${signIn.text}. ${asCalled('For details: psso-monitor status', global)}`);
}

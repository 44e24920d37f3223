import { execFileSync, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { type CommandName, commands } from '../../agent/mac/commands.ts';
import { cutToTenSessions } from '../../agent/mac/sources/session/source.ts';
import { agentCommand, type BenchPlace, bareNode } from './bench-place.ts';
import { type Figure, median } from './figure.ts';
import { beside, memoryOf, processorTimeOf, wakeUpsOf } from './processes.ts';

/**
 * The running agent: memory, processor time, wake-ups. One agent polls every `every` seconds for `seconds`.
 * Memory is the median of the second half, measured between polls.
 */
export async function residentFigures(
  place: BenchPlace,
  { seconds, every }: { seconds: number; every: number },
): Promise<Figure[]> {
  // Pages of the unpacked files that are not on the disk yet would count as private dirty: two megabytes.
  execFileSync('sync');
  return [...(await atWork(place, seconds, every)), await wakeUps(place, Math.min(seconds / 2, 60))];
}

const pollsInAnHour = 12;

/**
 * A poll every ten seconds stands for one every five minutes: between two polls nothing happens. The
 * reference is a shell that runs all commands at each poll, at the same interval, so that the caches are
 * equally warm; the agent runs most of them once an hour. A poll each second would be less exact: node-cron
 * then goes through all seconds of an hour.
 */
async function atWork(place: BenchPlace, seconds: number, every: number): Promise<Figure[]> {
  const [agentNode, bare] = [place.node('agent'), place.node('bare')];
  const polls = seconds / every;
  return await beside(bareNode(bare), place.environment, (barePid) =>
    besideAShell(place, every, (shell) =>
      beside(agentCommand(place, agentNode, 'at-work', every), place.environment, async (pid) => {
        // After the second poll, what only the start needed is collected.
        await sleep(3.5 * every * 1000);
        const before = { agent: processorTimeOf(pid), shell: processorTimeOf(shell) };
        const memory: ReturnType<typeof memoryOf>[] = [];
        const ownByHour: number[] = [];
        let hourBegan = before.agent.own;
        for (let poll = 0; poll < polls; poll++) {
          await sleep(every * 1000);
          if (poll >= polls / 2) memory.push(memoryOf(pid));
          if ((poll + 1) % pollsInAnHour === 0) {
            const { own } = processorTimeOf(pid);
            ownByHour.push((own - hourBegan) * 1000);
            hourBegan = own;
          }
          // app-sso prints the time: that nothing has changed has to be found out at each poll.
          place.mac.passTime();
        }
        const after = { agent: processorTimeOf(pid), shell: processorTimeOf(shell) };
        const bareMemory = memoryOf(barePid);
        const held = (name: string, key: keyof typeof bareMemory, limit: number): Figure => ({
          name: `resident memory, ${name}`,
          value: median(memory.map((one) => one[key])) / 1024,
          unit: 'MB',
          reference: { name: 'Node that waits on a timer', value: bareMemory[key] / 1024 },
          limit,
        });
        const hourly = (spent: number) => (spent / polls) * pollsInAnHour * 1000;
        // Too short a run has no whole hour.
        const own = median(ownByHour.length > 0 ? ownByHour : [hourly(after.agent.own - before.agent.own)]);
        const children = hourly(after.agent.children - before.agent.children);
        const reference = {
          name: 'every command at every poll, by a shell',
          value: hourly(after.shell.children - before.shell.children),
        };
        const spent = (name: string, value: number, limit: number): Figure => ({
          name: `processor time of an idle hour, ${name}`,
          value,
          unit: 'ms',
          reference,
          limit,
        });
        return [
          held('PSS', 'pss', 1.35),
          held('private dirty', 'privateDirty', 1.65),
          spent('own', own, 0.9),
          spent("own and its children's", own + children, 1.3),
        ];
      }),
    ),
  );
}

/** The commands of one full poll, as the readers call them. */
const pollCommands: readonly (readonly [CommandName, ...string[]])[] = [
  ['appSso', 'platform', '-s'],
  ['dscl', '-plist', '.', '-read', '/Users/alex', 'accountPolicyData'],
  ['pwpolicy', '-getaccountpolicies'],
  ['ioreg', ...cutToTenSessions],
  ['sysctl', 'kern.boottime'],
  ['scutil', '--nwi'],
  ['swVers', '-productVersion'],
  ['profiles', 'status', '-type', 'enrollment'],
  ['security', 'find-certificate', '-a', '-Z'],
  ['security', 'find-generic-password', '-a', 'x'],
];

/** A shell that runs every command of a full poll each `every` seconds. */
async function besideAShell<T>(
  place: BenchPlace,
  every: number,
  use: (pid: number) => Promise<T>,
): Promise<T> {
  const once = pollCommands
    .map(([name, ...args]) => `'${place.sysroot}${commands[name]}' ${args.join(' ')} >/dev/null`)
    .join('\n');
  const shell = spawn('/bin/sh', ['-c', `while read -r _; do\n${once}\ndone`], {
    env: place.environment,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const gone = new Promise<void>((resolve) => shell.once('exit', () => resolve()));
  const timer = setInterval(() => shell.stdin.write('poll\n'), every * 1000);
  try {
    return await use(shell.pid ?? 0);
  } finally {
    clearInterval(timer);
    shell.stdin.end();
    await gone;
  }
}

async function wakeUps(place: BenchPlace, seconds: number): Promise<Figure> {
  // Five minutes are the usual interval: a poll is due at each multiple of them.
  const command = agentCommand(place, place.node('wake'), 'wake', 300);
  const perMinute = (from: number, to: number) => ((to - from) / seconds) * 60;
  return await beside(bareNode(place.node('wake-bare')), place.environment, (barePid) =>
    beside(command, place.environment, async (pid) => {
      await sleep(8000);
      const untilLook = 300 - ((Date.now() / 1000) % 300);
      if (untilLook < seconds + 5) await sleep((untilLook + 10) * 1000);
      const before = { agent: wakeUpsOf(pid), bare: wakeUpsOf(barePid) };
      await sleep(seconds * 1000);
      return {
        name: 'wake-ups in an idle minute',
        value: perMinute(before.agent, wakeUpsOf(pid)),
        unit: '',
        reference: { name: 'bare Node', value: perMinute(before.bare, wakeUpsOf(barePid)) },
        limit: 1,
      };
    }),
  );
}

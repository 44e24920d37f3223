import { setTimeout as sleep } from 'node:timers/promises';
import { type CommandName, commands } from '../../agent/mac/commands.ts';
import { agentCommand, type BenchPlace, bareNode } from './bench-place.ts';
import { type Figure, median } from './figure.ts';
import { beside, memoryOf, processorTimeOf, wakeUpsOf } from './processes.ts';

/** The agent while it lives: memory, processor time, wake-ups. `seconds` is how long each is watched. */
export async function residentFigures(
  place: BenchPlace,
  { seconds, rounds }: { seconds: number; rounds: number },
): Promise<Figure[]> {
  return [
    ...(await memory(place, seconds, rounds)),
    ...(await processorTime(place, Math.min(seconds, 60))),
    await wakeUps(place, Math.min(seconds, 60)),
  ];
}

async function memory(place: BenchPlace, seconds: number, rounds: number): Promise<Figure[]> {
  const agents: ReturnType<typeof memoryOf>[] = [];
  const bares: ReturnType<typeof memoryOf>[] = [];
  const [agentNode, bare] = [place.node('agent'), place.node('bare')];
  for (let round = 0; round < rounds; round++) {
    await beside(bareNode(bare), place.environment, (barePid) =>
      beside(agentCommand(place, agentNode, `memory-${round}`, 2), place.environment, async (pid) => {
        await sleep(seconds * 1000);
        agents.push(memoryOf(pid));
        bares.push(memoryOf(barePid));
      }),
    );
  }
  const of = (name: string, key: 'pss' | 'privateDirty', goal: number): Figure => ({
    name: `resident memory, ${name}`,
    value: median(agents.map((one) => one[key])) / 1024,
    unit: 'MB',
    reference: { name: 'Node that waits on a timer', value: median(bares.map((one) => one[key])) / 1024 },
    goal,
  });
  return [of('PSS', 'pss', 1.3), of('private dirty', 'privateDirty', 1.5)];
}

const looksInAnHour = 12;

/**
 * A look each second stands for a look each five minutes: between two looks nothing happens. The reference is what the commands
 * themselves cost when a shell runs all of them at each look; the agent asks some of them once an hour only, since their files tell.
 */
async function processorTime(place: BenchPlace, seconds: number): Promise<Figure[]> {
  const shell = await childrenOfAShell(place, 20);
  const starting = await startingAlone(place, seconds);
  return await beside(agentCommand(place, place.node('cpu'), 'cpu', 1), place.environment, async (pid) => {
    await sleep(4000);
    const before = processorTimeOf(pid);
    await sleep(seconds * 1000);
    const after = processorTimeOf(pid);
    const hourly = (key: 'own' | 'children') => ((after[key] - before[key]) / seconds) * looksInAnHour * 1000;
    const reference = { name: 'every command at every look, by a shell', value: shell * looksInAnHour };
    const figure = (name: string, value: number, goal: number): Figure => ({
      name: `processor time of an idle hour, ${name}`,
      value,
      unit: 'ms',
      reference,
      goal,
    });
    return [
      figure('own', hourly('own'), 0.5),
      figure(
        'own, without what starting five commands costs Node',
        hourly('own') - starting * looksInAnHour * 1000,
        0.5,
      ),
      figure("own and its children's", hourly('own') + hourly('children'), 1),
    ];
  });
}

/** The commands of one look, as the readers call them. */
const lookCommands: readonly (readonly [CommandName, ...string[]])[] = [
  ['appSso', 'platform', '-s'],
  ['dscl', '-plist', '.', '-read', '/Users/alex', 'accountPolicyData'],
  ['pwpolicy', '-getaccountpolicies'],
  ['ioreg', '-n', 'Root', '-d1'],
  ['sysctl', 'kern.boottime'],
  ['scutil', '--nwi'],
  ['swVers', '-productVersion'],
  ['profiles', 'status', '-type', 'enrollment'],
  ['security', 'find-certificate', '-a', '-Z'],
  ['security', 'find-generic-password', '-a', 'x'],
];

/** Those that are asked at every look. */
const always: ReadonlySet<CommandName> = new Set(['appSso', 'dscl', 'ioreg', 'sysctl', 'scutil']);

/**
 * Seconds of processor time a look that Node itself needs to start them and to take what they print: on Linux a fork of all of its memory
 * for each, where macOS has posix_spawn.
 */
async function startingAlone(place: BenchPlace, seconds: number): Promise<number> {
  const commandLines = lookCommands
    .filter(([name]) => always.has(name))
    .map(([name, ...args]) => [place.sysroot + commands[name], ...args]);
  const script = `
    const { spawn } = require('node:child_process');
    setInterval(() => {
      for (const [program, ...args] of ${JSON.stringify(commandLines)}) {
        const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], cwd: '/', env: {} });
        child.stdout.resume();
        child.stderr.resume();
      }
    }, 1000);`;
  const command = [place.node('starting'), ...place.flags, '-e', script];
  return await beside(command, place.environment, async (pid) => {
    await sleep(4000);
    const before = processorTimeOf(pid);
    await sleep(seconds * 1000);
    return (processorTimeOf(pid).own - before.own) / seconds;
  });
}

/** Milliseconds of processor time that the commands of a look cost, started by a shell. */
async function childrenOfAShell(place: BenchPlace, looks: number): Promise<number> {
  const once = lookCommands
    .map(([name, ...args]) => `'${place.sysroot}${commands[name]}' ${args.join(' ')} >/dev/null`)
    .join('\n');
  const script = `i=0\nwhile [ $i -lt ${looks} ]; do\n${once}\ni=$((i + 1))\ndone\nsleep 60`;
  return await beside(['/bin/sh', '-c', script], place.environment, async (pid) => {
    let before = -1;
    for (;;) {
      const { children } = processorTimeOf(pid);
      // Nothing more has ended for a while: it sleeps.
      if (children === before && children > 0) return (children / looks) * 1000;
      before = children;
      await sleep(1500);
    }
  });
}

async function wakeUps(place: BenchPlace, seconds: number): Promise<Figure> {
  // Five minutes are the usual interval: a look is due whenever a multiple of them strikes.
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
        goal: 1,
      };
    }),
  );
}

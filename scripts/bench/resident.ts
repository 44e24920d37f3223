import { setTimeout as sleep } from 'node:timers/promises';
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
    await processorTime(place, Math.min(seconds, 60)),
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

/** A look each second stands for a look each five minutes: between two looks nothing happens. */
async function processorTime(place: BenchPlace, seconds: number): Promise<Figure> {
  return await beside(agentCommand(place, place.node('cpu'), 'cpu', 1), place.environment, async (pid) => {
    await sleep(4000);
    const before = processorTimeOf(pid);
    await sleep(seconds * 1000);
    const after = processorTimeOf(pid);
    const hourly = (key: 'own' | 'children') => ((after[key] - before[key]) / seconds) * looksInAnHour * 1000;
    return {
      name: 'processor time of an idle hour, own',
      value: hourly('own'),
      unit: 'ms',
      reference: { name: "its children's", value: hourly('children') },
      goal: 0.5,
    };
  });
}

async function wakeUps(place: BenchPlace, seconds: number): Promise<Figure> {
  // From the middle of a minute on no tick is due: the usual interval is five.
  const command = agentCommand(place, place.node('wake'), 'wake', 300);
  const perMinute = (from: number, to: number) => ((to - from) / seconds) * 60;
  return await beside(bareNode(place.node('wake-bare')), place.environment, (barePid) =>
    beside(command, place.environment, async (pid) => {
      await sleep(8000);
      const untilMinute = 60 - (new Date().getSeconds() % 60);
      if (untilMinute < seconds) await sleep((untilMinute + 5) * 1000);
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

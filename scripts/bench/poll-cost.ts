import { createObserver } from '../../agent/observe/observe.ts';
import { entraFloor } from '../../agent/shared/idp-password-policy.ts';
import { fullPoll, type PollPlan } from '../../agent/shared/poll-plan.ts';
import { hour, minute } from '../../agent/shared/time.ts';
import { VirtualMac } from '../../agent/simulation/virtual-mac.ts';
import { type Figure, median } from './figure.ts';

/** What one poll starts and reads on a healthy Mac, and the agent's own milliseconds for it. */
interface PollCost {
  readonly processes: number;
  /** Files that are read, and files whose change stamp is asked for. */
  readonly files: number;
  readonly milliseconds: number;
}

/**
 * Counts the polls of a run: the first one, a full poll an hour after a full poll, and a short poll. Commands
 * answer at once, so that only the agent's own time counts.
 */
async function pollCosts(): Promise<Record<'first' | 'full' | 'short', PollCost>> {
  const mac = new VirtualMac({ start: Date.UTC(2026, 2, 2, 8), macos: '15.6', user: 'alex' });
  const files = new Set<string>();
  let processes = 0;
  const counted = <R>(path: string, use: () => R): R => {
    files.add(path);
    return use();
  };
  const observe = createObserver({
    who: mac.who,
    clock: mac.clock,
    files: {
      read: (path, limit) => counted(path, () => mac.files.read(path, limit)),
      stamp: (path) => counted(path, () => mac.files.stamp(path)),
    },
    runner: {
      run(command, args) {
        processes++;
        return mac.runner.run(command, args);
      },
    },
  });
  let at = 0;
  const poll = async (plan: PollPlan, after: number) => {
    at += after;
    mac.advanceTo(at);
    processes = 0;
    files.clear();
    const began = performance.now();
    const { account, power, network } = await observe({ plan, idp: entraFloor });
    const milliseconds = performance.now() - began;
    return { cost: { processes, files: files.size, milliseconds }, keep: { account, power, network } };
  };
  const first = await poll(fullPoll, 0);
  // A second reading confirms the first one.
  let last = await poll(fullPoll, 5 * minute);
  const fulls: PollCost[] = [];
  const shorts: PollCost[] = [];
  for (let round = 0; round < 20; round++) {
    last = await poll(fullPoll, hour);
    fulls.push(last.cost);
    for (let short = 0; short < 11; short++)
      shorts.push((await poll({ kind: 'short', keep: last.keep }, 5 * minute)).cost);
  }
  return { first: first.cost, full: middle(fulls), short: middle(shorts) };
}

function middle(costs: readonly PollCost[]): PollCost {
  return {
    processes: median(costs.map(({ processes }) => processes)),
    files: median(costs.map(({ files }) => files)),
    milliseconds: median(costs.map(({ milliseconds }) => milliseconds)),
  };
}

/** A full poll follows after an hour of short ones, or while an issue is open. */
export async function pollCostFigures(): Promise<Figure[]> {
  const { first, full, short } = await pollCosts();
  const figure = (name: string, value: number, limit: number): Figure => ({
    name,
    value,
    limit,
    unit: '',
    reference: null,
    counted: true,
  });
  return [
    figure('processes of the first poll of a run', first.processes, 12),
    figure('processes of a full poll', full.processes, 8),
    figure('processes of a short poll', short.processes, 2),
    figure('files of a full poll', full.files, 16),
    figure('files of a short poll', short.files, 9),
    {
      name: 'a full poll without its commands',
      value: full.milliseconds,
      unit: 'ms',
      reference: { name: 'a short poll', value: short.milliseconds },
      limit: 20,
    },
  ];
}

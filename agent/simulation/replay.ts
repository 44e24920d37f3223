import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AgentActivity } from '../daemon/agent-dependencies.ts';
import type { Organisation } from '../issues/organisation.ts';
import type { createObserver } from '../observe/observe.ts';
import { createStateFile } from '../publish/state-file.ts';
import { definitions } from '../settings/schema.ts';
import { version } from '../shared/version.ts';
import { openStore } from '../store/sqlite-store.ts';
import type { Store } from '../store/store.ts';
import type { Scenario, ScenarioStep } from './scenario.ts';
import { VirtualAgent } from './virtual-agent.ts';
import { VirtualMac } from './virtual-mac.ts';

export interface Summary {
  readonly polls: number;
  readonly openIssues: string[];
  readonly shown: number;
}

export interface ReplayOptions {
  /** Keeps the database in this folder; without it, a temporary folder is used. */
  readonly dataDir?: string;
  readonly onActivity?: (what: AgentActivity) => void;
  /** Replaces what the settings of the scenario set for issues. */
  readonly organisation?: Organisation;
  /** Replaces the agent's own observer. */
  readonly observer?: typeof createObserver;
  /** Called before each step's changes are made, with the wall clock of then. */
  readonly step?: (step: ScenarioStep, at: number) => void;
}

/**
 * Runs the agent's poll cycle against a scripted Mac on a virtual clock, with a real database.
 *
 * The agent's own schedule starts the polls, on virtual timers, and its own daily maintenance runs. A step's
 * changes are made before a poll at the same instant.
 */
export async function replay(scenario: Scenario, options: ReplayOptions = {}): Promise<Summary> {
  const { dataDir } = options;
  if (dataDir !== undefined) return await replayIn(dataDir, scenario, options);
  const temporary = mkdtempSync(join(tmpdir(), 'psso-monitor-replay-'));
  try {
    return await replayIn(temporary, scenario, options);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

async function replayIn(folder: string, scenario: Scenario, options: ReplayOptions): Promise<Summary> {
  const store = openStore({ path: join(folder, 'events.db'), agentVersion: version, now: scenario.start });
  try {
    return await drive(scenario, store, folder, options);
  } finally {
    store.close();
  }
}

async function drive(
  scenario: Scenario,
  store: Store,
  keyFolder: string,
  options: ReplayOptions,
): Promise<Summary> {
  const { dataDir } = options;
  const mac = new VirtualMac(scenario);
  let polls = 0;
  let shown = 0;
  let openIssues: string[] = [];
  const agent = new VirtualAgent({
    mac,
    store,
    keyFolder,
    dataDir,
    // A kept database may hold runs of another replay.
    runPrefix: dataDir === undefined ? 'replay-' : `replay-${process.pid}-${scenario.start}-`,
    ...(options.organisation === undefined ? {} : { organisation: options.organisation }),
    ...(options.observer === undefined ? {} : { createObserver: options.observer }),
    onActivity: (what) => {
      if (what.type === 'notification' && what.shown) shown++;
      if (what.type === 'polled') openIssues = what.detected.open.map((issue) => issue.issue);
      options.onActivity?.(what);
    },
    onPoll: () => {
      polls++;
    },
  });

  await agent.start();
  let startWanted = true;
  for (const step of scenario.steps) {
    await advance(mac, step.at, false);
    options.step?.(step, mac.clock.now());
    if (step.agent === 'kill') await agent.kill();
    mac.apply(step.change);
    // While the Mac sleeps nothing runs or starts.
    startWanted = step.agent === null ? startWanted : step.agent === 'start';
    if (startWanted && !agent.runs && mac.awake) await agent.start();
    if (step.end) break;
  }
  await advance(mac, mac.elapsed, true);
  if (mac.awake) agent.finish('the scenario ended');
  if (dataDir !== undefined) publishState(dataDir, mac.clock.now());
  return { polls, openIssues, shown };
}

/** Advances the clock to `end` and runs what is due before it; `inclusive`: also at that instant. */
async function advance(mac: VirtualMac, end: number, inclusive: boolean): Promise<void> {
  while (mac.awake) {
    const due = mac.nextTimerAt;
    if (due === null || (inclusive ? due > end : due >= end)) break;
    mac.advanceTo(due);
    await mac.runTimers();
  }
  mac.advanceTo(end);
}

function publishState(dataDir: string, now: number): void {
  const publish = createStateFile({
    database: join(dataDir, 'events.db'),
    file: join(dataDir, 'state.plist'),
    agentVersion: version,
  });
  publish(now, definitions.PollIntervalSeconds.fallback);
}

import { explainFinding } from '../../agent/causes/explain-finding.ts';
import { detect } from '../../agent/detect/detect.ts';
import { emptyMemory, type Memory } from '../../agent/detect/memory.ts';
import { detectorsOf } from '../../agent/issues/issues.ts';
import { noOrganisation } from '../../agent/issues/organisation.ts';
import { observeOnce } from '../../agent/observe/observe.ts';
import { ownIssues } from '../../agent/rules/own-issues.ts';
import { definitions } from '../../agent/settings/schema.ts';
import type { Observation } from '../../agent/shared/observation.ts';
import { toIso } from '../../agent/shared/time.ts';
import { VirtualMac } from '../../agent/simulation/virtual-mac.ts';
import { type Figure, median } from './figure.ts';

const counts = [5, 50];
const polls = 200;
const interval = definitions.PollIntervalSeconds.fallback;

/** What 5 and 50 rules add to the detection of a full poll, beside a poll without a rule. */
export async function ruleFigures(rounds: number): Promise<Figure[]> {
  const start = Date.UTC(2026, 0, 5, 8);
  const mac = new VirtualMac({ start, macos: '15.6', user: 'alex' });
  const { runner, files, who, clock } = mac;
  const observation = await observeOnce({ runner, files, who, clock });
  const sets = await Promise.all([0, ...counts].map(detectorsWith));
  const times = sets.map((): number[] => []);
  for (let round = -3; round < rounds; round++)
    for (const [index, detectors] of sets.entries()) {
      const spent = timeOfPolls(observation, start, detectors);
      if (round >= 0) times[index]?.push(spent);
    }
  const [without = Number.NaN, ...withRules] = times.map((of) => (median(of) / polls) * 1000);
  return counts.map((count, index) => ({
    name: `detection of a full poll with ${count} rules`,
    value: withRules[index] ?? Number.NaN,
    unit: 'µs',
    reference: { name: 'without a rule', value: without },
    limit: count < 10 ? 2 : 8,
  }));
}

async function detectorsWith(count: number): Promise<ReturnType<typeof detectorsOf>> {
  const rule = (index: number) => ({
    Title: 'A rule',
    When: `psso.registration == "complete" && tokens.ageMinutes > ${100_000 + index} && !versionAtLeast(companyPortal.version, "5.2404") || minutesSince.macosUpdated < ${index}`,
  });
  const entries = Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`org-rule-${index}`, rule(index)]),
  );
  const { own, mistakes } = await ownIssues([{ place: 'bench', entries }]);
  if (mistakes.length > 0) throw new Error(mistakes.join('\n'));
  return detectorsOf({ ...noOrganisation, own }, true);
}

function timeOfPolls(
  observation: Observation,
  start: number,
  detectors: ReturnType<typeof detectorsOf>,
): number {
  let memory: Memory = emptyMemory();
  const began = process.hrtime.bigint();
  for (let poll = 0; poll < polls; poll++) {
    const passed = poll * interval * 1000;
    memory = detect({
      memory,
      detectors,
      explain: explainFinding,
      run: 'bench',
      monotonicCountsSleep: true,
      observation: { ...observation, at: toIso(start + passed), monotonic: passed },
      settings: {
        ignoredIssues: [],
        pollIntervalSeconds: interval,
        troublePollIntervalSeconds: 60,
        idpPasswordChangedAt: null,
        idpMinimumPasswordLength: 8,
      },
    }).memory;
  }
  return Number(process.hrtime.bigint() - began) / 1e6;
}

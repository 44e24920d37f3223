import { minute, toIso } from '../shared/time.ts';
import { parseScenario, type Scenario } from './scenario.ts';

interface Chapter {
  readonly at: string;
  /** What happens, for a reader who does not know Platform SSO. */
  readonly tells: string;
  readonly change: Readonly<Record<string, unknown>>;
}

const chapters: readonly Chapter[] = [
  {
    at: '+30m',
    tells: 'Microsoft’s Company Portal, the app through which the Mac signs in, updates itself.',
    change: { companyPortal: '5.2602.0' },
  },
  {
    at: '+45m',
    tells: 'The Mac loses its registration with the company. Nothing on the screen says so.',
    change: { psso: { registered: false, userPresent: false } },
  },
  {
    at: '+1h10m',
    tells: 'Alex follows the notification and signs in again; the Mac is registered again.',
    change: { psso: { registered: true, userPresent: true, receivedAt: '+1h10m' } },
  },
];
const length = 90 * minute;

export interface DemoStory {
  readonly scenario: Scenario;
  /** What happens in a step, by its `at`; the end of the story has no text. */
  readonly tells: ReadonlyMap<unknown, string>;
}

/** The story of `demo`: an update, a lost registration, its repair. It ends at the instant `end`. */
export function demoStory(end: number): DemoStory {
  const head = {
    scenario: 'A Mac loses its work sign-in, and its user repairs it',
    start: toIso(end - length),
    macos: '15.6',
    user: 'alex',
  };
  const lines = [
    head,
    ...chapters.map(({ at, change }) => ({ at, ...change })),
    { at: `+${length / minute}m`, end: true },
  ];
  return {
    scenario: parseScenario(lines.map((line) => JSON.stringify(line)).join('\n')),
    tells: new Map(chapters.map(({ at, tells }) => [at, tells])),
  };
}

import { minute, toIso } from '../shared/time.ts';
import { parseScenario, type Scenario } from './scenario.ts';

interface DemoStep {
  readonly at: string;
  /** What happens, for a reader who does not know Platform SSO. */
  readonly text: string;
  readonly change: Readonly<Record<string, unknown>>;
}

const steps: readonly DemoStep[] = [
  {
    at: '+30m',
    text: 'Microsoft’s Company Portal, the app through which the Mac signs in, updates itself.',
    change: { companyPortal: '5.2602.0' },
  },
  {
    at: '+45m',
    text: 'The Mac loses its registration with the company. Nothing on the screen says so.',
    change: { psso: { registered: false, userPresent: false } },
  },
  {
    at: '+1h10m',
    text: 'Alex follows the notification and signs in again; the Mac is registered again.',
    change: { psso: { registered: true, userPresent: true, receivedAt: '+1h10m' } },
  },
];
const length = 90 * minute;

export interface DemoScenario {
  readonly scenario: Scenario;
  /** What happens in a step, by its `at`; the end of the scenario has no text. */
  readonly texts: ReadonlyMap<unknown, string>;
}

/** The scenario of `demo`: an update, a lost registration, its repair. It ends at the instant `end`. */
export function demoScenario(end: number): DemoScenario {
  const head = {
    scenario: 'A Mac loses its work sign-in, and its user repairs it',
    start: toIso(end - length),
    macos: '15.6',
    user: 'alex',
  };
  const lines = [
    head,
    ...steps.map(({ at, change }) => ({ at, ...change })),
    { at: `+${length / minute}m`, end: true },
  ];
  return {
    scenario: parseScenario(lines.map((line) => JSON.stringify(line)).join('\n')),
    texts: new Map(steps.map(({ at, text }) => [at, text])),
  };
}

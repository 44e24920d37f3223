import { parseScenario, type Scenario } from '../../agent/simulation/scenario.ts';

function scenario(name: string, lines: readonly object[]): Scenario {
  const head = { scenario: name, start: '2026-01-05T08:00:00Z', macos: '15.6', user: 'alex' };
  return parseScenario([head, ...lines].map((line) => JSON.stringify(line)).join('\n'));
}

const night = (day: number) => [
  { at: `+${day * 24 + 10}h`, screen: 'locked' },
  { at: `+${day * 24 + 10}h5m`, power: 'asleep' },
  { at: `+${day * 24 + 24}h`, power: 'awake' },
  { at: `+${day * 24 + 24}h1m`, screen: 'unlocked' },
  // Unlocked with tokens past their time: macOS asks for new ones.
  { at: `+${day * 24 + 24}h2m`, psso: { receivedAt: `+${day * 24 + 24}h2m` } },
];

/** Nothing happens but what macOS does by itself: new tokens every four hours of use. */
export function quietDays(days: number): Scenario {
  const lines = Array.from({ length: days }, (_, day) => [
    ...[4, 8].map((hour) => ({ at: `+${day * 24 + hour}h`, psso: { receivedAt: `+${day * 24 + hour}h` } })),
    ...night(day),
  ]).flat();
  return scenario('quiet days', [...lines, { at: `+${days * 24}h3m`, end: true }]);
}

/** Awake day and night, new tokens every four hours: the largest possible number of polls. */
export function alwaysAwake(days: number): Scenario {
  const lines = Array.from({ length: days * 6 }, (_, index) => (index + 1) * 4)
    .filter((hour) => hour < days * 24)
    .map((hour) => ({ at: `+${hour}h`, psso: { receivedAt: `+${hour}h` } }));
  return scenario('always awake', [...lines, { at: `+${days * 24}h`, end: true }]);
}

/** A year with another problem each week, and sleep each day. */
export function eventfulYear(): Scenario {
  const lines: object[] = [];
  for (let day = 0; day < 365; day++) {
    const at = (hour: number) => `+${day * 24 + hour}h`;
    if (day % 7 === 1) lines.push({ at: at(1), psso: { state: 1 } }, { at: at(3), psso: { state: 0 } });
    if (day % 7 === 3) lines.push({ at: at(2), network: 'offline' }, { at: at(3), network: 'online' });
    lines.push({ at: at(4), psso: { receivedAt: at(4) } });
    if (day % 14 === 5)
      lines.push(
        { at: at(5), psso: { registered: false, userPresent: false } },
        { at: at(6), psso: { registered: true, userPresent: true, receivedAt: at(6) } },
      );
    if (day % 30 === 9) lines.push({ at: at(7), passwordLastSetAt: at(7), psso: { receivedAt: at(7) } });
    lines.push({ at: at(8), psso: { receivedAt: at(8) } });
    if (day % 45 === 20) lines.push({ at: at(9), macos: `15.${6 + Math.floor(day / 45)}` });
    lines.push(...night(day));
  }
  return scenario('an eventful year', [...lines, { at: `+${365 * 24}h3m`, end: true }]);
}

/**
 * Half a year in an office, with three weeks of holiday. `troubled`: in how many of nine weeks the Mac has
 * trouble. A Mac without any has short weeks of short days.
 */
export function officeHalfYear(troubled: number): Scenario {
  const isShort = troubled === 0;
  const lines: object[] = [];
  for (let week = 0; week < 26; week++) {
    if (week % 8 === 7) continue;
    for (let weekday = 0; weekday < (isShort ? 4 : 5); weekday++) {
      const day = week * 7 + weekday;
      const at = (hour: number, minute = 0) => `+${day * 24 + hour}h${minute}m`;
      const hasTrouble = (week * troubled) % 9 < troubled;
      lines.push(
        { at: at(0), power: 'awake' },
        { at: at(0, 1), screen: 'unlocked' },
        // Unlocked with tokens past their time: macOS asks for new ones.
        { at: at(0, 2), psso: { receivedAt: at(0, 2) } },
        ...(hasTrouble ? troubleOn(weekday, week, at) : []),
        { at: at(4), psso: { receivedAt: at(4) } },
        ...(isShort ? [] : [{ at: at(8), psso: { receivedAt: at(8) } }]),
        { at: at(isShort ? 7 : 10), screen: 'locked' },
        { at: at(isShort ? 7 : 10, 5), power: 'asleep' },
      );
    }
  }
  const end = 26 * 7 * 24;
  const last = [
    { at: `+${end}h`, power: 'awake' },
    { at: `+${end}h3m`, end: true },
  ];
  return scenario('half a year in an office', [...lines, ...last]);
}

function troubleOn(weekday: number, week: number, at: (hour: number) => string): object[] {
  if (weekday === 0)
    return [
      { at: at(1), psso: { state: 1 } },
      { at: at(3), psso: { state: 0 } },
    ];
  if (weekday === 1)
    return [
      { at: at(2), network: 'offline' },
      { at: at(3), network: 'online' },
    ];
  if (weekday === 2 && week % 2 === 0)
    return [
      { at: at(2), psso: { registered: false, userPresent: false } },
      { at: at(3), psso: { registered: true, userPresent: true, receivedAt: at(3) } },
    ];
  if (weekday === 2 && week % 4 === 1)
    return [{ at: at(3), passwordLastSetAt: at(3), psso: { receivedAt: at(3) } }];
  if (weekday === 3 && week % 6 === 2) return [{ at: at(3), macos: `15.${6 + Math.floor(week / 6)}` }];
  return [];
}

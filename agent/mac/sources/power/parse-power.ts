import type { Power } from '../../../shared/observation.ts';
import { type Iso, toIso } from '../../../shared/time.ts';
import { guidShape } from '../../parse/guid.ts';

const bootSessionLine = new RegExp(`^kern\\.bootsessionuuid: (${guidShape})\\s*$`, 'im');

/**
 * `sysctl kern.boottime kern.sleeptime kern.waketime hw.model kern.bootsessionuuid`: a line each, such as
 * `kern.boottime: { sec = 1732345678, usec = 123456 } Sat Nov 23 07:07:58 2024`, `hw.model: Mac14,2` and
 * `kern.bootsessionuuid: 5E6F…`. Zero seconds: not since the start. The kernel takes the wall clock, so the
 * times move with it. Null: none of the three times is in the text.
 */
export function parsePower(text: string): Power | null {
  if (!/\bkern\.(?:boottime|sleeptime|waketime)\b/.test(text)) return null;
  const power = {
    bootedAt: timeOf(text, 'boottime'),
    sleptAt: timeOf(text, 'sleeptime'),
    wokeAt: timeOf(text, 'waketime'),
  };
  if (power.bootedAt === undefined && power.sleptAt === undefined && power.wokeAt === undefined) return null;
  const model = /^hw\.model: ([A-Za-z]{1,20}\d{1,3},\d{1,2})\s*$/m.exec(text)?.[1];
  const bootSession = bootSessionLine.exec(text)?.[1];
  return {
    bootedAt: power.bootedAt ?? null,
    sleptAt: power.sleptAt ?? null,
    wokeAt: power.wokeAt ?? null,
    ...(model === undefined ? {} : { model }),
    ...(bootSession === undefined ? {} : { bootSession }),
  };
}

/** Undefined: the line is missing or no time. */
function timeOf(text: string, name: 'boottime' | 'sleeptime' | 'waketime'): Iso | null | undefined {
  const match = new RegExp(
    `\\bkern\\.${name}\\s*[:=]\\s*\\{\\s*sec\\s*=\\s*(\\d{1,11})\\s*,\\s*usec\\s*=\\s*(\\d{1,6})`,
  ).exec(text);
  if (match === null) return undefined;
  const seconds = Number(match[1]);
  return seconds === 0 ? null : toIso(seconds * 1000 + Math.floor(Number(match[2]) / 1000));
}

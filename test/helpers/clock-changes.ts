import { day, hour } from '../../agent/shared/time.ts';

/** The change of a scenario's `clock` that takes another one back: `-3h` for `+3h`. */
export function oppositeOf(clockChange: string): string {
  return clockChange.startsWith('+') ? clockChange.replace('+', '-') : clockChange.replace('-', '+');
}

/** Milliseconds of a change in hours or days, such as `+3h` and `-40d`. */
export function millisecondsOf(clockChange: string): number {
  return Number.parseInt(clockChange, 10) * (clockChange.endsWith('d') ? day : hour);
}

import type { MacState } from '../mac/simulated/model.ts';
import {
  type AnswerAt,
  always,
  printed,
  type SimulatedCommand,
  unreadable,
} from '../mac/simulated/renderer.ts';
import { renderers } from './renderers.ts';

export const simulatedCommands: readonly SimulatedCommand[] = [
  ...renderers.flatMap(({ command }) => command ?? []),
  'osascript',
];

export function isSimulated(command: string): command is SimulatedCommand {
  return simulatedCommands.some((one) => one === command);
}

/** The answer to one command. Of `args`, only security's first word and ioreg's width count. */
export function answerOf(mac: MacState, command: SimulatedCommand, args: readonly string[]): AnswerAt {
  // A notification program prints nothing.
  if (command === 'osascript') return always(printed(''));
  const renderer = renderers.find((one) => one.command === command);
  return renderer?.answer?.(mac, args) ?? always({ kind: 'missing' });
}

/** The files of this Mac, by absolute path; null: exists and is not readable. */
export function filesOf(mac: MacState): Map<string, Uint8Array | string | null> {
  const files = new Map<string, Uint8Array | string | null>();
  for (const [path, content] of renderers.flatMap((renderer) => renderer.files?.(mac) ?? []))
    if (content === unreadable) files.set(path, null);
    else if (content !== null) files.set(path, content);
  return files;
}

import { instantOf } from '../history/history.ts';
import type { EventRow } from '../store/store.ts';
import type { EventColumns } from './report.ts';

/** Longer texts are cut. The agent's own texts have a few hundred characters. */
const longest = 4_000;

/** An event with an invalid time gets the time of the event before it. */
export function eventColumns(events: readonly EventRow[]): EventColumns {
  const texts: string[] = [];
  const known = new Map<string, number>();
  const number = (text: string): number => {
    const cut = text.length > longest ? `${text.slice(0, longest)}…` : text;
    let index = known.get(cut);
    if (index === undefined) {
      index = texts.push(cut) - 1;
      known.set(cut, index);
    }
    return index;
  };
  const column = (of: keyof EventRow) => events.map((event) => number(event[of]));
  let before = 0;
  const at = events.map((event) => {
    const now = instantOf(event.at) ?? before;
    const passed = now - before;
    before = now;
    return passed;
  });
  return {
    texts,
    at,
    kind: column('kind'),
    issue: column('issue'),
    severity: column('severity'),
    summary: column('summary'),
    detail: column('detail'),
    from: column('from_state'),
    to: column('to_state'),
    macos: column('macos'),
    agent: column('agent_version'),
  };
}

import * as z from 'zod/mini';
import { emptyMemory, memoryShape } from '../detect/memory.ts';
import { emptyPolicyMemory, policyMemoryShape } from '../notify/notification-policy.ts';

/**
 * All that outlives a cycle: what was detected, and what the user was told. One JSON text in the database.
 *
 * A function, as are its parts: it is read once in the life of an agent, and a schema takes about a kilobyte a field.
 */
const rememberedShape = () =>
  z.object({
    detection: memoryShape(),
    manners: policyMemoryShape(),
    /** The problems with the settings that were last told, so that each is told once. */
    settingsProblems: z.string(),
  });
export type AgentMemory = z.infer<ReturnType<typeof rememberedShape>>;

export function emptyAgentMemory(): AgentMemory {
  return { detection: emptyMemory(), manners: emptyPolicyMemory(), settingsProblems: '' };
}

/**
 * Reads what an earlier run, perhaps of another version, left. What can't be understood is not trusted in part: the
 * agent then starts from a baseline, and the history stays as it is.
 */
export function parseAgentMemory(text: string | null): { remembered: AgentMemory; understood: boolean } {
  if (text === null) return { remembered: emptyAgentMemory(), understood: true };
  try {
    const parsed = z.safeParse(rememberedShape(), JSON.parse(text));
    if (parsed.success) return { remembered: parsed.data, understood: true };
  } catch {
    // Not JSON: the same as JSON of another shape.
  }
  return { remembered: emptyAgentMemory(), understood: false };
}

/** Counters that move at every look. A look at which nothing else moved is not worth a write. */
const timeCounters: ReadonlySet<string> = new Set([
  'moment',
  'age',
  'unread',
  'stretches',
  'awake',
  'active',
  'waited',
  'count',
  'presentSince',
]);

/** Whether two memories differ in nothing but time passed. Compared in place: at most looks they do, and no text is made for it. */
export function sameExceptTime(a: AgentMemory, b: AgentMemory): boolean {
  return sameButForTime(a, b);
}

function sameButForTime(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    return a.every((one: unknown, index) => sameButForTime(one, b[index]));
  }
  let more = 0;
  for (const key in a) {
    if (!keeps(a, key)) continue;
    if (!keeps(b, key) || !sameButForTime(Reflect.get(a, key), Reflect.get(b, key))) return false;
    more++;
  }
  for (const key in b) if (keeps(b, key)) more--;
  return more === 0;
}

/** Whether JSON would keep it, and it is no counter. */
function keeps(of: object, key: string): boolean {
  return !timeCounters.has(key) && Object.hasOwn(of, key) && Reflect.get(of, key) !== undefined;
}

import * as z from 'zod/mini';
import { emptyMemory, memoryShape, memoryToStored } from '../detect/memory.ts';
import { emptyPolicyMemory, policyMemoryShape } from '../notify/policy-memory.ts';

/**
 * The agent memory, one JSON text in the database. Its keys are a contract with existing databases: `manners`
 * is the memory of the notification policy.
 *
 * A function: it is used once a run, and a schema takes about a kilobyte of memory a field.
 */
const agentMemoryShape = () =>
  z.object({
    detection: memoryShape(),
    manners: policyMemoryShape(),
    /** The recorded problems of the settings. Each is recorded once. */
    settingsProblems: z.string(),
  });
export type AgentMemory = z.output<ReturnType<typeof agentMemoryShape>>;

export function emptyAgentMemory(): AgentMemory {
  return { detection: emptyMemory(), manners: emptyPolicyMemory(), settingsProblems: '' };
}

/**
 * Parses the memory of an earlier run, perhaps of another version. An invalid memory is not used in part: the
 * agent starts from a baseline (`valid` is false), and the history stays.
 */
export function parseAgentMemory(text: string | null): { memory: AgentMemory; valid: boolean } {
  if (text === null) return { memory: emptyAgentMemory(), valid: true };
  try {
    const parsed = z.safeParse(agentMemoryShape(), JSON.parse(text));
    if (parsed.success) return { memory: parsed.data, valid: true };
  } catch {
    // Text that is not JSON is invalid too.
  }
  return { memory: emptyAgentMemory(), valid: false };
}

/** The text that `parseAgentMemory` parses. */
export function agentMemoryText(memory: AgentMemory): string {
  return JSON.stringify({ ...memory, detection: memoryToStored(memory.detection) });
}

/** Keys that change at every poll. Their change alone causes no write. */
const timeCounters: ReadonlySet<string> = new Set([
  'moment',
  'age',
  'unread',
  'stretches',
  'awake',
  'active',
  'activeTime',
  'waited',
  'count',
]);

/** Whether two memories are equal except for time counters. */
export function sameExceptTime(a: AgentMemory, b: AgentMemory): boolean {
  return equalExceptTime(a, b);
}

function equalExceptTime(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    return a.every((one: unknown, index) => equalExceptTime(one, b[index]));
  }
  const keys = comparedKeys(a);
  return (
    keys.length === comparedKeys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && equalExceptTime(Reflect.get(a, key), Reflect.get(b, key)))
  );
}

/** The keys that JSON keeps, without the counters. */
function comparedKeys(of: object): string[] {
  return Object.keys(of).filter((key) => !timeCounters.has(key) && Reflect.get(of, key) !== undefined);
}

import * as z from 'zod/mini';
import { parseJson } from '../../parse/json.ts';

const assertions = z.object({
  data: z.array(z.object({ storeAssertionRecords: z.optional(z.nullable(z.array(z.unknown()))) })),
});

/**
 * DoNotDisturb's Assertions.json: a Focus that was turned on by hand leaves a record. One that follows a
 * schedule does not, so `off` is no promise. Null: another format. Not documented by Apple; as community
 * tools read it.
 */
export function parseFocus(text: string): 'on' | 'off' | null {
  let value: unknown;
  try {
    value = parseJson(text);
  } catch {
    return null;
  }
  const checked = assertions.safeParse(value);
  if (!checked.success) return null;
  return checked.data.data.some((entry) => (entry.storeAssertionRecords ?? []).length > 0) ? 'on' : 'off';
}

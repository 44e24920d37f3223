import * as z from 'zod/mini';
import { changeTime } from './change-time.ts';
import { exportError, mostChanges, quoted } from './export-error.ts';
import { kindOfEntry } from './password-activities.ts';
import type { PasswordChange, ReadExport } from './password-change.ts';

/** `directoryAudit` of Microsoft Graph; the portal's JSON has the same names. */
const auditEntry = z.object({
  activityDateTime: z.string(),
  activityDisplayName: z.string(),
  result: z.nullish(z.string()),
  targetResources: z.nullish(z.array(z.object({ userPrincipalName: z.nullish(z.string()) }))),
});

const page = z.object({ value: z.array(z.unknown()), '@odata.nextLink': z.optional(z.string()) });

/**
 * Reads the audit log as JSON: an answer of Graph with `value`, or a list of entries. Throws ProblemError
 * with the number of the entry.
 */
export function readGraphExport(name: string, text: string): ReadExport {
  const entries = entriesIn(name, text);
  const changes: PasswordChange[] = [];
  const left = { failed: 0, other: 0 };
  for (const [index, one] of entries.entries()) {
    const where = `entry ${index + 1}`;
    const parsed = z.safeParse(auditEntry, one);
    if (!parsed.success) throw exportError(name, where, shapeProblem(parsed.error), parsed.error);
    const { activityDateTime, activityDisplayName, result, targetResources } = parsed.data;
    const kind = kindOfEntry(activityDisplayName, result ?? '');
    if (kind !== 'change') {
      left[kind]++;
      continue;
    }
    if (changes.length >= mostChanges)
      throw exportError(name, where, `more than ${mostChanges} changes. Split the file by time.`);
    const at = changeTime(activityDateTime, 'utc');
    if (at === null)
      throw exportError(name, `${where}, activityDateTime`, `${quoted(activityDateTime)} is no time.`);
    const users = (targetResources ?? []).map(({ userPrincipalName }) => userPrincipalName?.trim() ?? '');
    changes.push({ entry: index + 1, at, user: users.find((user) => user !== '') ?? '' });
  }
  return {
    format: 'entra-json',
    entries: entries.length,
    failed: left.failed,
    otherActivities: left.other,
    changes,
  };
}

function entriesIn(name: string, text: string): readonly unknown[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw exportError(name, '', "the JSON can't be parsed. Export the file again.", cause);
  }
  if (Array.isArray(value)) return value;
  const parsed = z.safeParse(page, value);
  if (!parsed.success)
    throw exportError(
      name,
      '',
      'the JSON is neither a list of audit entries nor an answer of Graph with "value".',
      parsed.error,
    );
  if (parsed.data['@odata.nextLink'] !== undefined)
    throw exportError(
      name,
      '',
      'this is one page of several: it has an "@odata.nextLink". Fetch all pages and write their entries into one list.',
    );
  return parsed.data.value;
}

/** The first property that is missing or of another type. */
function shapeProblem({ issues: [first] }: z.core.$ZodError): string {
  const path = first?.path.join('.') ?? '';
  return path === ''
    ? 'the entry is no object. The file must be a list of entries of the audit log.'
    : `${quoted(path)} is missing or of another type. The file must be a list of entries of the audit log.`;
}

import type { PasswordChangesSummary } from './password-changes-output.ts';

/** The result in sentences, the same for text and page. Sentences with nothing to count are left out. */
export function passwordChangesText(of: PasswordChangesSummary): string[] {
  const { count, reached, notYet, replaced, notKnown } = of;
  if (count === 0) return ['The file has no changed password of this time.'];
  const late = notYet.late === 0 ? '' : `; ${notYet.late} of these for more than 4 hours`;
  return [
    `Reached the Mac: ${reached.count} of ${many(count, 'changed password')}.`,
    `Within 4 hours: ${reached.within4Hours}. Within a day: ${reached.withinADay}.`,
    `Not yet: ${notYet.count}${late}.`,
    ...(replaced === 0 ? [] : [`Replaced by a later change before the Mac took it: ${replaced}.`]),
    `Not known: ${notKnown.count}.`,
  ];
}

/** Why the others are not known. */
export function notKnownTexts({ notKnown }: PasswordChangesSummary): string[] {
  return notKnown.reasons.map(({ text, count }) => `${count}: ${text}`);
}

/** What was left out of the file, and what the join lacks. */
export function passwordChangesNotes(of: PasswordChangesSummary): string[] {
  const { file, macsWithoutUser, macsWithDigest } = of;
  const left = [
    ...part(file.failed, 'without success'),
    ...part(file.otherActivities, 'that set no password'),
    ...part(file.repeated, 'of a change that another entry has'),
    ...part(file.before, 'before the time of this report'),
  ];
  return [
    ...(left.length === 0
      ? []
      : [`Left out of ${many(file.entries, 'entry', 'entries')}: ${left.join(', ')}.`]),
    ...(macsWithoutUser === 0
      ? []
      : [`${many(macsWithoutUser, 'Mac')} without a stored user: set StoredIdentity to full or hashed.`]),
    ...(macsWithDigest === 0
      ? []
      : [
          `${many(macsWithDigest, 'Mac')} with a digest instead of a name: give the key with --identity-key FILE.`,
        ]),
  ];
}

export const lateHeads = ['Mac', 'Changed', 'Waits for', 'Cause'] as const;

/** The cause, else what the record says beside it. */
export function lateCause({ cause, note }: PasswordChangesSummary['late'][number]): string {
  return cause || note || 'Not known.';
}

function part(count: number, what: string): string[] {
  return count === 0 ? [] : [`${count} ${what}`];
}

function many(count: number, what: string, several = `${what}s`): string {
  return `${count} ${count === 1 ? what : several}`;
}

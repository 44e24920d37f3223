import type { Enrollment } from '../../../shared/observation.ts';

/**
 * `profiles status -type enrollment`: `MDM enrollment: Yes (User Approved)`, `Yes` or `No`. The server's
 * address in the same output stays here. Null: the line is missing.
 */
export function parseEnrollment(text: string): Enrollment | null {
  const answer = /^[ \t]*MDM enrollment:[ \t]*(Yes|No)\b(.*)$/im.exec(text);
  if (answer === null) return null;
  const enrolled = answer[1]?.toLowerCase() === 'yes';
  return { enrolled, userApproved: enrolled ? /user approved/i.test(answer[2] ?? '') : null };
}

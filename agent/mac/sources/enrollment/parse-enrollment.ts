import type { Enrollment } from '../../../shared/observation.ts';

/**
 * `profiles status -type enrollment`: `MDM enrollment: Yes (User Approved)`, `Yes` or `No`. Whether the user
 * approved it is unknown beside another remark. The server's address in the same output stays here. Null: the
 * line is missing.
 */
export function parseEnrollment(text: string): Enrollment | null {
  const answer = /^[ \t]*MDM enrollment:[ \t]*(Yes|No)\b(.*)$/im.exec(text);
  if (answer === null) return null;
  const enrolled = answer[1]?.toLowerCase() === 'yes';
  const remark = (answer[2] ?? '').trim().toLowerCase();
  const userApproved = remark === '(user approved)' ? true : remark === '' ? false : null;
  return { enrolled, userApproved: enrolled ? userApproved : null };
}

/**
 * The activities of Entra's audit log that set another password.
 *
 * Core Directory: "Change user password", "Reset password"; older logs have "Reset user password".
 * Self-service Password Management: the three with brackets.
 * https://learn.microsoft.com/en-us/entra/identity/monitoring-health/reference-audit-activities
 *
 * "Set force change user password" sets none: the change that follows has an entry of its own.
 */
const activities = new Set([
  'change user password',
  'reset user password',
  'reset password',
  'change password (self-service)',
  'reset password (self-service)',
  'reset password (by admin)',
]);

/** What one entry of an audit log is for the lag. */
export function kindOfEntry(activity: string, result: string): 'change' | 'failed' | 'other' {
  if (!activities.has(activity.trim().toLowerCase())) return 'other';
  return result.trim().toLowerCase() === 'success' ? 'change' : 'failed';
}

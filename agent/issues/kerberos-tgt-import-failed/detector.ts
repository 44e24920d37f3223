import type { DetectorInput } from '../../detect/detector.ts';
import { isConfigured } from '../../detect/facts.ts';
import type { Verdict } from '../../detect/issue-lifecycle.ts';
import { minute } from '../../shared/time.ts';

/** macOS imports a ticket after a sign-in. */
const importedWithin = 30 * minute;

/** What the profile calls a ticket, in words that hold no name of a realm. */
const ticketNames: Readonly<Record<string, string>> = {
  tgt_ad: 'on-premises ticket',
  tgt_cloud: 'cloud ticket',
};

export function detectFailedTicketImport({ facts, observation }: DetectorInput): Verdict {
  const { appSso, network } = observation;
  if (facts === null || !appSso.ok) return 'unknown';
  // Without a registration there is no ticket to import.
  if (!isConfigured(facts) || facts.registration !== 'complete') return null;
  const failed = appSso.value.kerberos.filter(({ importSuccessful }) => importSuccessful === false);
  if (failed.length === 0) return null;
  if (!network.ok || network.value === 'offline') return 'unknown';
  // Off the company's network macOS can't reach the server of the on-premises ticket.
  const reached = failed.filter(({ failedToConnect }) => failedToConnect === false);
  if (reached.length === 0) return 'unknown';
  const tickets = [
    ...new Set(reached.map(({ ticketKeyPath }) => ticketNames[ticketKeyPath ?? ''] ?? 'Kerberos ticket')),
  ].sort();
  return {
    severity: 'medium',
    summary: `macOS could not import the ${tickets.join(' and the ')}.`,
    evidence: {
      kerberos: tickets,
      exchangeRequired: reached.some(({ exchangeRequired }) => exchangeRequired === true),
    },
    key: tickets.join(' '),
    confirmAfterActive: importedWithin,
  };
}

import type { WorkplaceJoin } from '../../../shared/observation.ts';
import { type Reading, read } from '../../../shared/reading.ts';
import type { ReaderDependencies } from '../../read/dependencies.ts';
import { outputOf, parsedReading } from '../../read/outcome.ts';
import { loginKeychainOf } from '../../reread-rule.ts';
import type { Source } from '../../source.ts';
import { type Leftover, parseCertificates, parseThumbprint, thumbprintAccount } from './parse-leftovers.ts';

/** errSecItemNotFound, as the exit status of security(1): its low byte. */
const notFound = 44;

/**
 * The leftovers of an earlier Workplace Join in the login keychain, by attributes only. Reading a locked
 * keychain raises a dialog: the caller reads it only while the screen is unlocked. No leftover is a value.
 */
async function readWorkplaceJoin({ runner, who }: ReaderDependencies): Promise<Reading<WorkplaceJoin>> {
  const keychain = loginKeychainOf(who);
  const search = async (args: readonly string[], parse: (text: string) => Leftover[] | null) => {
    const outcome = await runner.run('security', [...args, keychain]);
    if (outcome.kind === 'exited' && outcome.status === notFound) return read([]);
    const output = outputOf('security', outcome);
    if (!output.ok) return output.reason === 'empty' ? read([]) : output;
    return parsedReading('the answer of security', parse(output.value));
  };
  // One after the other: a command never overlaps itself.
  const certificates = await search(['find-certificate', '-a', '-Z'], parseCertificates);
  if (!certificates.ok) return certificates;
  const thumbprint = await search(['find-generic-password', '-a', thumbprintAccount], parseThumbprint);
  if (!thumbprint.ok) return thumbprint;
  return read({ leftovers: [...certificates.value, ...thumbprint.value] });
}

export const workplaceJoin: Source<'workplaceJoin'> = {
  name: 'workplaceJoin',
  label: 'leftovers of an earlier Workplace Join (keychain)',
  read: readWorkplaceJoin,
  reread: { kind: 'keychainPolling' },
  offWhileLocked: 'the login keychain is only read while the screen is unlocked',
  redaction: async () => (await import('./redacted.ts')).redaction,
  renderer: async () => (await import('./simulated.ts')).renderer,
};

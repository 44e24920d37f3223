import { type Reading, read } from '../../../shared/reading.ts';
import type { ReaderDependencies } from '../../read/dependencies.ts';
import { isMissing } from '../../read/is-missing.ts';
import { outputOf, parsedReading } from '../../read/outcome.ts';
import type { Source } from '../../source.ts';
import { parseSmartCards } from './parse-smart-cards.ts';
import { smartCardMapping } from './smart-card-mapping.ts';

/** How the account is linked to a smart card. A mapping by attributes needs no pairing. */
async function readSmartCards(
  dependencies: ReaderDependencies,
): Promise<Reading<'paired' | 'mapped' | 'none'>> {
  const { runner, files, who } = dependencies;
  if (!(await isMissing(files, smartCardMapping))) return read('mapped');
  const outcome = await runner.run('scAuth', ['list', '-u', who.name]);
  const output = outputOf('scAuth', outcome);
  // Without a paired card it prints nothing.
  if (!output.ok) return output.reason === 'empty' ? read('none') : output;
  const paired = parsedReading('the list of paired cards', parseSmartCards(output.value));
  return paired.ok ? read(paired.value ? 'paired' : 'none') : paired;
}

export const smartCards: Source<'smartCards'> = {
  name: 'smartCards',
  label: 'the paired smart cards (sc_auth)',
  read: readSmartCards,
  reread: { kind: 'rarely', paths: [smartCardMapping] },
  onlyWith: { methods: ['smartCard'], detail: 'smart cards are read with the method smart card only' },
  redaction: async () => (await import('./redacted.ts')).redaction,
  renderer: async () => (await import('./simulated.ts')).renderer,
};

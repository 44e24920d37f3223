import { sources as macSources } from '../../mac/sources.ts';
import { observeOnce } from '../../observe/observe.ts';
import { type SourceName, sourceNames } from '../../shared/observation.ts';
import type { Failed } from '../../shared/reading.ts';
import { type Check, couldNotRun, fail, type Outcome, pass, warn } from '../check.ts';

/** Whether each source of an observation can be read, by one real look. Nothing is recorded. */
export const sources: Check = {
  id: 'sources',
  group: 'mac',
  async run(deps) {
    if (!deps.onMac) return [couldNotRun('This is no Mac, so there is nothing to read.')];
    const observation = await observeOnce(deps);
    const outcomes: Outcome[] = [];
    const readable: string[] = [];
    for (const name of sourceNames) {
      const reading = observation[name];
      if (reading.ok) readable.push(macSources[name].label);
      else outcomes.push({ ...outcomeOf(name, reading), id: `source-${name}` });
    }
    const first = readable.length > 0 ? [pass(`Readable: ${readable.join(', ')}.`)] : [];
    const { appSso } = observation;
    const notUnderstood = appSso.ok ? appSso.value.warnings : [];
    if (notUnderstood.length > 0) {
      const said = `Not all that app-sso says is understood: ${notUnderstood.join('; ')}.`;
      const report = 'Report it, with: app-sso platform -s | psso-monitor parse app-sso';
      outcomes.push({ ...warn(said, report), id: 'app-sso-understood' });
    }
    return [...first, ...outcomes];
  },
};

function outcomeOf(name: SourceName, { reason, detail }: Failed): Outcome {
  const said = `Not readable: ${macSources[name].label}; ${detail}.`;
  if (name === 'focus')
    return couldNotRun(
      'Whether Focus is on can not be read; notices are then shown as if it were off.',
      'Nothing to do. With Full Disk Access for the agent it could be read.',
    );
  if (reason === 'off') return couldNotRun(said);
  if (name === 'appSso')
    return fail(
      said,
      reason === 'missing' ? 'Platform SSO needs macOS 13 or later.' : 'Try it by hand: app-sso platform -s',
    );
  return warn(said, 'What depends on it is unknown, and raises no alarm.');
}

import { type EpochMs, fromIso } from '../shared/time.ts';
import type { SettingKey } from './schema.ts';
import type { EffectiveSettings } from './settings.ts';

/** Values that are valid, and do not do what an admin expects: beside each other, or at this time. */
export function settingDoubts(
  { values, origins }: Pick<EffectiveSettings, 'values' | 'origins'>,
  now: EpochMs,
): { readonly key: SettingKey; readonly message: string }[] {
  const { PollIntervalSeconds: poll, TroublePollIntervalSeconds: trouble, IdpPasswordChangedAt: at } = values;
  const doubts: { key: SettingKey; message: string }[] = [];
  if (trouble > poll)
    doubts.push({
      key: 'TroublePollIntervalSeconds',
      message: `TroublePollIntervalSeconds (${trouble}) is longer than PollIntervalSeconds (${poll}): the agent polls less often while an issue is new than while all is well.`,
    });
  if (at !== null && fromIso(at) > now)
    doubts.push({
      key: 'IdpPasswordChangedAt',
      message: `IdpPasswordChangedAt is in the future (${at}). The agent ignores it until then.`,
    });
  if (origins.get('IdentityHashKey') === 'managed' && values.StoredIdentity !== 'hashed')
    doubts.push({
      key: 'IdentityHashKey',
      message: `IdentityHashKey has no effect: StoredIdentity is ${values.StoredIdentity}, and only hashed uses the key.`,
    });
  return doubts;
}

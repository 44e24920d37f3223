// mac/: all that knows macOS: commands, files, and their output. `sources/` has one folder a source: reader,
// parser, redaction, simulated output. This file is their list.

import type { SourceName } from '../shared/observation.ts';
import type { Source } from './source.ts';
import { account } from './sources/account/source.ts';
import { appSso } from './sources/app-sso/source.ts';
import { chromeHost } from './sources/chrome-host/source.ts';
import { companyPortal } from './sources/company-portal/source.ts';
import { enrollment } from './sources/enrollment/source.ts';
import { extensions } from './sources/extensions/source.ts';
import { fileVault } from './sources/file-vault/source.ts';
import { fingerprints } from './sources/fingerprints/source.ts';
import { focus } from './sources/focus/source.ts';
import { hosts } from './sources/hosts/source.ts';
import { macos } from './sources/macos/source.ts';
import { network } from './sources/network/source.ts';
import { oktaVerify } from './sources/okta-verify/source.ts';
import { passwordPolicy } from './sources/password-policy/source.ts';
import { passwordTools } from './sources/password-tools/source.ts';
import { power } from './sources/power/source.ts';
import { screenUnlock } from './sources/screen-unlock/source.ts';
import { session } from './sources/session/source.ts';
import { smartCards } from './sources/smart-cards/source.ts';
import { ssoProfile } from './sources/sso-profile/source.ts';
import { systemIntegrity } from './sources/system-integrity/source.ts';
import { workplaceJoin } from './sources/workplace-join/source.ts';

/** Every source of an observation, complete by type. The order is that of the observation. */
export const sources: { readonly [K in SourceName]: Source<K> } = {
  appSso,
  account,
  passwordPolicy,
  session,
  power,
  network,
  focus,
  macos,
  companyPortal,
  oktaVerify,
  ssoProfile,
  enrollment,
  workplaceJoin,
  screenUnlock,
  chromeHost,
  extensions,
  passwordTools,
  fileVault,
  systemIntegrity,
  fingerprints,
  smartCards,
  hosts,
};

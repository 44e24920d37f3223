import type * as z from 'zod/mini';
import { logAnswer } from '../../mac/parse/log.ts';
import { account, appSso, passwordPolicy } from '../../shared/observation.ts';

/** The outputs of `psso-monitor parse SOURCE`. `warnings` lists what was not understood. */
export const parseOutputs = {
  'app-sso': appSso,
  'password-policy': passwordPolicy,
  account,
  log: logAnswer,
} as const;
export type ParseSource = keyof typeof parseOutputs;
export type ParseOutput = { [Source in ParseSource]: z.infer<(typeof parseOutputs)[Source]> };

import type * as z from 'zod/mini';
import { doctorOutput } from '../../doctor/doctor-output.ts';
import { exportOutput } from '../../export/export-output.ts';
import { fleetOutput } from '../../fleet/fleet-output.ts';
import { attributeOutput } from '../../history/attribute-output.ts';
import { statusOutput } from '../../history/status-output.ts';
import { adviceOutput } from './advice.ts';
import { captureOutput } from './capture.ts';
import { catalogueOutput } from './catalogue.ts';
import { configCheckOutput, configKeyOutput, configOutput } from './config.ts';
import { diagnoseOutput } from './diagnose.ts';
import { eventsOutput } from './events.ts';
import { explainOutput } from './explain.ts';
import { issuesOutput } from './issues.ts';
import { notifyOutput } from './notify.ts';
import { onceOutput } from './once.ts';
import { parseOutputs } from './parse.ts';
import { replayOutput } from './replay.ts';
import { silenceOutput } from './silence.ts';
import { syncOutput } from './sync.ts';
import { versionOutput } from './version.ts';

/** What a command prints for scripts, and which version of it this is. */
export interface PublishedOutput {
  readonly name: string;
  /** Raised by a change that could break who reads it: docs/schemas/README.md says which those are. */
  readonly version: number;
  /** How it is asked for, without the program's name. */
  readonly call: string;
  /** One JSON document, or one a line. */
  readonly form: 'document' | 'lines';
  readonly about: string;
  readonly shape: z.core.$ZodType;
}

const output = (
  name: string,
  call: string,
  about: string,
  shape: z.core.$ZodType,
  { version = 1, form = 'document' }: Partial<Pick<PublishedOutput, 'version' | 'form'>> = {},
): PublishedOutput => ({ name, version, call, form, about, shape });

/** Every shape that `psso-monitor schema` prints, in the order of the help. */
export const publishedOutputs: readonly PublishedOutput[] = [
  output('once', 'once --json', 'One look at the Mac, and what it recorded.', onceOutput),
  output('status', 'status --json', 'How sign-in on this Mac is.', statusOutput),
  output('events', 'events --json', 'What happened: rows of the view v_events.', eventsOutput, {
    form: 'lines',
  }),
  output('issues', 'issues --json', 'The issues of this Mac: rows of the view v_issues.', issuesOutput),
  output('sync', 'sync --json', 'The password windows: rows of the view v_sync.', syncOutput),
  output('explain', 'explain ISSUE --json', 'All about one issue on this Mac.', explainOutput),
  output('silence', 'silence --json', 'What is silenced, and until when.', silenceOutput),
  output('catalogue', 'catalogue --json', 'The issues that are known.', catalogueOutput),
  output(
    'parse-app-sso',
    'parse app-sso',
    'What `app-sso platform -s` said, understood.',
    parseOutputs['app-sso'],
  ),
  output(
    'parse-password-policy',
    'parse password-policy',
    'The rules for local passwords, described.',
    parseOutputs['password-policy'],
  ),
  output(
    'parse-account',
    'parse account',
    'What the directory says of the local account.',
    parseOutputs.account,
  ),
  output('parse-log', 'parse log', 'What Platform SSO said in the unified log.', parseOutputs.log),
  output(
    'replay',
    'replay FILE --json',
    'What happened in a scenario, and its summary at the end.',
    replayOutput,
    { form: 'lines' },
  ),
  output('export', 'export --format ndjson', 'Rows of the public views.', exportOutput, { form: 'lines' }),
  output(
    'attribute',
    'attribute --json',
    'This Mac in the few words that inventories have room for.',
    attributeOutput,
  ),
  output('advice', 'advice --as dialog', 'What to do, as swiftDialog shows it.', adviceOutput),
  output('fleet', 'fleet FOLDER --json', 'One report of many Macs.', fleetOutput),
  output('doctor', 'doctor --json', 'Whether everything is in order, check by check.', doctorOutput),
  output('diagnose', 'diagnose --yes --json', 'What is in the archive for a support case.', diagnoseOutput),
  output(
    'capture',
    'capture --redact --out FILE --json',
    'What a capture holds, and what was replaced.',
    captureOutput,
  ),
  output('config', 'config --json', 'The settings in force, and where each comes from.', configOutput),
  output('config-key', 'config KEY --json', 'One setting.', configKeyOutput),
  output('config-check', 'config --check FILE --json', 'What is wrong in a profile.', configCheckOutput),
  output('notify', 'notify --test --json', 'Whether a channel took the test notification.', notifyOutput),
  output('version', 'version --json', 'The version.', versionOutput),
];

import type * as z from 'zod/mini';
import { doctorOutput } from '../../doctor/doctor-output.ts';
import { exportOutput } from '../../export/export-output.ts';
import { fleetOutput } from '../../fleet/fleet-output.ts';
import { flatLineOutput } from '../../fleet-store/flat-line-output.ts';
import { adviceOutput } from '../../history/advice-output.ts';
import { attributeOutput } from '../../history/attribute-output.ts';
import { statusOutput } from '../../history/status-output.ts';
import { validationOutput } from '../../validation/validation-output.ts';
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
import { tryRulesOutput } from './try-rules.ts';
import { versionOutput } from './version.ts';

/** The output of a command for scripts, with its version. */
export interface PublishedOutput {
  readonly name: string;
  /** Raised by a breaking change; docs/schemas/README.md defines which changes break. */
  readonly version: number;
  /** The command line without the program's name. */
  readonly call: string;
  /** One JSON document, or NDJSON. */
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

/** All published outputs, in the order of the help. */
export const publishedOutputs: readonly PublishedOutput[] = [
  output('once', 'once --json', 'One poll of the Mac and what it recorded.', onceOutput),
  output('status', 'status --json', 'The state of sign-in on this Mac.', statusOutput),
  output('events', 'events --json', 'Recorded events: rows of v_events.', eventsOutput, {
    form: 'lines',
  }),
  output('issues', 'issues --json', 'Issues of this Mac: rows of v_issues.', issuesOutput),
  output('sync', 'sync --json', 'Token cycles: rows of v_sync.', syncOutput),
  output('explain', 'explain ISSUE --json', 'One issue: evidence, causes, remedies.', explainOutput),
  output(
    'validate',
    'validate --json',
    'Which scenarios of a roll-out this Mac has proven.',
    validationOutput,
  ),
  output('silence', 'silence --json', 'Silenced issues with the end of each silence.', silenceOutput),
  output('catalogue', 'catalogue --json', 'Known issues.', catalogueOutput),
  output(
    'try-rules',
    'catalogue --try RULES --scenario FILE --json',
    'What the rules of a file say in a scenario.',
    tryRulesOutput,
    { form: 'lines' },
  ),
  output(
    'parse-app-sso',
    'parse app-sso',
    'The parsed output of `app-sso platform -s`.',
    parseOutputs['app-sso'],
  ),
  output(
    'parse-password-policy',
    'parse password-policy',
    'The parsed rules for local passwords.',
    parseOutputs['password-policy'],
  ),
  output(
    'parse-account',
    'parse account',
    'The parsed directory record of the local account.',
    parseOutputs.account,
  ),
  output('parse-log', 'parse log', 'The parsed log entries of Platform SSO.', parseOutputs.log),
  output(
    'replay',
    'replay FILE --json',
    'The events and notifications of a scenario, then a summary.',
    replayOutput,
    { form: 'lines' },
  ),
  output('export', 'export --format ndjson', 'Rows of the public views.', exportOutput, { form: 'lines' }),
  output('attribute', 'attribute --json', 'The state of this Mac for inventories.', attributeOutput),
  output('advice', 'advice --as dialog', 'Advice for the user, as options of swiftDialog.', adviceOutput),
  output('fleet', 'fleet FOLDER --json', 'The summary of many Macs.', fleetOutput),
  output(
    'ndjson',
    'export --since-id ID',
    'Records for log platforms, of this Mac; the same as fleet --store DIR --ndjson OUT.',
    flatLineOutput,
    { form: 'lines' },
  ),
  output('doctor', 'doctor --json', 'The result of each check.', doctorOutput),
  output('diagnose', 'diagnose --yes --json', 'The contents of the archive.', diagnoseOutput),
  output(
    'capture',
    'capture --redact --out FILE --json',
    'The contents of a capture, and what was replaced.',
    captureOutput,
  ),
  output('config', 'config --json', 'Effective settings and their origin.', configOutput),
  output('config-key', 'config KEY --json', 'One setting.', configKeyOutput),
  output('config-check', 'config --check FILE --json', 'Problems of a profile.', configCheckOutput),
  output('notify', 'notify --test --json', 'Whether a channel took the test notification.', notifyOutput),
  output('version', 'version --json', 'The version.', versionOutput),
];

// The reader of `fleet --otel`, which answers with its rights instead of the events.
import { lastLine, otelLines } from '../../../agent/fleet/serve-otel.ts';
import { optionOfProcess, rightsOfProcess } from '../../helpers/process-rights.ts';

const uid = optionOfProcess('--uid');
let requests = 0;
for (const line of otelLines(optionOfProcess('--otel') ?? '', uid === null ? null : Number(uid)))
  if (line.trim() !== lastLine) requests += 1;
const rights = {
  requests,
  ...rightsOfProcess(optionOfProcess('--secret') ?? ''),
};
process.stdout.write(`${JSON.stringify(rights)}\n`);
if (optionOfProcess('--fault') === 'invalid') process.stdout.write('\u001b[31m no JSON\n');
if (optionOfProcess('--fault') !== 'crash') process.stdout.write(`${lastLine}\n`);

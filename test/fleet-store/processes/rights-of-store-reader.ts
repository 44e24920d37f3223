// The reader of `fleet --store`, which answers with its rights instead of what it read.
import { frameOf } from '../../../agent/fleet/frames.ts';
import { serveNewRows } from '../../../agent/fleet-store/serve-new-rows.ts';
import { optionOfProcess, rightsOfProcess } from '../../helpers/process-rights.ts';

const uid = optionOfProcess('--uid');
await serveNewRows(
  process.stdin,
  optionOfProcess('--new-rows') ?? '',
  (answer) => {
    const detail = JSON.stringify({
      answered: 'events' in answer ? 'rows' : answer,
      ...rightsOfProcess(optionOfProcess('--secret') ?? ''),
    });
    process.stdout.write(frameOf({ reason: 'io', detail }));
  },
  uid === null ? null : Number(uid),
);

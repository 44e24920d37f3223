import { type History, historyOf } from '../history/history.ts';
import { lastPollIn } from '../history/last-poll.ts';
import { readSilences, type Silences } from '../notify/silences.ts';
import type { Paths } from '../shared/paths.ts';
import type { EpochMs } from '../shared/time.ts';
import { openReader } from '../store/reader.ts';
import type { MacReportOptions } from './mac-report.ts';

interface LoadedHistory {
  readonly history: History;
  readonly lastPoll: MacReportOptions['lastPoll'];
  readonly silences: Silences;
}

/** The history in these paths. `since`: without older events. Throws StoreError. */
export function loadHistory(paths: Paths, since: EpochMs | undefined, now: EpochMs): LoadedHistory {
  const reader = openReader({ path: paths.database });
  try {
    return {
      history: historyOf(reader, since),
      lastPoll: lastPollIn(paths.dataDir, reader),
      silences: readSilences(paths.silences, now),
    };
  } finally {
    reader.close();
  }
}

import { setFlagsFromString } from 'node:v8';
import type { FleetSummary, ListedSummary } from '../../fleet/fleet-output.ts';
import type { NamedDatabases } from '../../fleet/found-databases.ts';
import type { GivenChanges } from '../../fleet/password-changes/measure.ts';
import type { ConsumerForm } from '../../fleet-store/consumer-folder.ts';
import { counted } from '../../shared/counted.ts';
import { UsageError } from '../../shared/errors.ts';
import { keepNewSpace, letNewSpaceGrow } from '../../shared/new-space.ts';
import { day, type EpochMs } from '../../shared/time.ts';

export interface StoreCall {
  readonly store: string;
  /** The folder of databases; null: a report of the store alone. */
  readonly folder: string | null;
  /** Older months are deleted; null: none. */
  readonly keepSince: EpochMs | null;
  readonly now: EpochMs;
  readonly since: EpochMs | null;
  readonly silentAfterSeconds: number;
  readonly passwordChanges: GivenChanges | null;
  readonly progress: (text: string) => void;
  /** Folders that get what they do not have yet. */
  readonly consumers: readonly { readonly form: ConsumerForm; readonly folder: string }[];
}

interface StoreReport {
  readonly summary: ListedSummary;
  /** A line about each consumer. */
  readonly written: readonly string[];
}

/** Brings the databases of the folder into the store, writes its new records, and summarises the store. */
export async function storeAndSummarise(call: StoreCall): Promise<StoreReport> {
  const { store, folder, keepSince } = call;
  // One thread collects the new objects: a second one costs more processor time than it saves.
  setFlagsFromString('--no-parallel-scavenge');
  // Garbage may be as large as what is in use; by V8's own rule it is up to three times that, the more the
  // longer a run takes. It costs 3 % more processor time.
  setFlagsFromString('--heap-growing-percent=100');
  keepNewSpace();
  let files: { found: number; skipped: FleetSummary['files']['skipped'] } | null = null;
  if (folder !== null) {
    const [{ databasesIn }, { updateStore }] = await Promise.all([
      import('../../fleet/databases-in.ts'),
      import('../../fleet-store/update-store.ts'),
    ]);
    call.progress('Searching for databases…');
    const { found, unreadable } = databasesIn(folder, null);
    const { skipped } = await updateStore(store, found, {
      ...call,
      command: [process.execPath, process.argv[1] ?? ''],
    });
    files = { found: found.length + unreadable.length, skipped: [...unreadable, ...skipped] };
  }
  const written: string[] = [];
  if (call.consumers.length > 0) letNewSpaceGrow();
  for (const { form, folder } of call.consumers) {
    const { writeNewRecords } = await import('../../fleet-store/write-new-records.ts');
    const { files, records } = await writeNewRecords(store, folder, form, call.progress);
    written.push(`Written: ${folder} (${counted(records, 'record')} in ${counted(files, 'file')})`);
  }
  // After the consumers, which may not have the old months yet.
  if (keepSince !== null) {
    call.progress('Deleting old months…');
    const { keepInStore } = await import('../../fleet-store/keep.ts');
    keepInStore(store, keepSince);
  }
  call.progress('Summarising the store…');
  keepNewSpace();
  const { summaryOfStore } = await import('../../fleet-store/summary-of-store.ts');
  return { summary: summaryOfStore(store, { ...call, files }), written };
}

/** Writes the records of databases as OpenTelemetry logs. */
export async function otelOf(
  found: NamedDatabases,
  target: string,
  options: Pick<StoreCall, 'now' | 'since' | 'progress'> & { readonly force: boolean },
): Promise<void> {
  const { writeOtel } = await import('../../fleet-store/write-otel.ts');
  const command = [process.execPath, process.argv[1] ?? ''];
  await writeOtel(found, target, { ...options, command });
}

/** The instant of a span such as 400d. */
export function keepOption(text: string, now: EpochMs): EpochMs {
  const days = /^(\d{1,5})d$/.exec(text)?.[1];
  if (days === undefined || Number(days) === 0)
    throw new UsageError(`--keep takes a number of days such as 400d, not "${text}".`);
  return now - Number(days) * day;
}

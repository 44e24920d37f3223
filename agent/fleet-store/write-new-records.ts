import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { ProblemError } from '../shared/errors.ts';
import { finishCompaction } from './compact.ts';
import { ConsumerFolder, type ConsumerForm } from './consumer-folder.ts';
import { flatLines } from './flat-lines.ts';
import type { FlatRecord } from './flat-record.ts';
import { Ledger } from './ledger.ts';
import { otlpLines } from './otlp-lines.ts';
import { checkAsWritten } from './read-parquet.ts';
import { recordsIn } from './records-in.ts';
import { type StoreFile, storeFiles } from './store-folder.ts';

export interface WrittenRecords {
  readonly files: number;
  readonly records: number;
}

/**
 * Writes what the folder of a consumer does not have yet, a file for each run of the store. The file comes
 * first, then the folder's position, then the ledger, which only compaction reads. A call that is killed
 * loses nothing. The next one repeats records only if the consumer deleted the file, or compaction ran.
 */
export async function writeNewRecords(
  store: string,
  out: string,
  form: ConsumerForm,
  progress: (text: string) => void,
): Promise<WrittenRecords> {
  const ledger = new Ledger(store, 'write');
  try {
    finishCompaction(store, ledger);
    const folder = new ConsumerFolder(out, form, { id: storeId(ledger), run: ledger.run });
    if (folder.isNew) ledger.forgetConsumersOf(resolve(out));
    const until = ({ run }: StoreFile) => ledger.rowsUntil(run);
    const newFiles = storeFiles(store)
      .filter((file) => file.run <= ledger.run && until(file) > folder.run)
      .sort((one, other) => until(one) - until(other));
    const remember = (run: number) => {
      if (folder.run < run) folder.has(run);
      ledger.saveConsumer(folder.consumer, resolve(out), run);
      ledger.commit(ledger.run);
    };
    let [files, records] = [0, 0];
    for (const [run, ofRun] of Map.groupBy(newFiles, until)) {
      const counted = (count: number) => {
        records += count;
        progress(`${records} records written`);
      };
      for (const { path } of ofRun) await checkAsWritten(ledger, path);
      await folder.write(run, textsOf[form](recordsIn(ofRun, counted)));
      remember(run);
      files++;
    }
    remember(ledger.run);
    return { files, records };
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    const again = 'Nothing is lost; correct that, and run it again.';
    throw new ProblemError(`the records can't be written to ${out}: ${error.message}. ${again}`, {
      cause: error,
    });
  } finally {
    ledger.close();
  }
}

/** Made by the first export. */
function storeId(ledger: Ledger): string {
  const known = ledger.get('store');
  if (known !== null) return known;
  const id = randomBytes(16).toString('hex');
  ledger.set('store', id);
  ledger.commit(ledger.run);
  return id;
}

const textsOf: Readonly<Record<ConsumerForm, (records: AsyncIterable<FlatRecord>) => AsyncIterable<string>>> =
  {
    async *ndjson(records) {
      for await (const record of records) yield flatLines(record);
    },
    otel: otlpLines,
  };

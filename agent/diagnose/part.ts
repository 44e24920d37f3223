import type { Material } from '../capture/capture.ts';
import type { FreeText } from '../capture/free-text.ts';
import type { Redactor } from '../mac/redact/redactor.ts';
import type { Silences } from '../notify/silences.ts';
import type { GlobalOptions } from '../shared/global-options.ts';
import type { EpochMs } from '../shared/time.ts';
import type { StoreReader } from '../store/store.ts';

/** The input of the parts of a diagnosis. All parts share the stand-ins. */
export interface DiagnosisInput {
  readonly global: GlobalOptions;
  /** Null: a copy of a history is diagnosed, and nothing of this Mac is read. */
  readonly material: Material | null;
  readonly redactor: Redactor;
  readonly freeText: FreeText;
  /** The issues that the user silenced. */
  readonly silences: Silences;
  readonly now: EpochMs;
  /** Older events and log lines are omitted. */
  readonly since: EpochMs;
  /** The redacted extract of the database. Throws when there is no database. */
  readonly extract: () => Buffer;
  /** Reads that extract. */
  readonly withExtract: <T>(use: (reader: StoreReader) => T) => T;
}

/** A diagnosis of the Mac that it runs on. */
type DiagnosisOfMac = DiagnosisInput & { readonly material: Material };

type Files = Readonly<Record<string, string | Uint8Array>>;

/** One part of the archive: one or more files. */
interface PartOf<Input> {
  /** Its file, or the folder of its files. */
  readonly file: string;
  /** Shown to the user before the archive is made. */
  readonly title: string;
  /** Makes the files; null: there is nothing to add. May reject; the other parts are still made. */
  readonly make: (diagnosed: Input) => Promise<Files | null>;
}

/** Made from the history alone. */
interface HistoryPart extends PartOf<DiagnosisInput> {
  readonly of: 'history';
}
/** Made on the Mac itself. */
interface MacPart extends PartOf<DiagnosisOfMac> {
  readonly of: 'mac';
}
export type Part = HistoryPart | MacPart;

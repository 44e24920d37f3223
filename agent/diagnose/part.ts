import type { Material } from '../capture/capture.ts';
import type { FreeText } from '../capture/redact/free-text.ts';
import type { Redactor } from '../capture/redact/redactor.ts';
import type { GlobalOptions } from '../shared/global-options.ts';
import type { EpochMs } from '../shared/time.ts';
import type { StoreReader } from '../store/store.ts';

/** What the parts of a diagnosis are made from. The same stand-ins run through all of them. */
export interface DiagnosisInput {
  readonly global: GlobalOptions;
  readonly material: Material;
  readonly redactor: Redactor;
  readonly freeText: FreeText;
  readonly now: EpochMs;
  /** What is older is left out. */
  readonly since: EpochMs;
  /** The extract of the database that is given away, without identities. Throws when there is none. */
  readonly extract: () => Buffer;
  /** Reads that extract. */
  readonly withExtract: <T>(use: (reader: StoreReader) => T) => T;
}

/** One part of the archive, in one file or several. */
export interface Part {
  /** Its file, or the first of them. */
  readonly file: string;
  /** What it is, for the one who is asked whether to give it away. */
  readonly title: string;
  /** Rejects when it can't be made; the others are made all the same. Null: there is nothing to put in. */
  readonly make: (diagnosed: DiagnosisInput) => Promise<Readonly<Record<string, string | Uint8Array>> | null>;
}

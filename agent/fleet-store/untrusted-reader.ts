import * as z from 'zod/mini';
import { valueIn } from '../fleet/frames.ts';
import { type ReaderPlace, readerPlace } from '../fleet/reader-place.ts';
import { ReaderProcess, readTimeoutMs } from '../fleet/reader-process.ts';
import { invalidResponse } from '../untrusted/read-in-child.ts';
import { asUntrustedDatabaseError, UntrustedDatabaseError } from '../untrusted/untrusted-database-error.ts';
import { type NewRows, type NewRowsRequest, newRowsAnswer } from './new-rows.ts';

interface Asked<About> {
  readonly about: About;
  readonly request: NewRowsRequest;
}

/** A request with the path that the process gets, or the reason why it gets none. */
interface Waiting<About> extends Asked<About> {
  readonly given: NewRowsRequest | UntrustedDatabaseError;
}

export interface Answered<About> extends Asked<About> {
  readonly answer: NewRows | UntrustedDatabaseError;
}

/**
 * Reads databases in another process. Answers come in the order of the requests. A file that crashes or
 * blocks the process gives an error, and the next request starts a new process. The reader of root has no
 * user's rights.
 */
export class UntrustedReader<About> {
  readonly #command: readonly string[];
  readonly #place: ReaderPlace;
  readonly #asked: Waiting<About>[] = [];
  #process: ReaderProcess | null = null;

  constructor(command: readonly string[], scratch: string) {
    this.#command = command;
    this.#place = readerPlace(scratch, null);
  }

  /** Whether the oldest request must be answered before the next one is made. */
  get isFull(): boolean {
    return this.#asked.length >= this.#place.ahead;
  }

  get isWaiting(): boolean {
    return this.#asked.length > 0;
  }

  ask(asked: Asked<About>): void {
    const given = this.#given(asked.request);
    this.#asked.push({ ...asked, given });
    if (!(given instanceof UntrustedDatabaseError)) this.#process?.send(given);
  }

  #given(request: NewRowsRequest): NewRowsRequest | UntrustedDatabaseError {
    try {
      return { ...request, path: this.#place.give(request.path) };
    } catch (error) {
      return asUntrustedDatabaseError(error);
    }
  }

  /** The answer to the oldest request. */
  async next(): Promise<Answered<About>> {
    const [asked] = this.#asked;
    if (asked === undefined) throw new Error('no request waits for an answer');
    const { about, request, given } = asked;
    if (given instanceof UntrustedDatabaseError) {
      this.#asked.shift();
      return { about, request, answer: given };
    }
    const frame = await this.#running().frame(readTimeoutMs);
    this.#asked.shift();
    if ('failure' in frame) {
      await this.#end(true);
      return { about, request, answer: new UntrustedDatabaseError('damaged', frame.failure) };
    }
    return { about, request, answer: answerIn(frame.bytes) };
  }

  async end(): Promise<void> {
    await this.#end(false);
    this.#place.end();
  }

  async #end(now: boolean): Promise<void> {
    const ended = this.#process;
    this.#process = null;
    await ended?.end(now);
  }

  #running(): ReaderProcess {
    if (this.#process !== null) return this.#process;
    const started = new ReaderProcess(this.#command, this.#place, ['--new-rows', this.#place.scratch]);
    for (const { given } of this.#asked) if (!(given instanceof UntrustedDatabaseError)) started.send(given);
    this.#process = started;
    return started;
  }
}

/** A file may control its reader, so the output is validated like the file. */
function answerIn(frame: Buffer): NewRows | UntrustedDatabaseError {
  try {
    const answer = z.parse(newRowsAnswer, valueIn(frame));
    return 'reason' in answer ? new UntrustedDatabaseError(answer.reason, answer.detail) : answer;
  } catch (error) {
    return new UntrustedDatabaseError('damaged', invalidResponse, error);
  }
}

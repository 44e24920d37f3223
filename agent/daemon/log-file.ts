import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fchmodSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';

const rotateAt = 5 * 1024 * 1024;
/** `agent.log`, `.1` and `.2`. */
const kept = 3;
const fileMode = 0o600;

/**
 * Appends lines to a file and rotates it by size.
 *
 * Each line opens the file by its name. A moved or deleted log is created again, and a log that could not be
 * opened is opened as soon as possible.
 */
export class LogFile {
  readonly #path: string;
  readonly #rotateAtBytes: number;

  constructor(path: string, rotateAtBytes = rotateAt) {
    this.#path = path;
    this.#rotateAtBytes = rotateAtBytes;
  }

  /** Creates the folder and the file, for this user only. Throws when the file can't be opened. */
  prepare(): void {
    mkdirSync(dirname(this.#path), { recursive: true, mode: 0o700 });
    const opened = openToAppend(this.#path);
    try {
      fchmodSync(opened, fileMode);
    } finally {
      closeSync(opened);
    }
  }

  /** Throws when the line can't be written. */
  append(line: string): void {
    const size = statSync(this.#path, { throwIfNoEntry: false })?.size;
    if (size === undefined) this.prepare();
    else if (size > 0 && size + Buffer.byteLength(line) > this.#rotateAtBytes) this.#rotate();
    const opened = openToAppend(this.#path);
    const before = fstatSync(opened).size;
    try {
      writeFileSync(opened, line);
    } catch (error) {
      // On a full disk a part of the line may be written, which would damage the next line.
      ftruncateSync(opened, before);
      throw error;
    } finally {
      closeSync(opened);
    }
  }

  #rotate(): void {
    const path = this.#path;
    rmSync(`${path}.${kept - 1}`, { force: true });
    for (let age = kept - 2; age >= 0; age--) {
      const from = age === 0 ? path : `${path}.${age}`;
      if (statSync(from, { throwIfNoEntry: false }) !== undefined) renameSync(from, `${path}.${age + 1}`);
    }
  }
}

/** Why no line can be written to this log; null when one can. Writes nothing. */
export function logProblem(path: string): string | null {
  try {
    if (existsSync(path)) closeSync(openToAppend(path));
    else accessSync(nearestFolder(dirname(path)), constants.W_OK | constants.X_OK);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function nearestFolder(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : nearestFolder(dirname(path));
}

/**
 * Root follows no link: a link could make it append to any file and restrict the file's mode. O_NONBLOCK: a
 * FIFO without a reader fails and does not block the agent.
 */
function openToAppend(path: string): number {
  const { O_APPEND, O_CREAT, O_WRONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
  const noLink = process.geteuid?.() === 0 ? O_NOFOLLOW : 0;
  const opened = openSync(path, O_APPEND | O_CREAT | O_WRONLY | O_NONBLOCK | noLink, fileMode);
  if (fstatSync(opened).isFile()) return opened;
  closeSync(opened);
  throw new Error(`${path} is not a regular file`);
}

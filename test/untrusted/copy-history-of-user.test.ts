import { execFileSync } from 'node:child_process';
import {
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { copyHistoryOfUser, type Home, homesIn } from '../../agent/untrusted/copy-history-of-user.ts';
import { temporaryFolder } from '../store/samples.ts';
import { history } from './untrusted-databases.ts';

const uid = process.getuid?.() ?? 0;
let users: string;
let home: Home;
let folder: string;
let target: string;

beforeEach(() => {
  // macOS has its temporary folders behind a link, and no folder of a history may be behind one.
  const scratch = realpathSync(temporaryFolder());
  users = join(scratch, 'Users');
  home = { user: 'alex', path: join(users, 'alex'), uid };
  folder = join(home.path, 'Library', 'Application Support', 'PSSO Monitor');
  mkdirSync(folder, { recursive: true });
  target = join(scratch, 'copy.db');
});
const database = () => join(folder, 'events.db');
const refused = (says: string, of: Home = home) => {
  expect(() => copyHistoryOfUser(of, target)).toThrow(
    expect.objectContaining({ name: 'UntrustedDatabaseError', message: expect.stringContaining(says) }),
  );
};

describe("the copy of a user's history", () => {
  it('has the database and its WAL, byte by byte, and no -shm', () => {
    history(database());
    writeFileSync(`${database()}-wal`, 'wal');
    writeFileSync(`${database()}-shm`, 'shm');
    expect(copyHistoryOfUser(home, target)).toBe(true);
    expect(readFileSync(target).equals(readFileSync(database()))).toBe(true);
    expect(readFileSync(`${target}-wal`, 'utf8')).toBe('wal');
    expect(existsSync(`${target}-shm`)).toBe(false);
  });

  it('is not made without a history or its folder', () => {
    expect(copyHistoryOfUser(home, target)).toBe(false);
    expect(copyHistoryOfUser({ ...home, path: join(users, 'sam') }, target)).toBe(false);
    expect(existsSync(target)).toBe(false);
  });

  it.each(['events.db', 'events.db-wal'])('never follows a link: %s', (name) => {
    history(database());
    const secret = join(users, 'secret');
    writeFileSync(secret, 'root only');
    if (name === 'events.db') unlinkSync(database());
    symlinkSync(secret, join(folder, name));
    refused('it is a symbolic link');
  });

  it.each([
    [],
    ['Library'],
    ['Library', 'Application Support'],
    ['Library', 'Application Support', 'PSSO Monitor'],
  ])('nor a folder that is one: %s/%s/%s', (...above) => {
    history(database());
    const moved = join(users, 'elsewhere');
    const place = join(home.path, ...above);
    renameSync(place, moved);
    symlinkSync(moved, place);
    refused('a folder above it is a symbolic link');
  });

  it.each(['events.db', 'events.db-wal'])('does not wait for a FIFO: %s', (name) => {
    if (name !== 'events.db') history(database());
    execFileSync('mkfifo', [join(folder, name)]);
    refused('it is not a file');
  });

  it('refuses a hard link', () => {
    linkSync(history(join(users, 'other.db')), database());
    refused('a hard link');
  });

  it('refuses a file of another user', () => {
    history(database());
    refused(`it belongs to the user ${uid}`, { ...home, uid: uid + 1 });
  });

  it.each(['events.db', 'events.db-wal'])('refuses a sparse file of 10 GB: %s', (name) => {
    if (name !== 'events.db') history(database());
    writeFileSync(join(folder, name), '');
    truncateSync(join(folder, name), 10 * 1024 ** 3);
    refused('it is too large');
  });
});

describe('homes', () => {
  it('are folders of users; not files, links, shared folders or folders of the system', () => {
    writeFileSync(join(users, '.localized'), '');
    symlinkSync(home.path, join(users, 'link'));
    const mine = uid >= 500 ? ['alex'] : [];
    expect(homesIn(users).map(({ user }) => user)).toEqual(mine);
  });
});

import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkSettingsFile } from '../../agent/settings/check-settings-file.ts';
import { userFileAt } from '../../agent/settings/user-file.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'psso-monitor-settings-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a file that is not there is reported as missing', async () => {
  await expect(checkSettingsFile(join(folder, 'none'))).rejects.toThrow(
    /none can't be read: there is no such file\.$/,
  );
});

test('a folder is no file', async () => {
  await expect(checkSettingsFile(folder)).rejects.toThrow(/can't be read: it is a folder\.$/);
});

test('a profile may have 16 MiB', async () => {
  const file = join(folder, 'large.mobileconfig');
  writeFileSync(file, '');
  truncateSync(file, 16 * 1024 * 1024 + 1);
  await expect(checkSettingsFile(file)).rejects.toThrow(/it is larger than 16777216 bytes\.$/);
});

test("the user's settings are read; without a file there are none", () => {
  const file = join(folder, 'settings.json');
  const read = userFileAt(file);
  expect(read()).toBeNull();
  writeFileSync(file, '{ "Reminders": "once" }\n');
  expect(read()).toBe('{ "Reminders": "once" }\n');
  truncateSync(file, 1024 * 1024 + 1);
  expect(read).toThrow('larger than 1048576 bytes');
});

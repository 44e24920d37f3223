import { build } from 'plist';
import type { Renderer } from '../../simulated/renderer.ts';
import { loginWindowFile } from './login-window-files.ts';

export const renderer: Renderer = {
  files: ({ screenUnlockMode }) => [
    [
      loginWindowFile,
      `${build({
        lastUserName: 'a person',
        ...(screenUnlockMode === null ? {} : { screenUnlockMode }),
      })}\n`,
    ],
  ],
};

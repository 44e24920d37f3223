import { execFileSync } from 'node:child_process';
import { realTool } from '../pkg-build/real-tool.ts';

/**
 * A property list in the other form, by a reader that is not ours: macOS's own plutil there, Debian's
 * plistutil elsewhere.
 */
export function convertedPlist(content: string | Uint8Array, form: 'binary' | 'xml'): Buffer {
  const [program, ...args] =
    process.platform === 'darwin'
      ? ['/usr/bin/plutil', '-convert', form === 'binary' ? 'binary1' : 'xml1', '-o', '-', '-']
      : [realTool('plistutil'), '-i', '-', '-f', form === 'binary' ? 'bin' : 'xml', '-o', '-'];
  return execFileSync(program, args, { input: content });
}

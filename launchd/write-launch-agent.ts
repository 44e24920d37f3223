import { writeFileSync } from 'node:fs';
import { label } from './installed-paths.ts';
import { launchAgentPlist } from './property-list.ts';

writeFileSync(new URL(`${label}.plist`, import.meta.url), launchAgentPlist());

import { build } from 'plist';
import { launchAgent } from './launch-agent.ts';
import type { LaunchAgent } from './schema.ts';

/** The LaunchAgent as the XML property list that the package installs. */
export function launchAgentPlist(agent: LaunchAgent = launchAgent): string {
  return `${build(agent)}\n`;
}

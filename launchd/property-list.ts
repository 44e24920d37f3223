import { build } from 'plist';
import { launchAgent } from './launch-agent.ts';

/** The LaunchAgent as the XML property list that the package installs. */
export function launchAgentPlist(): string {
  return `${build(launchAgent)}\n`;
}

import { packageName } from '../package-name.ts';
import { constantFacts, type RecipeFacts } from './facts.ts';

/**
 * Ventura, by the number of the oldest macOS. Homebrew knows no minor versions. Since 5.1.11 (May 2026) a
 * symbol means this macOS or a newer one; before, it meant exactly this one.
 */
const oldest = 'ventura';

/** A cask for a tap of ours. Homebrew's own needs 75 stars as well. */
export function cask({ owner, repository, version, sha256 }: RecipeFacts): string {
  const { name, description, packageIdentifier, label, uninstallScript, records } = constantFacts;
  const file = packageName('#{version}', 'arm64').replace('arm64', '#{arch}');
  return `cask "psso-monitor" do
  arch arm: "arm64", intel: "x86_64"

  version "${version}"
  sha256 arm:   "${sha256.arm64}",
         intel: "${sha256.x86_64}"

  url "https://github.com/${owner}/${repository}/releases/download/v#{version}/${file}"
  name "${name}"
  desc "${description}"
  homepage "https://github.com/${owner}/${repository}"

  livecheck do
    url :url
    strategy :github_latest
  end

  depends_on macos: :${oldest}

  pkg "${file}"

  uninstall launchctl: "${label}",
            script:    {
              executable: "/bin/sh",
              args:       ["${uninstallScript}"],
              sudo:       true,
            },
            pkgutil:   "${packageIdentifier}"

  zap trash: [
${records.map((path) => `    "${path}",`).join('\n')}
  ]
end
`;
}

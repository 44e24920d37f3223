cask "psso-monitor" do
  arch arm: "arm64", intel: "x86_64"

  version "UNSET"
  sha256 arm:   "UNSET",
         intel: "UNSET"

  url "https://github.com/UNSET/UNSET/releases/download/v#{version}/psso-monitor-#{version}-#{arch}.pkg"
  name "PSSO Monitor"
  desc "Watches Platform SSO, records its history, and notifies the user when it breaks"
  homepage "https://github.com/UNSET/UNSET"

  livecheck do
    url :url
    strategy :github_latest
  end

  depends_on macos: :ventura

  pkg "psso-monitor-#{version}-#{arch}.pkg"

  uninstall launchctl: "io.github.psso-monitor.agent",
            script:    {
              executable: "/bin/sh",
              args:       ["/Library/Application Support/PSSO Monitor/share/uninstall.sh"],
              sudo:       true,
            },
            pkgutil:   "io.github.psso-monitor.pkg"

  zap trash: [
    "~/Library/Application Support/PSSO Monitor",
    "~/Library/Logs/PSSO Monitor",
  ]
end

import { constantFacts, type RecipeFacts } from './facts.ts';

/** A branch of Installomator's `case`, as a file of its fragments/labels has it. */
export function installomatorLabel({ owner, repository, team }: RecipeFacts): string {
  const { name, packageIdentifier } = constantFacts;
  return `pssomonitor)
    name="${name}"
    type="pkg"
    packageID="${packageIdentifier}"
    if [[ $(arch) == "arm64" ]]; then
        archiveName="psso-monitor-[0-9.]*-arm64.pkg"
    else
        archiveName="psso-monitor-[0-9.]*-x86_64.pkg"
    fi
    downloadURL="$(downloadURLFromGit ${owner} ${repository})"
    appNewVersion="$(versionFromGit ${owner} ${repository})"
    expectedTeamID="${team}"
    blockingProcesses=( NONE )
    ;;
`;
}

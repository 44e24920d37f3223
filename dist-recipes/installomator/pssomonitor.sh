pssomonitor)
    name="PSSO Monitor"
    type="pkg"
    packageID="io.github.psso-monitor.pkg"
    if [[ $(arch) == "arm64" ]]; then
        archiveName="psso-monitor-[0-9.]*-arm64.pkg"
    else
        archiveName="psso-monitor-[0-9.]*-x86_64.pkg"
    fi
    downloadURL="$(downloadURLFromGit UNSET UNSET)"
    appNewVersion="$(versionFromGit UNSET UNSET)"
    expectedTeamID="UNSET"
    blockingProcesses=( NONE )
    ;;

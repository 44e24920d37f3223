# For this Mac's own bash, with a completion script as its argument: prints its version, and what a Tab proposes
# after `psso-monitor events --kind reg`.
# shellcheck disable=SC1090 # the script under test
source "$1"
function=$(complete -p psso-monitor)
function=${function##*-F }
function=${function%% *}
COMP_WORDS=(psso-monitor events --kind reg)
COMP_CWORD=3
"$function" psso-monitor reg --kind
echo "${BASH_VERSION%%(*} ${COMPREPLY[*]}"

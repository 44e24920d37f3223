# zsh -f complete.zsh SCRIPT LINE FOLDER: prints the proposals of a Tab after LINE, one a line, then the
# completed line as `= LINE`.
# Completion works in an interactive shell only, so that one is started on a terminal of its own. Its dump goes to FOLDER.
zmodload zsh/zpty || exit 1
zpty inner zsh -f -i
setup=$3/setup.zsh
cat >$setup <<SETUP
PROMPT=
autoload -Uz compinit && compinit -u -d ${(q)3}/zcompdump
source ${(q)1}
SETUP
cat >>$setup <<'SETUP'
zstyle ':completion:*' insert-tab false
# What would be proposed goes to the terminal instead, behind a mark.
compadd() {
  if [[ ${@[1,(i)(-|--)]} == *-(O|A|D)\ * ]]; then
    builtin compadd "$@"
    return
  fi
  typeset -a hits
  builtin compadd -A hits "$@"
  for hit in $hits; do print -r -- "@$hit"; done
  builtin compadd "$@"
}
print-line() { print -r -- "@= $BUFFER"; print -r -- @end; exit }
complete-and-print() { zle complete-word; print-line }
zle -N complete-and-print
bindkey '^I' complete-and-print
print -r -- @ready
SETUP
zpty -w inner "source ${(q)setup}"
while zpty -r inner line; do [[ $line == @ready* ]] && break; done
zpty -n -w inner "$2"$'\t'
while zpty -r inner line; do
  line=${line//[$'\r\n']/}
  [[ $line == *@end* ]] && break
  [[ $line == *@* ]] && print -r -- "${line##*@}"
done
zpty -d inner

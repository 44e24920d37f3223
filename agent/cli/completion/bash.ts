import { shellQuoted } from '../../shared/shell-quoted.ts';
import { type CommandLine, identifierOf, type TypedOption, wordListsOf } from './command-line.ts';
import type { Offer } from './offers.ts';

/**
 * The completion script for bash, including 3.2 of macOS: without `mapfile` and associative arrays. bash 3.2
 * has no `compopt`, so it completes a free value as a file; newer versions propose nothing.
 */
export function bashScript(line: CommandLine): string {
  const { program, commands } = line;
  const name = `_${identifierOf(program)}`;
  const words = (list: readonly string[]) => shellQuoted(list.join(' '));
  const valued = (options: readonly TypedOption[], before: string) =>
    options.flatMap(({ flags, offer }) =>
      offer === null ? [] : flags.map((flag) => ({ pattern: `${before} ${flag}'`, offer })),
    );
  const withValue = [
    ...valued(line.options, "*'"),
    ...commands.flatMap((command) => valued(command.options, `'${command.name}`)),
  ];
  const positions = commands.flatMap((command) =>
    command.arguments.map(({ offer, repeatable }, position) =>
      branch(`'${command.name} ${position}'${repeatable ? `|'${command.name} '*` : ''}`, proposal(offer)),
    ),
  );

  return `# bash completion for ${program}. Made by: ${program} completion bash

${name}() {
  local cur=\${COMP_WORDS[COMP_CWORD]} command='' option='' position=0 at word words='' else=none
  COMPREPLY=()

  # The words so far. Newer shells split --option=value and a time of day at each = and colon.
  for ((at = 1; at < COMP_CWORD; at++)); do
    word=\${COMP_WORDS[at]}
    if [[ $word == '=' ]]; then continue; fi
    if [[ $word == ':' ]]; then at=$((at + 1)); continue; fi
    if [[ -n $option ]]; then option=''; continue; fi
    case "$command $word" in
      ${withValue.map(({ pattern }) => pattern).join(' | ')}) option=$word; continue ;;
    esac
    if [[ $word == -* ]]; then continue; fi
    if [[ -z $command ]]; then command=$word; else position=$((position + 1)); fi
  done
  if [[ $cur == '=' ]]; then cur=''; fi
  if [[ $cur == --*=* ]]; then option=\${cur%%=*} cur=\${cur#*=}; fi

  if [[ -n $option ]]; then
    case "$command $option" in
${withValue.map(({ pattern, offer }) => branch(pattern, proposal(offer))).join('\n')}
    esac
  elif [[ -z $command && $cur != -* ]]; then
    words=${words(commands.map((command) => command.name))}
  else
    if [[ $cur != -* ]]; then
      case "$command $position" in
${positions.join('\n')}
      esac
    fi
    if [[ -z $words && $else == none ]]; then
      words=${words(line.options.flatMap(({ flags }) => flags))}
      case $command in
${commands
  .filter(({ options }) => options.length > 0)
  .map(
    ({ name: of, options }) =>
      `        ${of}) words+=${words(['', ...options.flatMap(({ flags }) => flags)])} ;;`,
  )
  .join('\n')}
      esac
    fi
  fi

  case $else in
    files) ;;
    folders) compopt +o default -o dirnames 2>/dev/null ;;
    *) compopt +o default 2>/dev/null ;;
  esac
  while IFS= read -r word; do
    COMPREPLY+=("$word")
  done < <(compgen -W "$words" -- "$cur")
}

${wordListsOf(line)
  .map((list) => `${listName(list.name)}=${words(list.words.map(({ word }) => word))}`)
  .join('\n')}

complete -o default -F ${name} ${program}
`;

  function listName(list: string): string {
    return `${name}_${identifierOf(list)}`;
  }

  function proposal(offer: Offer): string {
    switch (offer.kind) {
      case 'words':
        return `words=$${listName(offer.name)}`;
      case 'nothing':
        return 'else=nothing';
      default:
        return `else=${offer.kind}`;
    }
  }
}

function branch(pattern: string, action: string): string {
  return `      ${pattern}) ${action} ;;`;
}

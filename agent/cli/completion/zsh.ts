import { shellQuoted } from '../../shared/shell-quoted.ts';
import {
  type CommandLine,
  identifierOf,
  type TypedCommand,
  type TypedOption,
  wordListsOf,
} from './command-line.ts';
import type { Offer, Word } from './offers.ts';

/** The completion script for zsh: sourced after `compinit`, or kept as `_psso-monitor` in `fpath`. */
export function zshScript(line: CommandLine): string {
  const { program, commands } = line;
  const name = `_${program}`;
  const action = (offer: Offer) => {
    switch (offer.kind) {
      case 'words':
        return `${name}_${identifierOf(offer.name)}`;
      case 'files':
        return '_files';
      case 'folders':
        return '_files -/';
      case 'nothing':
        // A blank action: zsh shows only the message.
        return ' ';
    }
  };
  const lists = wordListsOf(line).map(
    (list) => `(( $+functions[${name}_${identifierOf(list.name)}] )) ||
${name}_${identifierOf(list.name)}() {
  local -a words=(${described(list.words)})
  _describe -t ${shellQuoted(identifierOf(list.name))} ${shellQuoted(list.name)} words "$@"
}
`,
  );
  const specs = (command: TypedCommand) =>
    [
      ...command.options.map((option) => optionSpec(option, action)),
      ...command.arguments.map(({ name: message, offer, repeatable }, index) =>
        shellQuoted(`${repeatable ? '*' : index + 1}:${escaped(message)}:${action(offer)}`),
      ),
    ]
      .map((spec) => ` \\\n          ${spec}`)
      .join('');

  return `#compdef ${program}
# zsh completion for ${program}. Made by: ${program} completion zsh

${name}() {
  local curcontext=$curcontext state state_descr line
  local -A opt_args
  local -a commands=(${described(commands.map((command) => ({ word: command.name, about: command.about })))})

  local -a everywhere=(
    ${line.options.map((option) => optionSpec(option, action)).join('\n    ')}
  )

  _arguments -C $everywhere \\
        '1: :->command' \\
        '*:: :->typed' && return 0

  case $state in
    command) _describe -t commands command commands ;;
    typed)
      curcontext="\${curcontext%:*:*}:${program}-$words[1]:"
      case $words[1] in
${commands
  .map(
    (command) => `      ${command.name})
        _arguments -S $everywhere${specs(command)} ;;`,
  )
  .join('\n')}
      esac ;;
  esac
}

${lists.join('\n')}
if [[ $funcstack[1] == ${name} ]]; then
  ${name} "$@"
elif (( $+functions[compdef] )); then
  compdef ${name} ${program}
else
  print -u2 '${program}: completion needs zsh'\\''s own: put "autoload -Uz compinit && compinit" before this.'
fi
`;
}

function optionSpec(
  { flags, about, offer, repeatable }: TypedOption,
  action: (offer: Offer) => string,
): string {
  const explained = `[${escaped(about)}]`;
  // These options exclude all other words.
  if (flags.includes('--help')) return `'(- : *)'{${flags.join(',')}}${shellQuoted(explained)}`;
  const value = offer === null ? '' : `:${escaped(valueName(offer))}:${action(offer)}`;
  return flags
    .map((flag) =>
      shellQuoted(`${repeatable ? '*' : ''}${flag}${offer === null ? '' : '='}${explained}${value}`),
    )
    .join(' ');
}

function valueName(offer: Offer): string {
  return offer.kind === 'words' ? offer.name : offer.kind === 'nothing' ? 'value' : offer.kind.slice(0, -1);
}

/** Words with descriptions, in the form of `_describe`. */
function described(words: readonly Word[]): string {
  const all = words.map(({ word, about }) => {
    const safe = word.replaceAll(':', '\\:');
    return shellQuoted(about === '' ? safe : `${safe}:${about}`);
  });
  return `\n    ${all.join('\n    ')}\n  `;
}

/** Escapes text inside the specification of an option or an argument. */
function escaped(text: string): string {
  return text.replaceAll(/[\\[\]:]/g, '\\$&');
}

import { type CommandLine, identifierOf, type TypedOption, wordListsOf } from './command-line.ts';
import type { Offer } from './offers.ts';

/** The completion script for fish, which loads it from `~/.config/fish/completions/psso-monitor.fish`. */
export function fishScript(line: CommandLine): string {
  const { program, commands } = line;
  const name = `__${identifierOf(program)}`;
  const complete = (...words: string[]) => `complete -c ${program} ${words.join(' ')}`;
  const proposal = (offer: Offer) => {
    switch (offer.kind) {
      case 'words':
        return `-x -a '(${name}_${identifierOf(offer.name)})'`;
      case 'files':
        return '-r -F';
      case 'folders':
        return `-x -a '(__fish_complete_directories)'`;
      case 'nothing':
        return '-x';
    }
  };
  const valued = (options: readonly TypedOption[]) =>
    options.filter(({ offer }) => offer !== null).flatMap(({ flags }) => flags);

  const lists = wordListsOf(line).map(
    (list) => `function ${name}_${identifierOf(list.name)}
    printf '%s\\t%s\\n' \\
${list.words.map(({ word, about }) => `        ${quoted(word)} ${quoted(about)}`).join(' \\\n')}
end
`,
  );
  const options = (of: readonly TypedOption[], condition: string | null) =>
    of.map(({ flags, about, offer }) =>
      complete(
        ...(condition === null ? [] : [`-n ${quoted(condition)}`]),
        ...flags.map((flag) => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`)),
        ...(offer === null ? [] : [proposal(offer)]),
        `-d ${quoted(about)}`,
      ),
    );

  return `# fish completion for ${program}. Made by: ${program} completion fish

# The words before the cursor that are neither options nor their values: the command, and its arguments.
function ${name}_words
    set -l typed (commandline -opc)
    set -l command ''
    set -l skip no
    for word in $typed[2..-1]
        if test $skip = yes
            set skip no
            continue
        end
        switch "$command $word"
            case ${valued(line.options)
              .map((flag) => quoted(`* ${flag}`))
              .join(' ')}
                set skip yes
            case ${commands
              .flatMap((command) => valued(command.options).map((flag) => quoted(`${command.name} ${flag}`)))
              .join(' ')}
                set skip yes
            case '* -*'
            case '*'
                if test -z "$command"
                    set command $word
                end
                echo $word
        end
    end
end

# Whether the command is the one given, or none yet.
function ${name}_in
    set -l typed (${name}_words)
    test "$typed[1]" = "$argv[1]"
end

# Whether the command is the one given, and the next argument has the given number, or with "+" a later one.
function ${name}_at
    set -l typed (${name}_words)
    test "$typed[1]" = "$argv[1]"; or return 1
    if test "$argv[3]" = +
        test (count $typed) -ge $argv[2]
    else
        test (count $typed) -eq $argv[2]
    end
end

${lists.join('\n')}
complete -c ${program} -e
${complete('-f')}
${options(line.options, null).join('\n')}
${commands
  .flatMap((command) => [
    complete(`-n ${quoted(`${name}_in ""`)}`, `-a ${quoted(command.name)}`, `-d ${quoted(command.about)}`),
  ])
  .join('\n')}
${commands
  .flatMap((command) => [
    ...options(command.options, `${name}_in ${command.name}`),
    ...command.arguments.map(({ offer, repeatable }, index) =>
      complete(
        `-n ${quoted(`${name}_at ${command.name} ${index + 1}${repeatable ? ' +' : ''}`)}`,
        proposal(offer).replace(/^-[rx] ?/, ''),
      ),
    ),
  ])
  .filter((completion) => !completion.endsWith("' "))
  .join('\n')}
`;
}

function quoted(text: string): string {
  return `'${text.replaceAll(/[\\']/g, '\\$&')}'`;
}

import type { Argument, Command, Option } from 'commander';
import { type Offer, offerFor, wordsNamed } from './offers.ts';

/** An option. `offer` is null when the option takes no value. */
export interface TypedOption {
  readonly flags: readonly string[];
  readonly about: string;
  readonly offer: Offer | null;
  readonly repeatable: boolean;
}

interface TypedArgument {
  readonly name: string;
  readonly offer: Offer;
  readonly repeatable: boolean;
}

export interface TypedCommand {
  readonly name: string;
  readonly about: string;
  /** Without the global options. */
  readonly options: readonly TypedOption[];
  readonly arguments: readonly TypedArgument[];
}

/** The command line as plain data, independent of commander. */
export interface CommandLine {
  readonly program: string;
  /** The global options, before or after the command. */
  readonly options: readonly TypedOption[];
  readonly commands: readonly TypedCommand[];
}

/** Returns the command line of a program, without hidden options and with the command `help`. */
export function commandLineOf(program: Command): CommandLine {
  const options = optionsOf(program, '');
  const everywhere = options.flatMap(({ flags }) => flags);
  const commands = program.commands.map((command): TypedCommand => {
    const name = command.name();
    return {
      name,
      about: command.summary(),
      options: optionsOf(command, name).filter(
        ({ flags }) => !flags.some((flag) => everywhere.includes(flag)),
      ),
      arguments: command.registeredArguments.map((argument) => typedArgument(argument, name)),
    };
  });
  const all = wordsNamed(
    'command',
    commands.map(({ name, about }) => ({ word: name, about })),
  );
  const help: TypedCommand = {
    name: 'help',
    about: 'explain a command',
    options: [],
    arguments: [{ name: 'command', offer: all, repeatable: false }],
  };
  return { program: program.name(), options, commands: [...commands, help] };
}

function optionsOf(command: Command, name: string): TypedOption[] {
  return command
    .createHelp()
    .visibleOptions(command)
    .map((option) => typedOption(option, name));
}

function typedOption(option: Option, command: string): TypedOption {
  const flags = [option.short, option.long].filter((flag) => flag !== undefined);
  return {
    flags,
    about: option.long === '--help' ? 'explain this' : option.description,
    offer: option.required ? offered(command, placeOf(option.flags), option.argChoices) : null,
    repeatable: option.variadic,
  };
}

function typedArgument(argument: Argument, command: string): TypedArgument {
  const name = argument.name();
  return { name, offer: offered(command, name, argument.argChoices), repeatable: argument.variadic };
}

/** Uses the choices that commander knows, or else those of `offers.ts`. */
function offered(command: string, place: string, choices: readonly string[] | undefined): Offer {
  if (choices !== undefined) return wordsNamed(`${command} ${place}`, choices);
  return offerFor(command, place) ?? { kind: 'nothing' };
}

/** The `kind` of `--kind <kind...>`. */
export function placeOf(flags: string): string {
  return /[<[]([^\]>.]+)/.exec(flags)?.[1] ?? '';
}

/** Every list of words once, in the order of first use. */
export function wordListsOf(line: CommandLine): Extract<Offer, { kind: 'words' }>[] {
  const offers = line.commands.flatMap((command) => [
    ...command.options.map(({ offer }) => offer),
    ...command.arguments.map(({ offer }) => offer),
  ]);
  const lists = new Map<string, Extract<Offer, { kind: 'words' }>>();
  for (const offer of offers) if (offer?.kind === 'words') lists.set(offer.name, offer);
  return [...lists.values()];
}

/** Turns the name of a list into a part of a shell function's name. */
export function identifierOf(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9]+/g, '_');
}

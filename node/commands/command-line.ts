import { parseArgs, stripVTControlCharacters } from 'node:util'
import { type CommandDef, renderUsage } from 'citty'

/** What was typed on a command line, and the help about it. */

type KnownArgument = { type?: string; required?: boolean; description?: string }

/**
 * Finds an argument that the command does not take, since a misspelt `--dry-run` must not import for good, or one that is
 * missing. Returns what is wrong, in French.
 */
export function findMistake(command: CommandDef, rest: string[]): string | undefined {
  const known = Object.entries((command.args ?? {}) as Record<string, KnownArgument>)
  const options = known.filter(([, { type }]) => type !== 'positional')
  const words = known.filter(([, { type }]) => type === 'positional')
  try {
    const { positionals } = parseArgs({
      args: rest,
      allowPositionals: true,
      options: Object.fromEntries(
        options.map(([name, { type }]) => [
          name,
          { type: type === 'boolean' ? 'boolean' : 'string' } as const,
        ]),
      ),
    })
    const extra = positionals[words.length]
    if (extra !== undefined) return `« ${extra} » est un mot de trop`
    const missing = words.find(([, { required }], index) => required && index >= positionals.length)
    return missing && `il manque un mot (${missing[1].description})`
  } catch (error) {
    return toMistake(error)
  }
}

/** Translates the message of `parseArgs` (Node, `util`). */
function toMistake(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const option = /'(--?[^'\s]+)/.exec(error.message)?.[1]
  if (!option) return error.message
  if ('code' in error && error.code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION')
    return `« ${option} » n’est pas une option`
  return error.message.includes('does not take an argument')
    ? `« ${option} » ne prend pas de valeur`
    : `« ${option} » attend une valeur`
}

/** Follows the words down to the command that they name; the command is undefined when a word names none. */
export function findCommand(
  main: CommandDef,
  args: string[],
): { command: CommandDef | undefined; rest: string[] } {
  let command: CommandDef | undefined = main
  let rest = args
  while (command?.subCommands && rest[0] !== undefined && !rest[0].startsWith('-')) {
    const known = command.subCommands as Record<string, CommandDef>
    command = Object.hasOwn(known, rest[0]) ? known[rest[0]] : undefined
    rest = rest.slice(1)
  }
  return { command, rest }
}

/** Renders the help of a command in French, without colours where no terminal shows it. */
export async function renderHelp(command: CommandDef, name: string): Promise<string> {
  const usage = toFrench(await renderUsage({ ...command, meta: { ...(await command.meta), name } }))
  const words = hasOptions(command) ? usage : usage.replace(' [OPTIONS]', '')
  return process.stdout.isTTY ? words : stripVTControlCharacters(words)
}

const hasOptions = ({ args = {} }: CommandDef): boolean =>
  Object.values(args as Record<string, KnownArgument>).some(({ type }) => type !== 'positional')

/** The words of a command line as help names them; the program names them in English. */
const WORDS: Record<string, string> = {
  EMAIL: 'ADRESSE',
  LABEL: 'NOM',
  ADDRESS: 'ADRESSE',
  FILE: 'FICHIER',
  FOLDER: 'DOSSIER',
  DIRECTORY: 'ANNUAIRE',
}

/** Translates the few words that the renderer of citty writes by itself. */
const toFrench = (usage: string): string =>
  usage
    .replace('COMMANDS', 'COMMANDES')
    .replaceAll(/\b[A-Z]+\b/g, (word) => WORDS[word] ?? word)
    .replaceAll('(Required)', '(obligatoire)')
    .replaceAll('(Default: ', '(sinon : ')
    .replace(/^Use /m, '')
    .replace('<command>', 'COMMANDE')
    .replace(' for more information about a command.', ' en dit plus.')

/** Writes a line to the standard output. */
export function writeLine(text: string): void {
  process.stdout.write(`${text}\n`)
}

import { stripVTControlCharacters } from 'node:util'
import { runCommand } from 'citty'
import { refusalText } from '../ui/locales/messages.ts'
import { CommandError } from './commands/command-error.ts'
import { findCommand, findMistake, renderHelp, writeLine } from './commands/command-line.ts'
import { commandsFor, type Environment } from './commands/command-table.ts'
import { ConfigError } from './config.ts'
import { DomainError, isDiskFull } from './domain/values/errors.ts'
import { VERSION } from './program/version.ts'
import { configureLog } from './server/log.ts'

/**
 * Runs a command. Exit codes: 0 done, 1 failed (one sentence on stderr), 2 the command was not understood, 78 `start`
 * has a setting that only a person can mend.
 */
export async function runCli(args: string[], env: Environment): Promise<number> {
  const main = commandsFor(env)
  const [name] = args
  if (name === '--version' || name === '-v') return print(VERSION)
  if (name === undefined || name === '--help' || name === '-h')
    return print(await renderHelp(main, 'cafe-ia'))
  const { command, rest } = findCommand(main, args)
  const asksHelp = rest.includes('--help') || rest.includes('-h')
  if (command && asksHelp) {
    const words = args.slice(0, args.length - rest.length)
    return print(await renderHelp(command, ['cafe-ia', ...words].join(' ')))
  }
  if (!command || (command.subCommands && !command.run))
    return complain(
      `cafe-ia: « ${args.join(' ')} » n’est pas une commande : voyez cafe-ia --help`,
      2,
    )
  const mistake = findMistake(command, rest)
  if (mistake) return complain(`cafe-ia: ${mistake} : voyez cafe-ia ${name} --help`, 2)
  try {
    await configureLog('info')
    await runCommand(command, { rawArgs: rest })
    return Number(process.exitCode ?? 0)
  } catch (error) {
    if (error instanceof Error && error.name === 'CLIError')
      return complain(`cafe-ia: ${stripVTControlCharacters(error.message)}`, 2)
    if (error instanceof ConfigError)
      return complain(
        `cafe-ia: ${error.message}`,
        name === 'start' && !error.mayPass ? WRONG_SETTING : 1,
      )
    if (error instanceof CommandError) return complain(`cafe-ia: ${error.message}`, 1)
    if (error instanceof DomainError)
      return complain(`cafe-ia: ${refusalText(error.refusal, 'fr')}`, 1)
    if (isDiskFull(error))
      return complain(
        'cafe-ia: Le disque est plein : libérez de la place, puis relancez la commande.',
        1,
      )
    return complain(`cafe-ia: ${error instanceof Error ? error.stack : String(error)}`, 1)
  }
}

/**
 * The code with which `start` ends for a setting that only a person can mend (`EX_CONFIG` of sysexits.h): the unit of
 * systemd does not start it again.
 */
const WRONG_SETTING = 78

function print(text: string): number {
  writeLine(text)
  return 0
}

function complain(text: string, code: number): number {
  process.stderr.write(`${text}\n`)
  return code
}

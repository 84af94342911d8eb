import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { parseEnv } from 'node:util'
import { PROJECT_ROOT } from '../../program/project-root.ts'
import { CommandError } from '../command-error.ts'
import { writeLine } from '../command-line.ts'

type Environment = Record<string, string | undefined>

/**
 * Runs a command in each folder of a site below `parent` (those with an `.env`), one after the other, each in a process
 * with the settings of that site alone and, for root, with the account of its data: a file that root writes there could
 * no longer be changed by the site. Writes one line for each site.
 *
 * @param args - The command and its options, without `--all`.
 * @returns The exit code: 0 when it succeeded for all, otherwise 1.
 * @throws CommandError where there is no site.
 */
export async function runForAll(env: Environment, parent: string, args: string[]): Promise<number> {
  const sites = await listSites(parent)
  if (sites.length === 0) throw new CommandError(`Aucun dossier de ${parent} n’a de fichier .env`)
  let code = 0
  for (const name of sites) {
    const { isDone, words } = await runIn(join(parent, name), env, args)
    if (!isDone) code = 1
    writeLine(`${isDone ? '✓' : '✗'} ${name} : ${words}`)
  }
  return code
}

async function listSites(parent: string): Promise<string[]> {
  const names = await readdir(parent).catch(() => {
    throw new CommandError(`Le dossier ${parent} ne peut pas être lu`)
  })
  const are = await Promise.all(
    names.map((name) =>
      stat(join(parent, name, '.env')).then(
        (found) => found.isFile(),
        () => false,
      ),
    ),
  )
  return names.filter((_, index) => are[index]).sort()
}

type Done = { isDone: boolean; words: string }

async function runIn(folder: string, env: Environment, args: string[]): Promise<Done> {
  // Where this account may not read it, the command itself says so.
  const settings = await readFile(join(folder, '.env'), 'utf8').catch(() => '')
  const data = resolve(folder, parseEnv(settings).CAFE_IA_DATA || 'data')
  const found = await stat(data).catch(() => undefined)
  if (!found) return { isDone: false, words: `le dossier des données, ${data}, n’y est pas.` }
  const isRoot = process.getuid?.() === 0
  const child = spawn(
    process.execPath,
    [...process.execArgv, join(PROJECT_ROOT, 'dist/main.js'), ...args],
    {
      cwd: folder,
      env: Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('CAFE_IA_'))),
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(isRoot && { uid: found.uid, gid: found.gid }),
    },
  )
  const [[code], said, complaint] = await Promise.all([
    once(child, 'close'),
    text(child.stdout),
    text(child.stderr),
  ])
  return { isDone: code === 0, words: summaryOf(code === 0, said, complaint) }
}

/** As many findings are shown whole in one line: `upgrade --check` has no more, `doctor` has ten. */
const MOST_SHOWN = 3

/**
 * Returns in one line what a command said: the faults that it found, else its error, else its findings where they are
 * few, else that there is no fault; of a command without findings, its first line.
 */
function summaryOf(isDone: boolean, said: string, complaint: string): string {
  const lines = said.split('\n').filter(Boolean)
  const faults = lines.flatMap((line) => (line.startsWith('✗ ') ? [line.slice(2)] : []))
  if (faults.length > 0) return faults.join(' ')
  const error = complaint
    .trim()
    .split('\n')
    .at(-1)
    ?.replace(/^cafe-ia: /, '')
  if (!isDone) return error || 'la commande s’est arrêtée.'
  const findings = lines.flatMap((line) => (/^[✓–] /.test(line) ? [line.slice(2)] : []))
  if (findings.length > MOST_SHOWN) return 'rien à corriger.'
  return findings.join(' ') || (lines[0] ?? 'fait.')
}

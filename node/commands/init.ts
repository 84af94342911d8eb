import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { confirm, intro, note, outro } from '@clack/prompts'
import { findFirstAdministrator } from '../store/accounts/accounts.ts'
import { CommandError } from './command-error.ts'
import type { GivenAnswers } from './init-answers.ts'
import { readGivenAnswers } from './init-given.ts'
import { type Answers, ask, Cancelled, type Io } from './init-questions.ts'
import { fillIn } from './init-site.ts'
import { createSignInLink, ensureOrganization } from './sign-in-link.ts'
import { withSite } from './with-site.ts'

/** Where the questions are asked, and a person is who answers them. */
export type Terminal = { input: Readable; output: Writable }

/**
 * Prepares a new server without a question, as `init` does.
 * @returns The exit code: 0 done, 2 when an answer is missing or wrong, which is said.
 * @throws CommandError where settings are there already, which only a person may replace.
 */
export async function initWithout(
  folder: string,
  given: GivenAnswers,
  output: Writable,
): Promise<number> {
  const answers = await readGivenAnswers(given)
  if ('mistake' in answers) {
    process.stderr.write(`cafe-ia: ${answers.mistake} : voyez cafe-ia init --help\n`)
    return 2
  }
  if (existsSync(join(folder, '.env')))
    throw new CommandError('un fichier .env existe déjà ici, et n’est pas remplacé sans question.')
  output.write(`${await prepareSite(folder, answers)}\n`)
  return 0
}

/**
 * Asks what a new server must know, writes it in `.env` and makes the first account.
 * @returns The exit code: 0 done, 1 left without writing.
 */
export async function init(folder: string, terminal: Terminal): Promise<number> {
  const print = (words: string) => terminal.output.write(`${words}\n`)
  try {
    const io = { input: terminal.input, output: terminal.output, signal: onEnd(terminal.input) }
    intro('Cafés IA : un nouveau site', io)
    if (existsSync(join(folder, '.env')) && !(await mayReplace(io))) throw new Cancelled()
    const answers = await ask(io)
    const link = await prepareSite(folder, answers)
    note(nextSteps(answers), 'La suite', io)
    outro('Les réglages sont dans .env', io)
    // It is outside of any frame, so that a terminal can open it.
    print(`Votre lien de connexion, valable 24 heures, quand le site répond :\n${link}`)
    return 0
  } catch (error) {
    if (!(error instanceof Cancelled)) throw error
    print('Rien n’a été changé.')
    return 1
  }
}

/** Makes the site with its first account, writes the settings, and returns the link by which its person enters. */
async function prepareSite(folder: string, answers: Answers): Promise<string> {
  const env = settingsOf(answers, folder)
  let link = ''
  await withSite(env, async (context) => {
    await fillIn(context, await ensureOrganization(context), answers)
    link = await createSignInLink(context, (await hasAccounts(context)) ? undefined : answers.email)
  })
  // Last, so that a failure leaves no settings in the way of the next attempt.
  writeFileSync(join(folder, '.env'), envText(env), { mode: 0o600 })
  return link
}

/** Returns a signal for Ctrl + D, by which the terminal ends without an answer; Ctrl + C is one. */
function onEnd(input: Readable): AbortSignal {
  const leaving = new AbortController()
  input.on('keypress', (_, key?: { ctrl?: boolean; name?: string }) => {
    if (key?.ctrl && key.name === 'd') leaving.abort()
  })
  return leaving.signal
}

/** Returns whether an account exists already, when `init` is run again on the same data: its person gets the link. */
const hasAccounts = async ({ db }: Parameters<typeof createSignInLink>[0]): Promise<boolean> =>
  (await findFirstAdministrator(db)) !== undefined

async function mayReplace(io: Io): Promise<boolean> {
  const answer = await confirm({
    ...io,
    message: 'Un fichier .env existe déjà ici. Le remplacer ?',
    active: 'Oui',
    inactive: 'Non',
    initialValue: false,
  })
  return answer === true
}

const settingsOf = (answers: Answers, folder: string): Record<string, string> => ({
  CAFE_IA_ORIGIN: `https://${answers.domain}`,
  CAFE_IA_PORT: answers.port,
  CAFE_IA_DATA: join(folder, 'data'),
  CAFE_IA_TRUST_PROXY: '127.0.0.1,::1',
  ...(answers.directory && { CAFE_IA_HUB: answers.directory }),
})

const envText = (env: Record<string, string>): string =>
  [
    '# Écrit par « cafe-ia init ». Tous les réglages : docs/settings.md',
    ...Object.entries(env).map(([name, value]) => `${name}="${value}"`),
    '',
  ].join('\n')

const nextSteps = ({
  domain,
  port,
}: Answers): string => `1. Le serveur web, qui obtient le certificat tout seul : Caddy.
   Dans /etc/caddy/Caddyfile :

   ${domain} {
     reverse_proxy 127.0.0.1:${port}
   }

2. Le programme : bin/cafe-ia start, pour essayer.
   Pour de bon : contrib/cafe-ia.service (systemd).

3. Vérifier : bin/cafe-ia doctor

Tout est expliqué dans docs/guides/installer.md`

import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { confirm, intro, isCancel, note, outro, text } from '@clack/prompts'
import { isEmail } from '../domain/contact.ts'
import { findFirstAdministrator } from '../store/accounts.ts'
import { renameOrganization } from '../store/organizations.ts'
import { withOffice } from './office.ts'
import { createSignInLink, ensureOrganization } from './sign-in-link.ts'

/** Where the questions are asked. A person must be there: a pipe has no answers. */
export type Terminal = { input: Readable; output: Writable; isInteractive: boolean }

type Answers = {
  /** `cafes.mediatheque.example` */
  domain: string
  port: string
  name: string
  email: string
  /** Empty when none is joined. */
  directory: string
}

/** Somebody pressed Ctrl + C: nothing is written. */
class Cancelled extends Error {}

/**
 * Asks what a new server must know, writes it in `.env` and makes the first account.
 * @returns the exit code: 0 done, 1 left without writing, 2 when nobody can answer.
 */
export async function init(folder: string, terminal: Terminal): Promise<number> {
  const say = (words: string) => terminal.output.write(`${words}\n`)
  if (!terminal.isInteractive) {
    process.stderr.write(
      'cafe-ia: init pose des questions, et demande un terminal. Sans terminal, copiez .env.example en .env et complétez-le.\n',
    )
    return 2
  }
  try {
    const io = { input: terminal.input, output: terminal.output }
    intro('Cafés IA : un nouveau site', io)
    const path = join(folder, '.env')
    if (existsSync(path) && !(await mayReplace(io))) throw new Cancelled()
    const answers = await ask(io)
    const env = settingsOf(answers, folder)
    writeFileSync(path, envText(env), { mode: 0o600 })
    let link = ''
    await withOffice(env, async (office) => {
      const { id } = await ensureOrganization(office)
      await renameOrganization(office.db, id, answers.name)
      link = await createSignInLink(office, (await hasAccounts(office)) ? undefined : answers.email)
    })
    note(nextSteps(answers), 'La suite', io)
    outro('Les réglages sont dans .env', io)
    // Outside of any frame, so that a terminal can open it.
    say(`Votre lien de connexion, valable 24 heures, quand le site répond :\n${link}`)
    return 0
  } catch (error) {
    if (!(error instanceof Cancelled)) throw error
    say('Rien n’a été changé.')
    return 1
  }
}

type Io = { input: Readable; output: Writable }

/** An account is there already when `init` is run again on the same data: its person gets the link. */
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

async function ask(io: Io): Promise<Answers> {
  const question = async (
    message: string,
    options: { placeholder?: string; initialValue?: string; check: (value: string) => string },
  ): Promise<string> => {
    const { check, ...shown } = options
    const answer = await text({
      ...io,
      ...shown,
      message,
      validate: (value) => check((value ?? '').trim()) || undefined,
    })
    if (isCancel(answer)) throw new Cancelled()
    return (answer ?? '').trim()
  }
  return {
    domain: domainOf(
      await question('Le nom de domaine du site (il ne changera plus)', {
        placeholder: 'cafes.votre-lieu.fr',
        check: (value) =>
          isDomain(domainOf(value)) ? '' : 'Donnez un nom comme cafes.votre-lieu.fr, sans chemin.',
      }),
    ),
    port: await question('Le port où le programme écoute, derrière le serveur web', {
      initialValue: '3000',
      check: (value) =>
        /^\d{1,5}$/.test(value) && Number(value) >= 1 && Number(value) <= 65535
          ? ''
          : 'Donnez un nombre de 1 à 65535.',
    }),
    name: await question('Le nom de votre structure', {
      placeholder: 'Médiathèque du Canal',
      check: (value) => (value === '' || value.length > 100 ? 'De 1 à 100 caractères.' : ''),
    }),
    email: await question('Votre adresse e-mail, pour vous connecter', {
      placeholder: 'prenom@votre-lieu.fr',
      check: (value) => (isEmail(value) ? '' : 'Donnez une adresse e-mail complète.'),
    }),
    directory: await question('L’annuaire à rejoindre (laissez vide pour plus tard)', {
      placeholder: 'https://annuaire.example/?invitation=…',
      check: (value) =>
        value === '' || isDirectory(value) ? '' : 'Donnez une adresse qui commence par https://',
    }),
  }
}

/** People paste addresses; only the name counts. */
const domainOf = (typed: string): string =>
  typed
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/\/$/, '')

const isDomain = (domain: string): boolean =>
  /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*$/.test(domain) && domain.length <= 253

const isDirectory = (value: string): boolean =>
  URL.canParse(value) && new URL(value).protocol === 'https:' && !/[\s"#]/.test(value)

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

2. Le programme : npm start, pour essayer.
   Pour de bon : contrib/cafe-ia.service (systemd) ou compose.yaml.

3. Vérifier : npm run cafe-ia -- doctor

Tout est expliqué dans docs/guides/installer.md`

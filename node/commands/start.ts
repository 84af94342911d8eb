import type { Config } from '../config.ts'
import type { Context } from '../context.ts'
import { configureLog } from '../server/log.ts'
import { startServer } from '../server/server.ts'
import { announceReady, type ServiceEnvironment } from '../server/systemd.ts'
import {
  giveBackOnceSettled,
  onParentGone,
  setHeapOfDirectory,
} from '../settings/process-settings.ts'
import { hasEnteredAccount } from '../store/accounts/accounts.ts'
import { createSignInLink } from './sign-in-link.ts'

/**
 * Runs one server until it is stopped; then it finishes what is running, within ten seconds.
 * @param env - Says whether systemd waits for the server.
 */
export async function start(config: Config, env: ServiceEnvironment): Promise<void> {
  await configureLog(config.log)
  if (config.role === 'hub') setHeapOfDirectory()
  const server = await startServer(config, (line) => process.stdout.write(`${line}\n`))
  const announceStop = announceReady(env)
  const { promise: stopped, resolve } = Promise.withResolvers<void>()
  let isStopping = false
  // The same signal may come twice, from the terminal and from npm: the second changes nothing.
  const stop = () => {
    if (isStopping) return
    isStopping = true
    announceStop()
    setTimeout(() => process.exit(1), 9_500).unref()
    server.stop().then(resolve, resolve)
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  onParentGone(stop)
  // The reader of this line may send a signal at once.
  process.stdout.write(config.originChosen ? greeting(config) : onboarding(config))
  if (config.originChosen) process.stdout.write(await firstEntry(server.context))
  giveBackOnceSettled()
  await stopped
}

const greeting = ({ origin, host, port, role, process }: Config): string => {
  const does = process === 'worker' ? 'envoie et lit' : `écoute sur ${host}:${port}`
  return `${role === 'hub' ? 'Annuaire' : 'Cafés IA'} : ${origin} (${does})\n`
}

/**
 * Says how to sign in, until somebody has. It is a command and not a link, which would open the site and must not be in
 * a log.
 */
async function firstEntry(context: Context): Promise<string> {
  if (context.config.process === 'worker' || (await hasEnteredAccount(context.db))) return ''
  const way = process.stdout.isTTY
    ? `\n     ${await createSignInLink(context)}\n   Ce lien sert une fois, pendant 24 heures.`
    : ' bin/cafe-ia sign-in-link donne un lien.'
  return `Personne n’est encore entré dans l’administration.${way}\n`
}

const onboarding = ({
  origin,
}: Config): string => `Ce serveur n’a pas encore d’adresse : rien n’est publié.

1. Choisissez son adresse publique, une fois pour toutes :
     CAFE_IA_ORIGIN=https://cafes.votre-lieu.fr   (dans le fichier .env)
   Pour essayer sur cette machine : CAFE_IA_ORIGIN=${origin}
2. Redémarrez : bin/cafe-ia start
3. Entrez dans l’administration : bin/cafe-ia sign-in-link

Plus simple : bin/cafe-ia init pose ces questions et écrit .env.

Tous les réglages : docs/settings.md. Pour voir un réseau entier : bin/cafe-ia demo.
`

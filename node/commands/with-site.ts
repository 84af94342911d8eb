import { createKeyRing } from '../../federation/actors/keys.ts'
import { signedRegistry, signPaper } from '../../federation/actors/registry.ts'
import { createRemote } from '../../federation/peers/remote.ts'
import { createEgress } from '../../federation/remote/egress.ts'
import { createRestingHosts } from '../../federation/remote/resting-hosts.ts'
import type { Sign } from '../../federation/services.ts'
import { type Config, ConfigError, readConfig } from '../config.ts'
import type { Context } from '../context.ts'
import { VERSION } from '../program/version.ts'
import { ensureOrigin } from '../server/server.ts'
import { openDatabaseOf, refuseOtherOrigin } from '../server/site-database.ts'
import { readDataState } from '../store/migrations/data-state.ts'
import { ensureOrganization } from './sign-in-link.ts'

const unsigned: Sign = async ({ headers }) => headers

/**
 * Opens this server's data for one command, beside the server that may be running on it: what the command stores, the
 * server does within two seconds.
 */
export async function withSite<T>(
  env: Record<string, string | undefined>,
  work: (context: Context) => Promise<T>,
): Promise<void> {
  const config = readConfig(env)
  if (!config.originChosen) await refuseWithoutOrigin(config)
  const db = await openDatabaseOf(config)
  const egress = createEgress({
    allow: config.allowLoopback,
    proxy: config.egressProxy,
    userAgent: `cafe-ia/${VERSION} (+${config.origin}/)`,
  })
  try {
    await ensureOrigin(db, config, { mayMove: false })
    const context: Context = {
      config,
      db,
      now: () => Temporal.Now.instant(),
      isDirectory: config.role === 'hub',
      wake: () => undefined,
      registry: () => signedRegistry(context, createKeyRing(context)),
      signPaper: (statement) => signPaper(createKeyRing(context), statement),
      // A command reads calendars, which need no signed requests.
      remote: createRemote(
        { db, config, now: Temporal.Now.instant },
        {
          egress,
          sign: unsigned,
          signQuestion: unsigned,
          hosts: createRestingHosts(Temporal.Now.instant),
        },
      ),
    }
    await ensureOrganization(context)
    await work(context)
  } finally {
    await egress.close()
    await db.destroy()
  }
}

/**
 * Refuses to work before the address is chosen, since what a command stores contains it for ever. Nothing is made: it
 * may be the wrong folder, in which there is no `.env`.
 */
async function refuseWithoutOrigin(config: Config): Promise<never> {
  const { origin } = await readDataState(config.database).catch(() => ({ origin: undefined }))
  refuseOtherOrigin(origin, config)
  throw new ConfigError(
    'CAFE_IA_ORIGIN n’est pas réglé : lancez la commande dans le dossier où est votre fichier .env, ou choisissez d’abord l’adresse publique (cafe-ia init).',
  )
}

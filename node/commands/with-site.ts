import { createKeyRing } from '../../federation/actors/keys.ts'
import { signedRegistry } from '../../federation/actors/registry.ts'
import { createRemote } from '../../federation/peers/remote.ts'
import { createEgress } from '../../federation/remote/egress.ts'
import { createRestingHosts } from '../../federation/remote/resting-hosts.ts'
import type { Sign } from '../../federation/services.ts'
import { ConfigError, readConfig } from '../config.ts'
import type { Context } from '../context.ts'
import { checkOrigin } from '../server.ts'
import { openDatabaseOf } from '../site-database.ts'
import { VERSION } from '../version.ts'
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
  const db = await openDatabaseOf(config)
  const egress = createEgress({
    allow: config.allowLoopback,
    proxy: config.egressProxy,
    userAgent: `cafe-ia/${VERSION} (+${config.origin}/)`,
  })
  try {
    await checkOrigin(db, config)
    // What a command stores contains the public address for ever.
    if (!config.originChosen)
      throw new ConfigError(
        'CAFE_IA_ORIGIN n’est pas réglé : choisissez d’abord l’adresse publique.',
      )
    const context: Context = {
      config,
      db,
      now: () => Temporal.Now.instant(),
      isDirectory: config.role === 'hub',
      wake: () => undefined,
      registry: () => signedRegistry(context, createKeyRing(context)),
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

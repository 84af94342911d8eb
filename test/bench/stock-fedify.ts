import { createPublicKey } from 'node:crypto'
import { ACTOR_CONTEXT } from '../../federation/wire/context.ts'
import { toMultibase } from '../../federation/wire/multikey.ts'
import { actorUri, CAFES } from '../../federation/wire/uris.ts'
import { freePort } from '../support/ports.ts'
import type { FedifyQuestion } from './fedify-floor.ts'
import type { Answers } from './http-load.ts'
import type { Usage } from './measures.ts'
import { type Helper, startHelper } from './processes.ts'
import type { Ask, SenderKeys } from './senders.ts'

/** Fedify's inbox, which knows the senders. */
export type StockFedify = {
  /**
   * Sends the requests that were printed last.
   * @throws Error when it refuses one of them.
   */
  take: (
    ask: Ask,
    load: { connections: number; seconds: number },
  ) => Promise<{ perSecond: number; perCpuSecond: number }>
}

/** Starts it and adds its process to the helpers. */
export async function startFedify(
  helpers: Helper[],
  { path, origins, keys }: { path: string; origins: readonly string[]; keys: SenderKeys },
): Promise<StockFedify> {
  const port = await freePort()
  const helper = await startHelper('fedify', { env: { PORT: String(port) } })
  helpers.push(helper)
  const actors = Object.fromEntries(origins.map((origin) => describeSender(origin, keys)))
  await helper.ask({ ask: 'open', actors, path } satisfies FedifyQuestion)
  return {
    take: async (ask, load) => {
      await helper.ask('how' satisfies FedifyQuestion)
      const answers = await ask<Answers>({ ask: 'send', port, perSecond: undefined, ...load })
      const { cpuSeconds } = await helper.ask<Usage>('how' satisfies FedifyQuestion)
      const count = answers.latencies.length
      if (answers.statuses[202] !== count)
        throw new Error(`Fedify did not accept all: ${JSON.stringify(answers.statuses)}`)
      return { perSecond: count / answers.seconds, perCpuSecond: count / cpuSeconds }
    },
  }
}

/** Returns the address of a sender's actor, and the actor with both keys. */
function describeSender(origin: string, { rsaPem, ed25519Pem }: SenderKeys): [string, object] {
  const id = actorUri(origin, CAFES)
  return [
    id,
    {
      '@context': ACTOR_CONTEXT,
      id,
      type: 'Group',
      preferredUsername: CAFES,
      inbox: `${id}/inbox`,
      publicKey: { id: `${id}#main-key`, owner: id, publicKeyPem: rsaPem },
      assertionMethod: [
        {
          id: `${id}#ed25519-key`,
          type: 'Multikey',
          controller: id,
          publicKeyMultibase: toMultibase(createPublicKey(ed25519Pem)),
        },
      ],
    },
  ]
}

import { expect, test } from 'vitest'
import { toOwnTerms } from '../../../federation/gate/jsonld.ts'
import { applyEvent } from '../../../federation/inbox/cafes.ts'
import { toEvent } from '../../../federation/wire/event.ts'
import type { Json } from '../../../federation/wire/json.ts'
import type { CafeContent } from '../../../node/domain/cafes/cafe.ts'
import { inTransaction } from '../../../node/store/database/database.ts'
import { findPeer, upsertPeer } from '../../../node/store/directory/peers.ts'
import { setMembership } from '../../../node/store/memberships.ts'
import { openBrowser } from '../../support/browser.ts'
import { ownCafe } from '../../support/own-cafe.ts'
import { startWeb } from '../../support/server.ts'

const ORIGIN = 'https://mediatheque.example'
const ACCESS = {
  access: 'Entrée par la cour <1er étage>.\nAscenseur à droite.',
  acceslibreUrl: 'https://acceslibre.beta.gouv.fr/app/x/?a=1&b=2',
}

function eventWith(changes: Partial<CafeContent> = {}): Json {
  const { venue } = ownCafe()
  if (!venue) throw new Error('no venue')
  const cafe = ownCafe({ venue: { ...venue, ...ACCESS }, ...changes })
  return JSON.parse(JSON.stringify(toEvent(cafe, ORIGIN)))
}

test('how one comes in crosses the wire, and the directory’s page says it', async () => {
  const hub = await startWeb({ role: 'hub' })
  const { context } = hub
  const actorUri = `${ORIGIN}/actors/instance`
  const { id } = await upsertPeer(context.db, { actorUri, name: 'Médiathèque' })
  await setMembership(context.db, id, 'member', context.now())
  const peer = await findPeer(context.db, id)
  const written = eventWith()
  const event = await toOwnTerms(written)
  if (!event || !peer) throw new Error('cannot be read')
  const outcome = await inTransaction(context.db, (trx) =>
    applyEvent(trx, context, { event, written, peer, readActivity: undefined }),
  )
  expect(outcome).toBe('new')
  const cafe = await context.db.selectFrom('cafe').select('id').executeTakeFirstOrThrow()
  const { text } = await openBrowser(hub.origin).get(`/cafes/${cafe.id}`)
  expect(text).toContain('Entrée par la cour &lt;1er étage&gt;.\nAscenseur à droite.')
  expect(text).toContain('href="https://acceslibre.beta.gouv.fr/app/x/?a=1&amp;b=2"')
  await hub.stop()
})

test('who shows only the text reads it there; nobody does once nobody comes', () => {
  const { content } = eventWith()
  expect(content).toContain(
    '<p>Comment entrer : Entrée par la cour &lt;1er étage&gt;.<br>Ascenseur à droite.</p>',
  )
  expect(content).toContain('href="https://acceslibre.beta.gouv.fr/app/x/?a=1&amp;b=2"')
  const online = eventWith({ status: 'moved-online', onlineUrl: 'https://visio.example/1' })
  expect(JSON.stringify(online)).not.toContain('Entrée par la cour')
})

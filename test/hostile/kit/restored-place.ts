import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { createKeyRing } from '../../../federation/actors/keys.ts'
import { CONTEXT } from '../../../federation/wire/context.ts'
import type { Json } from '../../../federation/wire/json.ts'
import { addProof } from '../../../federation/wire/proof.ts'
import { planRestoration } from '../../../node/jobs/plan-readings.ts'
import { findRestoration, saveRestoration } from '../../../node/store/backup/restoration.ts'
import { saveFollowing } from '../../../node/store/directory/followings.ts'
import { saveRemoteActor } from '../../../node/store/directory/remote-actors.ts'
import { startSite, until } from '../../support/network.ts'
import { startRemotePeer } from '../../support/remote-peer.ts'

/** A place that was restored, and a directory that it asks what it knows. */

export const PATH = '/actors/instance/restoration'
export const LATER = Temporal.Now.instant().add({ hours: 1 }).toString()

export const minutesAgo = (minutes: number) => Temporal.Now.instant().subtract({ minutes })

export type Answer = (response: ServerResponse, query: URLSearchParams) => void

export type RestoredPlace = Awaited<ReturnType<typeof startRestoredPlace>>

export async function startRestoredPlace() {
  const place = await startSite()
  const liar = await startRemotePeer(2)
  /** The place has joined this directory. */
  async function join(uri: string) {
    const { db, config, now } = place.context
    const { origin } = new URL(uri)
    const directory = { uri, type: 'Application', name: 'Annuaire', preferredUsername: 'instance' }
    const inbox = `${origin}/inbox`
    await saveRemoteActor(db, { ...directory, inbox, sharedInbox: undefined }, now())
    await saveFollowing(
      db,
      {
        ...{ actor: 'instance', address: origin, targetUri: uri, isJoin: true },
        ...{ state: 'accepted', invitation: undefined, error: undefined },
        followId: `${config.origin}/activities/${randomUUID()}`,
      },
      now(),
    )
  }
  await join(liar.addActor('instance', { type: 'Application' }).uri)

  const page =
    (items: (query: URLSearchParams) => unknown, more: Record<string, unknown> = {}): Answer =>
    (response, query) => {
      response.writeHead(200, { 'content-type': 'application/activity+json' })
      const id = `${liar.origin}${PATH}`
      response.end(JSON.stringify({ id, type: 'CollectionPage', items: items(query), ...more }))
    }

  /** Asks as after a restore without a journal, and returns the state of the question. */
  async function ask(answer: Answer, others: string[] = []) {
    liar.pages.set(PATH, (response, request) =>
      answer(response, new URL(request.url ?? '', liar.origin).searchParams),
    )
    const { db } = place.context
    const since = Temporal.Now.instant().subtract({ hours: 24 })
    const uris = [`${liar.origin}/actors/instance`, ...others]
    const at = Temporal.Now.instant()
    await saveRestoration(db, { since, at, isLost: false, isClosed: true, uris })
    await planRestoration(place.context)
    const find = async () => (await findRestoration(db))?.directories[0]
    const isSettled = async () => {
      const question = await find()
      return question?.state !== 'waiting' || question.problem !== undefined
    }
    await until(isSettled, { within: 300_000 })
    return find()
  }

  /** Signs a document as an actor of this place, at the time that it says of itself. */
  async function signAs(actor: 'cafes' | 'instance', document: Json, at: Temporal.Instant) {
    const { signer } = (await createKeyRing(place.context).keysOf(actor)).ed25519
    return addProof({ '@context': CONTEXT, ...document }, signer, at)
  }
  const close = () => Promise.allSettled([place.close(), liar.close()])
  return { place, liar, join, page, ask, signAs, close }
}

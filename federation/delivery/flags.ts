import type { Context } from '../../node/context.ts'
import type { Change } from '../../node/domain/federation/change.ts'
import { readPart } from '../../node/domain/federation/hidden-object.ts'
import type { FlagCase } from '../../node/domain/flags/flag.ts'
import { findCafeByUri } from '../../node/store/cafes/cafes.ts'
import type { Database } from '../../node/store/database/database.ts'
import { findPeer } from '../../node/store/directory/peers.ts'
import { findRemoteActor } from '../../node/store/directory/remote-actors.ts'
import { findCase, markForwarded } from '../../node/store/flags/cases.ts'
import { findFlaggedOf } from '../../node/store/flags/flagged.ts'
import { findAnyResource } from '../../node/store/resources/resources.ts'
import type { Effect } from '../services.ts'
import { enqueue, privateActivity } from '../wire/activities.ts'
import { originOf } from '../wire/json.ts'
import { INSTANCE } from '../wire/uris.ts'

/**
 * Sends what was flagged here on to the server of the thing, as a Flag of this server's `instance`: it names the thing
 * and repeats the words, and nothing says who flagged it. Nothing is sent where the server of the thing is not known.
 */
export const sendFlag =
  ({ config, now }: Context, { caseId, words }: Extract<Change, { type: 'flag-sent' }>): Effect =>
  async (trx) => {
    const flagCase = await findCase(trx, caseId)
    const to = flagCase && (await findReader(trx, flagCase))
    if (!flagCase || !to) return
    const activity = privateActivity(config.origin, {
      ...{ type: 'Flag', actor: INSTANCE, object: await objectsOf(trx, flagCase), to: to.uri },
      content: words,
    })
    const said = { activity: { ...activity, line: flagCase.uri }, actor: INSTANCE }
    await enqueue(trx, { ...said, inboxes: [to.inbox] }, now())
    await markForwarded(trx, caseId, now())
  }

/** Finds the actor that answers for the thing: its peer, or for what another peer passed on its organizer. */
async function findReader(trx: Database, flagCase: FlagCase) {
  const flagged = await findFlaggedOf(trx, flagCase)
  const peer = flagged?.peerId === undefined ? undefined : await findPeer(trx, flagged.peerId)
  if (!peer) return undefined
  if (originOf(flagCase.uri) === peer.origin) return findRemoteActor(trx, peer.actorUri)
  const cafe = await findCafeByUri(trx, wholeOf(flagCase.uri))
  return cafe && findRemoteActor(trx, cafe.organizer.uri)
}

/** Returns the address of the café, where this is the address of a part of it. */
const wholeOf = (uri: string): string => readPart(uri)?.of ?? uri

/** Returns the actor and then what it published, as Mastodon expects them. */
async function objectsOf(trx: Database, { kind, uri }: FlagCase): Promise<string[]> {
  const resource = kind === 'resource' ? await findAnyResource(trx, uri) : undefined
  if (resource) return [resource.owner.uri, uri]
  const isOfCafe = kind !== 'facilitator' && kind !== 'structure'
  const cafe = isOfCafe ? await findCafeByUri(trx, wholeOf(uri)) : undefined
  return cafe ? [cafe.organizer.uri, uri] : [uri]
}

/**
 * Tells a directory that our team disagrees with what it hides of ours: a `Reject` of the same address, the other way
 * round.
 */
export const sendAppeal =
  (
    { config, now }: Context,
    { uri, directory, words }: Extract<Change, { type: 'hiding-appealed' }>,
  ): Effect =>
  async (trx) => {
    const actor = await findRemoteActor(trx, directory)
    if (!actor) return
    const activity = privateActivity(config.origin, {
      ...{ type: 'Reject', actor: INSTANCE, object: uri, to: directory, summary: words },
    })
    const said = { activity: { ...activity, line: uri }, actor: INSTANCE }
    await enqueue(trx, { ...said, inboxes: [actor.inbox] }, now())
  }

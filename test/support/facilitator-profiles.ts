import { randomUUID } from 'node:crypto'
import type { Context } from '../../node/context.ts'
import type { Facilitator } from '../../node/domain/facilitators/facilitator.ts'
import { insertLinkTo } from '../../node/store/accounts/links.ts'
import { saveFollowing } from '../../node/store/directory/followings.ts'
import { saveRemoteActor } from '../../node/store/directory/remote-actors.ts'
import { listJoinedHosts } from '../../node/store/facilitators/directories.ts'
import { hashOfUri } from '../../node/store/facilitators/erasures.ts'
import {
  findFacilitatorByUri,
  saveFacilitator,
} from '../../node/store/facilitators/facilitators.ts'
import { insertNewcomer } from '../../node/store/facilitators/own-profiles.ts'
import { withdrawFacilitator } from '../../node/store/facilitators/publication.ts'
import { deleteFilesOf } from '../../node/store/files/media-storage.ts'
import { appendChange } from '../../node/store/queues/changes.ts'
import { findSiteStructure } from '../../node/store/structures/site-structure.ts'
import { type Fields, openBrowser, type Page } from './browser.ts'
import { aFacilitator } from './facilitator.ts'
import type { Site } from './network.ts'
import { submitWithImage } from './uploads.ts'

/**
 * Publishes a person of this site who agrees to be shown, here and in the directories joined so far; the network is
 * told at once.
 */
export async function publishTestFacilitator(
  site: Pick<Site, 'origin' | 'context'>,
  { handle = `camille-${randomUUID().slice(0, 8)}`, ...changes }: Partial<Facilitator> = {},
  email = 'personne@chez-elle.example',
): Promise<Facilitator> {
  const { db, now, wake } = site.context
  const uri = `${site.origin}/animation/${handle}`
  const second = now().round({ smallestUnit: 'second', roundingMode: 'floor' })
  const facilitator = aFacilitator({
    id: randomUUID(),
    handle,
    uri,
    url: uri,
    organizationId: (await findSiteStructure(db))?.id,
    actorUri: changes.fediverse ? `${site.origin}/actors/${handle}` : undefined,
    photo: undefined,
    approvedAt: second,
    consentedAt: second,
    createdAt: second,
    updatedAt: second,
    expiresAt: second.add({ hours: 365 * 24 }),
    directories: await listJoinedHosts(db),
    ...changes,
  })
  await db.transaction().execute(async (trx) => {
    const known = await findFacilitatorByUri(trx, uri)
    await saveFacilitator(trx, known ? { ...facilitator, id: known.id } : facilitator, now())
    const facilitatorId = known?.id ?? facilitator.id
    await trx
      .insertInto('facilitator_contact')
      .values({ facilitator_id: facilitatorId, email, confirmed_at: null, is_adult_at: null })
      .onConflict((oc) => oc.doNothing())
      .execute()
    await appendChange(
      trx,
      known
        ? { type: 'facilitator-changed', facilitatorId, leftDirectory: false, leftFediverse: false }
        : { type: 'facilitator-published', facilitatorId },
      now(),
    )
  })
  wake()
  return facilitator
}

/** Makes a site a member of the directory of this host, as far as its own database knows. */
export async function joinTestDirectory(
  { db, config, now }: Pick<Context, 'db' | 'config' | 'now'>,
  host: string,
): Promise<void> {
  const origin = `https://${host}`
  const uri = `${origin}/actors/instance`
  const directory = { uri, type: 'Application', name: host, preferredUsername: 'instance' }
  await saveRemoteActor(
    db,
    { ...directory, inbox: `${origin}/inbox`, sharedInbox: undefined },
    now(),
  )
  await saveFollowing(
    db,
    {
      ...{ actor: 'instance', address: origin, targetUri: uri, isJoin: true, state: 'accepted' },
      followId: `${config.origin}/activities/join-${host}`,
      invitation: undefined,
      error: undefined,
    },
    now(),
  )
}

/** Withdraws everything, as the person's own link does; returns the id of the report. */
export async function withdrawFacilitatorPage(
  { context }: Pick<Site, 'context'>,
  { id, uri }: Facilitator,
): Promise<string> {
  const { db, now, wake } = context
  const { mediaIds } = await withdrawFacilitator(db, id, now())
  for (const mediaId of mediaIds) await deleteFilesOf(context, mediaId)
  wake()
  const { id: withdrawalId } = await db
    .selectFrom('withdrawal')
    .select('id')
    .where('uri_hash', '=', await hashOfUri(db, uri))
    .executeTakeFirstOrThrow()
  return withdrawalId
}

/** A person's own pages, by a link that was mailed to them. */
type OwnProfile = {
  link: string
  /** Writes the profile, with a photo the first time or another one, agrees to all that is asked, and publishes it. */
  publish(fields: Fields, photo?: Uint8Array): Promise<void>
  /** Withdraws everything; returns the page of the report. */
  withdraw(): Promise<Page>
}

export async function openOwnProfile(
  site: Pick<Site, 'context' | 'origin'>,
  email: string,
): Promise<OwnProfile> {
  const { db, now, config } = site.context
  const { id: organizationId = '' } = (await findSiteStructure(db)) ?? {}
  const newcomer = { organizationId, origin: config.origin, name: 'Une personne', email }
  const token = await db.transaction().execute(async (trx) => {
    const { id } = await insertNewcomer(trx, { ...newcomer, isApproved: true }, now())
    const link = { purpose: 'own-profile', subject: id, mailedTo: email } as const
    return insertLinkTo(trx, link, now())
  })
  const link = `/animation/moi/${token}`
  const browser = openBrowser(site.origin)
  return {
    link,
    publish: async (fields, photo) => {
      const form = `${link}/profil`
      const page = await browser.get(form)
      const written = photo
        ? await submitWithImage({ server: site, browser }, form, {
            ...{ page, fields, file: { bytes: photo } },
          })
        : await browser.submit(page, form, fields)
      if (written.status !== 303) throw new Error(written.text)
      const preview = await browser.get(`${link}/apercu`)
      const agreed = { page: '1', directory: await listJoinedHosts(db), fediverse: '1' }
      const { location, text } = await browser.submit(preview, `${link}/apercu`, agreed)
      if (!location?.includes('fait=published')) throw new Error(text)
    },
    withdraw: async () => {
      const asked = await browser.get(`${link}/retrait`)
      const { location, text } = await browser.submit(asked, `${link}/retrait`)
      if (!location) throw new Error(text)
      return browser.get(location)
    },
  }
}

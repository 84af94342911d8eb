import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { OPERATOR } from '../../../node/domain/cafes/edit.ts'
import type { Facilitator } from '../../../node/domain/facilitators/facilitator.ts'
import { parseMandateUri } from '../../../node/domain/referents/mandate-address.ts'
import { listShownProfiles } from '../../../node/routes/territories/referents.ts'
import { listClaimants, removeMandateClaim } from '../../../node/store/facilitators/claims.ts'
import { refuseDirectory } from '../../../node/store/facilitators/directories.ts'
import { findFacilitatorByUri } from '../../../node/store/facilitators/facilitators.ts'
import { unpublishFacilitator } from '../../../node/store/facilitators/publication.ts'
import {
  listAttestationUris,
  listHeldAttestations,
} from '../../../node/store/referents/attestations.ts'
import { listConsents } from '../../../node/store/referents/consents.ts'
import {
  linkProfile,
  saveMandateAct,
  signAnew,
} from '../../../node/store/referents/mandate-acts.ts'
import { findReferent } from '../../../node/store/referents/referents.ts'
import { openBrowser } from '../../support/browser.ts'
import {
  publishTestFacilitator,
  withdrawFacilitatorPage,
} from '../../support/facilitator-profiles.ts'
import { type Site, startPair, until, untilAtRest, untilFound } from '../../support/network.ts'
import { readable } from '../../support/readable.ts'
import { addressOn, appoint, openBothLinks, tieTestProfile } from '../../support/referents.ts'
import { unpackedRow } from '../../support/unpacked.ts'

/** A later revision, by the clock of its own server. */
const later = { updatedAt: Temporal.Now.instant().add({ seconds: 600 }) }

describe('a profile and a mandate', () => {
  let hub: Site
  let node: Site
  beforeAll(async () => {
    ;({ hub, node } = await startPair())
  }, 60_000)
  afterAll(() => Promise.all([hub.close(), node.close()]))

  let number = 0
  /** Creates a person who has a profile at the place and a mandate of the directory. */
  async function person({ at = node }: { at?: Site } = {}) {
    const name = `Claire ${++number}`
    const email = `claire${number}@lieu.example`
    const id = await appoint(hub, { name, email })
    const profile = await publishTestFacilitator(at, { name })
    hub.context.wake()
    return { id, profile, name }
  }
  const mandateOf = (id: string) => findReferent(hub.context.db, id)
  const held = (uri: string) => listHeldAttestations(node.context.db, uri, node.context.now())
  const attestationOf = (id: string, names: string | undefined) =>
    untilFound(async () => {
      const uri = (await listAttestationUris(hub.context.db, [id])).get(id)
      const signed = uri ? await hub.get(uri) : undefined
      const subject = signed?.json.subject as { id?: string } | undefined
      return signed && subject && subject.id === names ? signed : undefined
    })
  /** Returns whether a database contains the address of a profile anywhere. */
  const keeps = async ({ context: { db } }: Site, uri: string) => {
    const rows = await Promise.all([
      db.selectFrom('referent').selectAll().execute(),
      db.selectFrom('referent_consent').selectAll().execute(),
      db.selectFrom('attestation').selectAll().execute(),
      db.selectFrom('held_attestation').selectAll().execute(),
      db.selectFrom('activity').select('body').execute(),
      db.selectFrom('change').select('body').execute(),
    ])
    return JSON.stringify(rows.flat().map(unpackedRow)).includes(uri)
  }

  test.each([
    ['on two servers', () => node],
    ['on one server', () => hub],
  ])('name each other once their person said so by both links, %s', async (_, at) => {
    const { id, profile, name } = await person({ at: at() })
    const one = { id, profile }
    await tieTestProfile({ hub, site: at() }, one)
    await attestationOf(id, profile.uri)
    const territory = await openBrowser(hub.origin).get('/territoires/35')
    expect(territory.text).toContain(`href="${profile.uri}"`)
    const { items } = (await (await fetch(`${hub.origin}/api/v1/referents`)).json()) as {
      items: { name: string; facilitator: string | null }[]
    }
    expect(items.find((item) => item.name === name)?.facilitator).toBe(profile.uri)
    await until(
      async () => {
        const page = await openBrowser(at().origin).get(new URL(profile.uri).pathname)
        return page.text.includes('Répond pour ce territoire')
      },
      { what: 'the mandate on the page of the profile' },
    )
    // The record of what was agreed to is kept, without the address of the profile.
    expect(JSON.stringify(await listConsents(hub.context.db, id))).toContain('profil d’animation')
    expect(JSON.stringify(await listConsents(hub.context.db, id))).not.toContain(profile.uri)
  })

  test('the place holds what was signed about its profile, until the mandate is over', async () => {
    const { id, profile } = await person()
    await tieTestProfile({ hub, site: node }, { id, profile })
    const { text } = await attestationOf(id, profile.uri)
    await until(async () => (await held(profile.uri)).some(({ body }) => body === text))
    await saveMandateAct(
      hub.context.db,
      id,
      { act: 'end', by: OPERATOR, reason: 'resigned' },
      hub.context.now(),
    )
    hub.context.wake()
    await until(async () => (await held(profile.uri)).length === 0)
    expect((await mandateOf(id))?.facilitatorUri).toBeUndefined()
  })

  test.each([
    [
      'is withdrawn',
      async (profile: Facilitator) => void (await withdrawFacilitatorPage(node, profile)),
    ],
    [
      'is for structures only',
      async ({ handle, name }: Facilitator) =>
        void (await publishTestFacilitator(node, { handle, name, level: 'network', ...later })),
    ],
    [
      'is no longer shown',
      async ({ id }: Facilitator) => {
        await unpublishFacilitator(node.context.db, id, node.context.now())
        node.context.wake()
      },
    ],
    [
      'leaves the directory',
      async ({ id }: Facilitator) => {
        const { db, now, wake } = node.context
        await refuseDirectory(db, { id, host: hub.host }, now())
        wake()
      },
    ],
    [
      'no longer names the mandate',
      async ({ id, uri }: Facilitator) => {
        const { db, now, wake } = node.context
        const [claimed = ''] = (await findFacilitatorByUri(db, uri))?.mandates ?? []
        const mandate = parseMandateUri(claimed)
        if (mandate) await removeMandateClaim(db, { id, mandate }, now())
        wake()
      },
    ],
  ])('the mandate names it no more, nor keeps its address, once a profile %s', async (_, end) => {
    const { id, profile } = await person()
    await tieTestProfile({ hub, site: node }, { id, profile })
    const { json } = await attestationOf(id, profile.uri)
    await until(async () => (await held(profile.uri)).length === 1)
    await end(profile)
    await attestationOf(id, undefined)
    expect((await hub.get(String(json.id))).status).toBe(410)
    await until(async () => (await held(profile.uri)).length === 0)
    await untilAtRest(node)
    await untilAtRest(hub)
    expect(await mandateOf(id)).toMatchObject({ state: 'appointed', facilitatorUri: undefined })
    expect(await keeps(hub, profile.uri)).toBe(false)
    expect((await openBrowser(hub.origin).get('/territoires/35')).text).not.toContain(profile.uri)
  })

  test('on one server it ends in the same way', async () => {
    const { id, profile } = await person({ at: hub })
    await tieTestProfile({ hub, site: hub }, { id, profile })
    await attestationOf(id, profile.uri)
    await withdrawFacilitatorPage(hub, profile)
    await attestationOf(id, undefined)
    await untilAtRest(hub)
    expect(await mandateOf(id)).toMatchObject({ state: 'appointed', facilitatorUri: undefined })
    expect(await keeps(hub, profile.uri)).toBe(false)
  })

  test('a consent that is sent twice is signed once', async () => {
    const { id, profile } = await person()
    const { mandate } = await tieTestProfile({ hub, site: node }, { id, profile })
    const { json } = await attestationOf(id, profile.uri)
    const again = { answer: 'lier', profile: profile.uri }
    expect((await openBrowser(hub.origin).post(mandate, again)).status).toBe(303)
    await untilAtRest(hub)
    expect((await attestationOf(id, profile.uri)).json.id).toBe(json.id)
  })

  test('who holds the mandate’s link may take the profile away there', async () => {
    const { id, profile } = await person()
    const { mandate } = await tieTestProfile({ hub, site: node }, { id, profile })
    await attestationOf(id, profile.uri)
    const browser = openBrowser(hub.origin)
    expect((await browser.post(mandate, { answer: 'delier' })).status).toBe(303)
    await attestationOf(id, undefined)
    await until(async () => (await held(profile.uri)).length === 0)
  })

  test('a mandate can name only a profile that names this mandate', async () => {
    const claire = await person()
    const paul = await person()
    const claireLinks = await tieTestProfile({ hub, site: node }, claire)
    const { mandate } = await openBothLinks({ hub, site: node }, paul)
    const browser = openBrowser(hub.origin)
    // Both are of one territory: Claire's profile names her own mandate, not Paul's.
    expect((await browser.get(mandate)).text).not.toContain(claire.profile.uri)
    const stolen = { answer: 'lier', profile: claire.profile.uri }
    expect((await browser.post(mandate, stolen)).status).toBe(409)
    expect((await browser.post(mandate, { answer: 'lier', profile: '' })).status).toBe(409)
    expect((await mandateOf(paul.id))?.facilitatorUri).toBeUndefined()
    expect((await mandateOf(claire.id))?.facilitatorUri).toBe(claire.profile.uri)
    expect(addressOn(await browser.get(mandate))).not.toBe(claireLinks.address)
  })

  test('a profile that names a mandate is not shown with it without the consent of its person', async () => {
    const claire = await person()
    const { mandate } = await openBothLinks({ hub, site: node }, claire)
    const browser = openBrowser(hub.origin)
    const address = addressOn(await browser.get(mandate))
    const eve = await publishTestFacilitator(node, { name: 'Eve', mandates: [address] })
    await until(async () => (await browser.get(mandate)).text.includes(eve.uri))
    expect((await mandateOf(claire.id))?.facilitatorUri).toBeUndefined()
    expect((await browser.get('/territoires/35')).text).not.toContain(eve.uri)
    expect(await held(eve.uri)).toEqual([])
    // A mandate that has its profile is offered no other.
    await tieTestProfile({ hub, site: node }, claire)
    expect((await browser.get(mandate)).text).not.toContain(eve.uri)
  })

  test('a mandate that is over, or not agreed to, names no profile', async () => {
    const claire = await person()
    const { mandate } = await openBothLinks({ hub, site: node }, claire)
    const browser = openBrowser(hub.origin)
    const address = addressOn(await browser.get(mandate))
    const { uri: profile } = await publishTestFacilitator(node, { mandates: [address] })
    await until(async () => (await browser.get(mandate)).text.includes(profile))
    const { db, now } = hub.context
    const tie = { profile, mandate: address, said: { text: 'Oui.', lang: 'fr' }, by: OPERATOR }
    // The last day of the mandate is over, and the scheduled task has not ended it yet.
    const after = now().add({ hours: 24 * 400 })
    expect(await linkProfile(db, claire.id, tie, after)).toBe(false)
    await saveMandateAct(db, claire.id, { act: 'end', by: OPERATOR, reason: 'ended' }, now())
    expect(await linkProfile(db, claire.id, tie, now())).toBe(false)
    expect((await browser.get(mandate)).text).not.toContain(profile)
    expect((await browser.post(mandate, { answer: 'lier', profile })).status).not.toBe(303)
    expect(await keeps(hub, profile)).toBe(false)
  })

  test('a profile of a site that is silent for a day is shown by no mandate, and can be tied by none', async () => {
    const claire = await person()
    const { address } = await tieTestProfile({ hub, site: node }, claire)
    const { db, now } = hub.context
    const tomorrow = { db, now: () => now().add({ hours: 25 }) }
    const said = [{ facilitatorUri: claire.profile.uri }]
    expect(await listShownProfiles(hub.context, said)).toEqual(new Set([claire.profile.uri]))
    expect(await listShownProfiles(tomorrow, said)).toEqual(new Set())
    expect(await listClaimants(db, address, tomorrow.now())).toEqual([])
  })

  test('a place holds nothing about a profile that does not name the mandate', async () => {
    const { id, profile } = await person()
    await until(() => findFacilitatorByUri(hub.context.db, profile.uri))
    // The directory ties a profile on its own, without a statement of the person.
    const { db, now, wake } = hub.context
    await db
      .updateTable('referent')
      .set({ facilitator_uri: profile.uri })
      .where('id', '=', id)
      .execute()
    await db.transaction().execute((trx) => signAnew(trx, id, now()))
    wake()
    await attestationOf(id, profile.uri)
    await untilAtRest(hub)
    expect(await held(profile.uri)).toEqual([])
    const page = await openBrowser(node.origin).get(new URL(profile.uri).pathname)
    expect(page.text).not.toContain('Répond pour ce territoire')
  })

  test('what is typed wrong on the page of the profile is said beside the field', async () => {
    const { id, profile } = await person()
    const { own, mandate } = await openBothLinks({ hub, site: node }, { id, profile })
    const address = addressOn(await openBrowser(hub.origin).get(mandate))
    const browser = openBrowser(node.origin)
    const say = (typed: string) => browser.post(`${own}/mandats`, { mandate: typed, answer: 'yes' })
    for (const typed of [
      '',
      'https://annuaire.example/',
      address.split('#')[0] ?? '',
      `${address}0`,
    ]) {
      const page = await say(typed)
      expect(page.status, typed).toBe(422)
      expect(readable(page.text), typed).toContain('Ce n’est pas l’adresse d’un mandat')
    }
    const foreign = await say(address.replace(hub.host, 'autre.example'))
    expect(foreign.status).toBe(422)
    expect(readable(foreign.text)).toContain('Votre profil n’est pas dans l’annuaire autre.example')
    expect((await findFacilitatorByUri(node.context.db, profile.uri))?.mandates).toEqual([])
    await publishTestFacilitator(node, { handle: profile.handle, level: 'network', ...later })
    const narrow = await say(address)
    expect(narrow.status).toBe(422)
  })
})

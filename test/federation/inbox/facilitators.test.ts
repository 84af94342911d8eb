import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Facilitator } from '../../../node/domain/facilitators/facilitator.ts'
import { planReconciliations } from '../../../node/jobs/plan-readings.ts'
import { askAboutDirectories } from '../../../node/jobs/renew-consents.ts'
import { deleteBlock, saveBlock } from '../../../node/store/directory/blocks.ts'
import {
  listFollowings,
  requestFollow,
  stopFollowing,
} from '../../../node/store/directory/followings.ts'
import { insertContactMessage } from '../../../node/store/facilitators/contact-messages.ts'
import { acceptDirectory, refuseDirectory } from '../../../node/store/facilitators/directories.ts'
import { flushErased } from '../../../node/store/facilitators/erasures.ts'
import { findFacilitatorByUri } from '../../../node/store/facilitators/facilitators.ts'
import { expediteHost } from '../../../node/store/queues/deliveries.ts'
import { enqueueTask } from '../../../node/store/queues/tasks.ts'
import {
  openOwnProfile,
  publishTestFacilitator,
  withdrawFacilitatorPage,
} from '../../support/facilitator-profiles.ts'
import { findLeftWords } from '../../support/left-texts.ts'
import { writtenMails } from '../../support/mails.ts'
import {
  type Site,
  startPair,
  startSite,
  until,
  untilAtRest,
  untilJoined,
} from '../../support/network.ts'
import { jpeg } from '../../support/uploads.ts'

/** A directory and a place that joined it, both real sites. */
let hub: Site
let node: Site
beforeAll(async () => {
  ;({ hub, node } = await startPair())
}, 30_000)
afterAll(() => Promise.all([hub.close(), node.close()]))

const atHub = (uri: string) => findFacilitatorByUri(hub.context.db, uri)

describe('the profile of a person who leads cafés', () => {
  test('is at the directory as soon as the person agrees, with what structures alone may read marked so', async () => {
    const { uri } = await publishTestFacilitator(node, {
      name: 'Camille R.',
      fieldLevels: { presentation: 'network', contact: 'nobody' },
    })
    await until(() => atHub(uri), { what: 'the profile' })
    const profile = await atHub(uri)
    expect(profile).toMatchObject({
      name: 'Camille R.',
      territory: 'e-243500139',
      departement: '35',
      region: '53',
      presentation: 'Je suis médiatrice.',
      contact: 'none',
      shownContact: undefined,
      level: 'public',
      fieldLevels: { presentation: 'network' },
    })
    expect(profile?.organizationId).toBeUndefined()
  })

  test('says at the directory what it says at home a moment later', async () => {
    const { uri, handle } = await publishTestFacilitator(node)
    await until(() => atHub(uri))
    await publishTestFacilitator(node, { handle, themes: ['musique'], updatedAt: later(1) })
    await until(async () => (await atHub(uri))?.themes.includes('musique'))
  })

  test('leaves the directory when it is no longer for it, and comes back with a new consent', async () => {
    const { uri, handle } = await publishTestFacilitator(node, { consentedAt: later(-60) })
    await until(() => atHub(uri))
    await publishTestFacilitator(node, { handle, directories: [], updatedAt: later(1) })
    await until(async () => !(await atHub(uri)))
    await publishTestFacilitator(node, { handle, consentedAt: later(2), updatedAt: later(2) })
    await until(() => atHub(uri))
  })

  test('for structures only is given to the directory and to nobody else', async () => {
    const { uri } = await publishTestFacilitator(node, { level: 'network' })
    await until(() => atHub(uri))
    expect((await node.get(uri)).status).toBe(404)
    const list = await node.get(`${node.origin}/animation`)
    expect(list.json.items).not.toContain(uri)
  })

  test('for structures only has its portrait at the directory, and nobody else reads a byte of it', async () => {
    const own = await openOwnProfile(node, 'portrait@chez-elle.example')
    await own.publish(
      {
        ...{ name: 'Portrait Réservé', ou: '35000 Rennes', extent: 'commune', word: 'neutre' },
        ...{ contact: 'none', isAdult: '1', level: 'network', 'image.alt': 'Une personne' },
      },
      await jpeg(640, 480),
    )
    const copies = () =>
      hub.context.db.selectFrom('facilitator_picture').select('address').execute()
    await until(async () => (await copies()).length > 0, { what: 'the portrait' })
    const [copy] = await copies()
    expect((await fetch(copy?.address ?? '')).status).toBe(404)
    const { id } = await hub.context.db
      .selectFrom('facilitator')
      .select('id')
      .where('name', '=', 'Portrait Réservé')
      .executeTakeFirstOrThrow()
    const page = await fetch(`${hub.origin}/animation/${id}/photo.jpg`)
    expect(page.status).toBe(404)
  })

  test('withdrawn, is gone there and answers 410 without a name; the directory says that it has erased it', async () => {
    const person = await publishTestFacilitator(node, { name: 'Zoé Disparue' })
    await until(() => atHub(person.uri))
    const withdrawalId = await withdrawFacilitatorPage(node, person)
    await until(async () => !(await atHub(person.uri)))
    const answer = await node.get(person.uri)
    expect(answer.status).toBe(410)
    expect(answer.text).not.toContain('Zoé')
    await until(async () => (await statesOf(withdrawalId)).join() === 'confirmed')
    const kept = await node.context.db
      .selectFrom('activity')
      .select('body')
      .where('object_uri', '=', person.uri)
      .execute()
    expect(kept).toEqual([])
  })

  test('withdrawn, gets nothing that waits at the directory: who wrote it there is told, and not of whom', async () => {
    const person = await publishTestFacilitator(node, { name: 'Zoé Disparue', contact: 'relay' })
    await until(() => atHub(person.uri))
    const { db, now } = hub.context
    const said = { name: 'Sam', email: 'sam@tard.example', text: 'Le 12 ?', via: undefined }
    await insertContactMessage(db, { ...said, profileUri: person.uri }, now())
    await withdrawFacilitatorPage(node, person)
    await until(async () => !(await atHub(person.uri)))
    const told = () => writtenMails(hub).then((all) => all.find(({ to }) => to === said.email))
    await until(told, { what: 'the notice' })
    expect((await told())?.text).toContain('n’a pas pu être remis')
    expect((await told())?.text).not.toContain('Zoé')
    await until(() => flushErased(db))
    expect(await findLeftWords(hub, [said.text, person.handle])).toEqual([])
  })

  test('withdrawn, is gone at a directory that has blocked the place meanwhile', async () => {
    const person = await publishTestFacilitator(node, { name: 'Zoé Disparue' })
    await until(() => atHub(person.uri))
    const { db, now } = hub.context
    await saveBlock(db, { target: node.host, reason: 'essai' }, now())
    try {
      const withdrawalId = await withdrawFacilitatorPage(node, person)
      await until(async () => !(await atHub(person.uri)), { what: 'erased in spite of the block' })
      await until(async () => (await statesOf(withdrawalId)).join() === 'confirmed')
    } finally {
      await deleteBlock(db, node.host)
    }
  })

  test('withdrawn, is gone at a directory that was down, once it is back', async () => {
    const person = await publishTestFacilitator(node, { name: 'Zoé Disparue' })
    await until(() => atHub(person.uri))
    await hub.stop()
    const withdrawalId = await withdrawFacilitatorPage(node, person)
    await until(async () => (await statesOf(withdrawalId)).join() === 'unanswered')
    await hub.start()
    const { db, now, wake } = node.context
    await expediteHost(db, hub.host, now())
    wake()
    await until(async () => (await statesOf(withdrawalId)).join() === 'confirmed')
    expect(await atHub(person.uri)).toBeUndefined()
  })

  test('at another address that its person chose, is there at a directory that was down too; the ones before are nowhere', async () => {
    const own = await openOwnProfile(node, 'adresse@chez-elle.example')
    const moveTo = (alias: string) =>
      own.publish({
        ...{ name: 'Une Nomade', ou: '35000 Rennes', extent: 'commune', word: 'neutre' },
        ...{ contact: 'relay', isAdult: '1', level: 'public', alias },
      })
    const { db, now, wake } = node.context
    await moveTo('premiere-adresse')
    const { uri, handle } = await db
      .selectFrom('facilitator')
      .select(['uri', 'handle'])
      .where('alias', '=', 'premiere-adresse')
      .executeTakeFirstOrThrow()
    const at = (alias: string) => `${node.origin}/animation/${alias}`
    await until(async () => (await atHub(uri))?.url === at('premiere-adresse'))
    await hub.stop()
    await moveTo('deuxieme-adresse')
    const waits = 'deuxieme-adresse in activity.body'
    await until(async () => (await findLeftWords(node, ['deuxieme-adresse'])).includes(waits))
    await moveTo('troisieme-adresse')
    const former = ['premiere-adresse', 'deuxieme-adresse']
    await until(() => flushErased(db))
    expect(await findLeftWords(node, former)).toEqual([])
    const account = await node.get(`${node.origin}/actors/${handle}`)
    expect(account.json.preferredUsername).toBe('troisieme-adresse')
    for (const alias of former) expect((await node.get(at(alias))).status).toBe(410)

    await hub.start()
    await until(async () => {
      await expediteHost(db, hub.host, now())
      wake()
      return (await atHub(uri))?.url === at('troisieme-adresse')
    })
    await until(() => flushErased(hub.context.db))
    expect(await findLeftWords(hub, former)).toEqual([])
  })

  test('is in no outbox, and given out at the address of no activity', async () => {
    const { uri, name } = await publishTestFacilitator(node, { name: 'Nulle Part' })
    await until(() => atHub(uri))
    for (const actor of ['cafes', 'instance']) {
      const { text } = await node.get(`${node.origin}/actors/${actor}/outbox?page=first`)
      expect(text).not.toContain(name)
    }
  })
})

const statesOf = async (withdrawalId: string) =>
  (
    await node.context.db
      .selectFrom('withdrawal_server')
      .select('state')
      .where('withdrawal_id', '=', withdrawalId)
      .execute()
  ).map(({ state }) => state)

describe('a directory that the site joins later', () => {
  let second: Site
  let people: Facilitator[]
  beforeAll(async () => {
    second = await startSite({ role: 'hub' })
    people = [
      await publishTestFacilitator(node, { name: 'Oui', fieldLevels: { contact: 'network' } }),
      await publishTestFacilitator(node, { name: 'Structures', level: 'network' }),
      await publishTestFacilitator(node, { name: 'Muette', directories: [] }),
    ]
    await until(async () => (await atHub(uriOf('Oui'))) && (await atHub(uriOf('Structures'))))
    await join()
  }, 60_000)
  afterAll(() => second.close())

  const uriOf = (name: string) => people.find((person) => person.name === name)?.uri ?? ''

  async function join() {
    const { db, now, wake } = node.context
    const request = { address: second.origin, invitation: await second.invite(), join: true }
    await requestFollow(db, request, now())
    wake()
    await untilJoined(second, node)
    await settle()
  }

  /** Waits until the sites have delivered and read everything between them. */
  async function settle() {
    await planReconciliations(second.context)
    for (const site of [node, second, node, second]) await untilAtRest(site)
  }

  const peopleAt = async ({ context: { db } }: Site) =>
    (await db.selectFrom('facilitator').select('name').orderBy('name').execute()).map(
      ({ name }) => name,
    )

  const questions = async () => {
    const { db } = node.context
    const about = uriOf('Oui')
    const rows = await db
      .selectFrom('mail')
      .innerJoin('facilitator', 'facilitator.id', 'mail.facilitator_id')
      .select('mail.params')
      .where('facilitator.uri', '=', about)
      .where('mail.template', '=', 'profile-directories')
      .execute()
    return rows.map(({ params }) => JSON.parse(params) as { hosts: string })
  }

  const answer = async (name: string, yes: boolean) => {
    const { db, now, wake } = node.context
    const id = people.find((person) => person.name === name)?.id ?? ''
    const { host } = second
    const text = `J’accepte d’être dans ${host}`
    const consent = { level: 'public', text, lang: 'fr', isByHandedLink: false } as const
    if (yes) await acceptDirectory(db, { id, host, consent }, now())
    else await refuseDirectory(db, { id, host }, now())
    wake()
  }

  test('has nobody, for everybody or for structures, by whatever way it asks', async () => {
    expect(await peopleAt(second)).toEqual([])
    // It does not know these people: it is not even told that they exist.
    for (const { uri } of people) {
      await enqueueTask(second.context.db, { kind: 'person', subject: uri }, second.context.now())
    }
    second.context.wake()
    await settle()
    expect(await peopleAt(second)).toEqual([])
    expect(await peopleAt(hub)).toEqual(expect.arrayContaining(['Oui', 'Structures']))
  })

  test('hears nothing when somebody changes what they say', async () => {
    const { handle } = people[0] as Facilitator
    const directories = [hub.host]
    await publishTestFacilitator(node, {
      handle,
      name: 'Oui',
      themes: ['musique'],
      directories,
      updatedAt: later(1),
    })
    await until(async () => (await atHub(uriOf('Oui')))?.themes.includes('musique'))
    await settle()
    expect(await peopleAt(second)).toEqual([])
  })

  test('is asked about once, by mail and on the page of each person', async () => {
    await askAboutDirectories(node.context)
    await askAboutDirectories(node.context)
    expect(await questions()).toEqual([expect.objectContaining({ hosts: second.host })])
  })

  test('has who said yes and nobody else, and loses them when they say no', async () => {
    await answer('Oui', true)
    await until(async () => (await peopleAt(second)).length > 0)
    await settle()
    expect(await peopleAt(second)).toEqual(['Oui'])
    await answer('Oui', false)
    await until(async () => (await peopleAt(second)).length === 0)
    expect(await atHub(uriOf('Oui'))).toBeDefined()
    await answer('Oui', true)
    await until(async () => (await peopleAt(second)).length > 0)
  })

  test('that the site has left and joins again has nobody until each is asked anew', async () => {
    const { db, now, wake } = node.context
    const following = (await listFollowings(db)).find(({ targetUri }) =>
      targetUri?.startsWith(second.origin),
    )
    await stopFollowing(db, following?.id ?? '', now())
    wake()
    await until(async () => (await peopleAt(second)).length === 0)
    await join()
    expect(await peopleAt(second)).toEqual([])
    await askAboutDirectories(node.context)
    expect(await questions()).toHaveLength(2)
    expect(await atHub(uriOf('Oui'))).toBeDefined()
  })
})

const later = (seconds: number) =>
  Temporal.Now.instant().round({ smallestUnit: 'second', roundingMode: 'floor' }).add({ seconds })

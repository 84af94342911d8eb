import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { FACILITATOR_CONTEXT } from '../../federation/wire/context.ts'
import type { Json } from '../../federation/wire/json.ts'
import { toFacilitatorProfile } from '../../federation/wire/profile.ts'
import { deleteBlock, saveBlock } from '../../node/store/directory/blocks.ts'
import { findPeerByActor } from '../../node/store/directory/peers.ts'
import { findFacilitatorByUri } from '../../node/store/facilitators/facilitators.ts'
import { removePeer } from '../../node/store/memberships.ts'
import { aFacilitator } from '../support/facilitator.ts'
import { type Member, startHubWithMember, startMember, thisSecond } from '../support/member.ts'
import { type Site, until } from '../support/network.ts'

/** Checks what a directory accepts about people from other servers, and what it never does. */
let hub: Site
let member: Member
let stranger: Member
let close: () => Promise<unknown>
beforeAll(async () => {
  ;({ hub, member, stranger, close } = await startHubWithMember())
}, 30_000)
afterAll(() => close())

function profileAt(
  origin: string,
  changes: Json = {},
  handle = `p-${randomUUID().slice(0, 8)}`,
): Json {
  const uri = `${origin}/animation/${handle}`
  const now = thisSecond()
  const dates = { consentedAt: now, updatedAt: now, expiresAt: now.add({ hours: 1000 }) }
  const facilitator = aFacilitator({ handle, uri, url: uri, photo: undefined, ...dates })
  const directories = [`${hub.origin}/actors/instance`]
  return {
    ...toFacilitatorProfile(facilitator, {
      reader: 'network',
      origin,
      cafes: [],
      directories,
      now,
    }),
    ...changes,
  }
}

const says = (type: string, speaker: Member, object: Json): Json => ({
  '@context': FACILITATOR_CONTEXT,
  id: `${speaker.origin}/activities/${randomUUID()}`,
  type,
  actor: speaker.feed.uri,
  to: [],
  object,
})
const tombstone = (uri: unknown, deleted = thisSecond()): Json => ({
  id: uri,
  type: 'Tombstone',
  formerType: 'Profile',
  deleted: deleted.toString(),
})
const atHub = (profile: Json) => findFacilitatorByUri(hub.context.db, String(profile.id))
const countPeople = async () =>
  Number(
    (
      await hub.context.db
        .selectFrom('facilitator')
        .select((eb) => eb.fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow()
    ).total,
  )

describe('a directory that hears of people', () => {
  test('believes a member about its own, and forgets whom it takes back, saying so', async () => {
    const profile = profileAt(member.origin)
    expect(await member.say(says('Create', member, profile))).toBe(202)
    expect(await atHub(profile)).toMatchObject({ name: 'Camille R.' })
    const accountDelete = says('Delete', member, tombstone(profile.id))
    expect(await member.say(accountDelete)).toBe(202)
    expect(await atHub(profile)).toBeUndefined()
    await until(() =>
      member.activitiesOf('Accept').some(({ json }) => (json as Json).object === accountDelete.id),
    )
  })

  test('hears nobody who is no member', async () => {
    const before = await countPeople()
    await stranger.say(says('Create', stranger, profileAt(stranger.origin)))
    expect(await countPeople()).toBe(before)
  })

  test.each([
    ['another server’s address', () => profileAt(stranger.origin)],
    ['somebody else’s word', () => profileAt(member.origin, { attributedTo: stranger.feed.uri })],
    ['an address of the directory itself', () => profileAt(hub.origin)],
  ])('refuses a profile with %s at the door', async (_, make) => {
    const before = await countPeople()
    expect(await member.say(says('Create', member, make()))).toBe(403)
    expect(await countPeople()).toBe(before)
  })

  test('does not erase one server’s person on another’s word', async () => {
    const profile = profileAt(member.origin)
    await member.say(says('Create', member, profile))
    expect(await stranger.say(says('Delete', stranger, tombstone(profile.id)))).toBe(403)
    expect(await atHub(profile)).toBeDefined()
  })

  test('ignores an older version of a profile, and a repeated one changes nothing', async () => {
    const profile = profileAt(member.origin, { name: 'La dernière' })
    await member.say(says('Update', member, profile))
    const old = thisSecond().subtract({ hours: 1 }).toString()
    await member.say(
      says('Update', member, { ...profile, name: 'L’ancienne', published: old, updated: old }),
    )
    await member.say(says('Create', member, { ...profile, name: 'La même heure' }))
    expect((await atHub(profile))?.name).toBe('La dernière')
  })

  test('does not bring back whom it has erased by an old message, only by a later consent', async () => {
    const profile = profileAt(member.origin)
    const create = says('Create', member, profile)
    await member.say(create)
    await member.say(says('Delete', member, tombstone(profile.id)))
    await member.say(create)
    await member.say({ ...create, id: `${member.origin}/activities/${randomUUID()}` })
    const later = thisSecond().add({ seconds: 30 }).toString()
    await member.say(says('Update', member, { ...profile, updated: later }))
    expect(await atHub(profile)).toBeUndefined()
    const again = thisSecond().add({ seconds: 31 }).toString()
    await member.say(says('Create', member, { ...profile, published: again, updated: again }))
    expect(await atHub(profile)).toBeDefined()
  })

  test('erases also when the Delete comes before the profile', async () => {
    const profile = profileAt(member.origin)
    await member.say(says('Delete', member, tombstone(profile.id)))
    await member.say(says('Create', member, profile))
    expect(await atHub(profile)).toBeUndefined()
  })

  test('shows no one beyond their circle: without a known one the profile is refused', async () => {
    for (const visibility of [undefined, 'nobody', 'everyone', ['public', 'network']]) {
      const profile = profileAt(member.origin, { visibility })
      await member.say(says('Create', member, profile))
      expect(await atHub(profile), String(visibility)).toBeUndefined()
    }
  })

  test('fetches no picture at a private address, nor of another server', async () => {
    for (const url of [
      'http://127.0.0.1:1/x.jpg',
      `${stranger.origin}/x.jpg`,
      'http://169.254.169.254/',
    ]) {
      const profile = profileAt(member.origin, { image: { type: 'Image', url, name: 'Moi' } })
      await member.say(says('Create', member, profile))
      expect((await atHub(profile))?.photo, url).toBeUndefined()
    }
    const planned = await hub.context.db
      .selectFrom('task')
      .selectAll()
      .where('kind', '=', 'picture')
      .execute()
    expect(planned).toEqual([])
    expect(stranger.hits('/x.jpg')).toBe(0)
  })

  test('hands no message on for who is no member, nor to whom nobody may write', async () => {
    const profile = profileAt(member.origin)
    await member.say(says('Create', member, profile))
    const note = {
      id: `${stranger.origin}/notes/1`,
      type: 'Note',
      to: [profile.id],
      content: '<p>Achetez</p>',
      senderName: 'X',
      replyTo: 'x@spam.example',
    }
    await stranger.say(says('Create', stranger, note))
    await member.say(says('Create', member, { ...note, id: `${member.origin}/notes/1` }))
    const waiting = await hub.context.db.selectFrom('contact_message').selectAll().execute()
    expect(waiting).toEqual([])
  })

  test('keeps of the mandates that a profile names its own, and few; an old word brings none back', async () => {
    const mandate = (origin: string) => `${origin}/territoires/35#mandat-${randomUUID()}`
    const [one, two] = [mandate(hub.origin), mandate(hub.origin)]
    const said = [
      ...[7, null, {}, [one], { id: one }, one, one, 'javascript:alert(1)#mandat-1', `${two}x`],
      ...[mandate(stranger.origin), mandate(`${hub.origin}.evil.example`), one.toUpperCase()],
      ...[one.replace('://', '://x@'), one.replace('/territoires', '//territoires')],
    ]
    const profile = profileAt(member.origin, { mandates: said })
    await member.say(says('Create', member, profile))
    expect((await atHub(profile))?.mandates).toEqual([one])
    const many = Array.from({ length: 2000 }, () => mandate(hub.origin))
    const later = { mandates: many, updated: thisSecond().add({ seconds: 20 }).toString() }
    await member.say(says('Update', member, { ...profile, ...later }))
    expect((await atHub(profile))?.mandates).toEqual(many.slice(0, 5))
    const last = { mandates: [], updated: thisSecond().add({ seconds: 40 }).toString() }
    await member.say(says('Update', member, { ...profile, ...last }))
    await member.say(says('Update', member, { ...profile, ...later }))
    expect((await atHub(profile))?.mandates).toEqual([])
    // A profile for structures only names no mandate.
    const narrow = profileAt(member.origin, { visibility: 'network', mandates: [one] })
    await member.say(says('Create', member, narrow))
    expect((await atHub(narrow))?.mandates).toEqual([])
  })

  test('deletes the profiles of a member whose membership ends', async () => {
    const other = await startMember(hub)
    const profile = profileAt(other.origin)
    await other.say(says('Create', other, profile))
    expect(await atHub(profile)).toBeDefined()
    const peer = await findPeerByActor(hub.context.db, other.instance.uri)
    await removePeer(hub.context.db, { peerId: peer?.id ?? '' }, hub.context.now())
    expect(await atHub(profile)).toBeUndefined()
    await other.close()
  })

  test('asks a blocked server nothing about its people', async () => {
    await saveBlock(
      hub.context.db,
      { target: new URL(member.origin).host, reason: 'test' },
      hub.context.now(),
    )
    const profile = profileAt(member.origin)
    expect(await member.say(says('Create', member, profile))).toBe(403)
    await deleteBlock(hub.context.db, new URL(member.origin).host)
    expect(await atHub(profile)).toBeUndefined()
  })
})

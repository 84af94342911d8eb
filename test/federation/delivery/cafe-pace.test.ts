import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Json } from '../../../federation/wire/json.ts'
import type { Cafe, CafeContent } from '../../../node/domain/cafes/cafe.ts'
import { LIMITS } from '../../../node/domain/limits/limits.ts'
import { pass } from '../../support/cafe-pace.ts'
import { type Member, startMember } from '../../support/member.ts'
import { CAFE, type Site, startSite, until, untilAtRest } from '../../support/network.ts'
import {
  type ReceivedActivity,
  type RemotePeer,
  startRemotePeer,
} from '../../support/remote-peer.ts'

/**
 * When a person edits one café sixty times in a minute, each follower gets a few messages, the last of which has the
 * latest state.
 */

const objectOf = ({ json }: ReceivedActivity) => json.object as Json
const notesOn = (peer: RemotePeer, uri: string) =>
  peer.activitiesOf('Create').filter((activity) => {
    const { type, content } = objectOf(activity)
    return type === 'Note' && String(content).includes(`"${uri}"`)
  })
const updatesOf = (peer: RemotePeer, uri: string) =>
  peer.activitiesOf('Update').filter((activity) => objectOf(activity).id === uri)

async function follow(site: Site, actor: string): Promise<RemotePeer> {
  const peer = await startRemotePeer(0)
  const reader = peer.addActor('reader', { preferredUsername: 'reader', type: 'Person' })
  await peer.send(reader, `${site.origin}/inbox`, {
    '@context': 'https://www.w3.org/ns/activitystreams',
    id: `${peer.origin}/follows/${randomUUID()}`,
    type: 'Follow',
    actor: reader.uri,
    object: `${site.origin}/actors/${actor}`,
  })
  await until(() => peer.activitiesOf('Accept').length > 0, { what: 'the Accept' })
  return peer
}

const waiting = ({ context }: Site) =>
  context.db.selectFrom('change').select('body').where('done_at', 'is', null).execute()

describe('a place that edits its café again and again', () => {
  let site: Site
  let reader: RemotePeer
  beforeAll(async () => {
    site = await startSite()
    reader = await follow(site, 'cafes')
  })
  afterAll(() => Promise.all([site.close(), reader.close()]))

  const at = (minute: number) => ({
    ...CAFE,
    startsAt: `${CAFE.startsAt.slice(0, 14)}${String(minute).padStart(2, '0')}:00`,
  })

  test('sends the first edit and then the latest, also after a restart; a cancellation at once', async () => {
    const uri = await site.publish(at(0))
    const path = `/cafes/${uri.split('/').at(-1)}`
    for (let minute = 1; minute < 60; minute++) await site.call('PUT', path, at(minute))
    await untilAtRest(site)
    expect(notesOn(reader, uri)).toHaveLength(1)
    expect(updatesOf(reader, uri).length).toBeLessThanOrEqual(6)
    expect((await waiting(site)).length).toBeLessThanOrEqual(2)

    await site.stop()
    await site.start()
    await pass(site, { seconds: 11 })
    const latest = () => updatesOf(reader, uri).at(-1)
    await until(() => String(objectOf(latest() as ReceivedActivity).startTime).includes('18:59'))
    expect(notesOn(reader, uri)).toHaveLength(1)
    await pass(site, { minutes: 10 })
    await until(() => notesOn(reader, uri).length === 2, { what: 'the Note of the latest state' })
    expect(String(objectOf(notesOn(reader, uri)[1] as ReceivedActivity).content)).toMatch(
      /18\sh\s59/,
    )

    await site.call('POST', `${path}/cancel`, { reason: 'Grève' })
    await until(() => notesOn(reader, uri).length === 3, { what: 'the cancellation' })
    expect(String(objectOf(notesOn(reader, uri)[2] as ReceivedActivity).content)).toContain(
      'Annulé',
    )
    await until(() => objectOf(latest() as ReceivedActivity).eventStatus === 'EventCancelled', {
      what: 'the cancellation itself, for which no Note waits',
    })
    // It was a mistake.
    await site.call('POST', `${path}/reinstate`)
    await until(() => notesOn(reader, uri).length === 4, { what: 'that it takes place after all' })
    expect(String(objectOf(notesOn(reader, uri)[3] as ReceivedActivity).content)).toContain(
      'Maintenu',
    )
    for (let turn = 0; turn < 10; turn++) {
      await site.call('POST', `${path}/cancel`, { reason: 'Grève' })
      await site.call('POST', `${path}/reinstate`)
    }
    await site.call('POST', `${path}/cancel`, { reason: 'Grève' })
    await untilAtRest(site)
    const most = LIMITS['urgent notes of a café'].points
    expect(notesOn(reader, uri).length).toBeLessThanOrEqual(most)
    await pass(site, { seconds: 11 })
    await pass(site, { minutes: 10 })
    await untilAtRest(site)
    expect(notesOn(reader, uri).length).toBeLessThanOrEqual(most + 1)
    const last = () => objectOf(notesOn(reader, uri).at(-1) as ReceivedActivity)
    await until(() => String(last().content).includes('Annulé'), { what: 'the last word' })
    await until(async () => (await waiting(site)).length === 0)
  })

  test('sends nothing more about a café that is deleted while an edit waits', async () => {
    const uri = await site.publish(at(0))
    const path = `/cafes/${uri.split('/').at(-1)}`
    for (let minute = 1; minute < 9; minute++) await site.call('PUT', path, at(minute))
    await site.call('DELETE', path)
    await untilAtRest(site)
    await pass(site, { minutes: 11 })
    await until(async () => (await waiting(site)).length === 0)
    await untilAtRest(site)
    expect(notesOn(reader, uri).length).toBeLessThanOrEqual(1)
    expect(await site.context.db.selectFrom('cafe_pace').selectAll().execute()).not.toContainEqual(
      expect.objectContaining({ cafe_uri: uri }),
    )
  })
})

describe('a Note about a change', () => {
  let site: Site
  let reader: RemotePeer
  beforeAll(async () => {
    site = await startSite()
    reader = await follow(site, 'cafes')
  })
  afterAll(() => Promise.all([site.close(), reader.close()]))

  test('says once a day that the café is full, and once that it has seats again', async () => {
    const seats = (seatsLeft: number) => ({
      registration: { mode: 'phone', capacity: 5, seatsLeft },
    })
    const uri = await site.publish({ ...seats(5), phone: '02 99 00 00 00' })
    const say = async (seatsLeft: number) => {
      const path = `/cafes/${uri.split('/').at(-1)}`
      await site.call('PUT', path, { ...CAFE, ...seats(seatsLeft), phone: '02 99 00 00 00' })
      await untilAtRest(site)
    }
    const notes = () =>
      notesOn(reader, uri).map((one) =>
        String(objectOf(one).content).includes('Complet') ? 'full' : 'free',
      )
    const hours = async (n: number) => {
      await pass(site, { minutes: 60 * n + 1 })
      await untilAtRest(site)
    }
    await say(0)
    await until(() => notes().length === 1, { what: 'that it is full' })
    await say(2)
    await hours(1)
    await until(() => notes().length === 2, { what: 'that there are seats again' })
    for (const seatsLeft of [0, 1, 0, 3, 0]) await say(seatsLeft)
    await hours(2)
    expect(notes()).toEqual(['full', 'free'])
    await hours(24)
    await until(() => notes().length === 3, { what: 'that it is full, a day later' })
    expect(notes()).toEqual(['full', 'free', 'full'])
    const latest = async () => (await site.get(uri)).json.remainingAttendeeCapacity
    await until(async () => (await latest()) === 0)
  })

  test('has an address, a language and tags of its own, and leads people to the café', async () => {
    const uri = await site.publish({ themes: ['vie privée'] })
    await site.call('POST', `/cafes/${uri.split('/').at(-1)}/cancel`, { reason: 'Grève' })
    await until(() => notesOn(reader, uri).length === 1, { what: 'the Note' })
    const note = objectOf(notesOn(reader, uri)[0] as ReceivedActivity)
    // With the café's address GoToSocial takes the Note for its own parent.
    expect(note).toMatchObject({ url: note.id, inReplyTo: uri, contentMap: { fr: note.content } })
    expect(note).not.toHaveProperty('summary')
    expect(note).not.toHaveProperty('name')
    expect((note.tag as Json[]).map(({ name }) => name)).toEqual(['#CafeIA', '#Die', '#ViePrivée'])
    const asPage = (accept: string) =>
      fetch(String(note.id), { headers: { accept }, redirect: 'manual' })
    const page = await asPage('text/html,application/xhtml+xml,*/*;q=0.8')
    expect([page.status, page.headers.get('location')]).toEqual([303, uri])
    expect((await asPage('application/activity+json')).status).toBe(200)
    expect((await asPage('*/*')).status).toBe(200)
  })
})

describe('a member that edits its café again and again', () => {
  let hub: Site
  let member: Member
  let reader: RemotePeer
  beforeAll(async () => {
    hub = await startSite({ role: 'hub' })
    member = await startMember(hub)
    reader = await follow(hub, 'cafe-ia')
  })
  afterAll(() => Promise.all([hub.close(), member.close(), reader.close()]))

  const later = (cafe: Cafe, seconds: number, content: Partial<CafeContent>): Cafe => ({
    ...cafe,
    ...content,
    updatedAt: cafe.updatedAt.add({ seconds }),
  })

  test('has the directory tell its followers once and then the latest, in the member’s own bytes', async () => {
    const cafe = member.cafe({ title: 'Déplacé sans cesse' })
    await member.say(member.activity('Create', cafe))
    await until(() => reader.activitiesOf('Announce').some(({ json }) => json.object === cafe.uri))
    let last: Json = {}
    for (let i = 1; i <= 60; i++) {
      const startsAt = cafe.startsAt.add({ minutes: i })
      last = member.activity('Update', later(cafe, i, { startsAt }))
      expect(await member.say(last)).toBe(202)
    }
    expect((await hub.find(cafe.uri))?.startsAt.equals(cafe.startsAt.add({ minutes: 60 }))).toBe(
      true,
    )
    await untilAtRest(hub)
    expect(notesOn(reader, cafe.uri)).toHaveLength(1)
    expect(updatesOf(reader, cafe.uri).length).toBeLessThanOrEqual(6)
    await pass(hub, { seconds: 11 })
    await until(() => updatesOf(reader, cafe.uri).some(({ text }) => text === JSON.stringify(last)))
    const off = later(cafe, 61, { status: 'cancelled', startsAt: cafe.startsAt })
    await member.say(member.activity('Update', off))
    await until(() => notesOn(reader, cafe.uri).length === 2, { what: 'the cancellation' })
    await pass(hub, { minutes: 11 })
    await untilAtRest(hub)
    expect(notesOn(reader, cafe.uri)).toHaveLength(2)
  })

  test('is paced as well when it cancels its café and reinstates it each second', async () => {
    const cafe = member.cafe({ title: 'Ouvert, fermé' })
    await member.say(member.activity('Create', cafe))
    await until(() => reader.activitiesOf('Announce').some(({ json }) => json.object === cafe.uri))
    for (let i = 1; i <= 40; i++) {
      const status = i % 2 ? 'cancelled' : 'scheduled'
      await member.say(member.activity('Update', later(cafe, i, { status })))
      // A directory that looks at the café only once it takes place again has nothing to say.
      if (i === 1) await until(() => notesOn(reader, cafe.uri).length === 1)
    }
    await untilAtRest(hub)
    const most = LIMITS['urgent notes of a café'].points
    expect(notesOn(reader, cafe.uri).length).toBeLessThanOrEqual(most)
    await pass(hub, { seconds: 11 })
    await untilAtRest(hub)
    await pass(hub, { minutes: 10 })
    await untilAtRest(hub)
    const notes = notesOn(reader, cafe.uri)
    expect(notes.length).toBeLessThanOrEqual(most + 1)
    expect(String(objectOf(notes.at(-1) as ReceivedActivity).content)).not.toContain('Annulé :')
  })
})

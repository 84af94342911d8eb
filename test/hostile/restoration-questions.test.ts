import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { signHeaders } from '../../federation/gate/sign-request.ts'
import { findCafeDocument } from '../../node/store/cafes/cafe-documents.ts'
import { insertErased } from '../../node/store/facilitators/erasures.ts'
import { saveDocument } from '../../node/store/queues/documents.ts'
import { type Member, startMember } from '../support/member.ts'
import { type Site, startSite } from '../support/network.ts'
import type { RemoteActorFixture } from '../support/remote-peer.ts'
import { LATER, PATH } from './kit/restored-place.ts'

/** An actor asks a directory, as a restored place does, about what is not its own. */

describe('a server that asks a directory for deletions', () => {
  let hub: Site
  let member: Member
  let other: Member
  beforeAll(async () => {
    hub = await startSite({ role: 'hub' })
    member = await startMember(hub)
    other = await startMember(hub)
  }, 60_000)
  afterAll(() => Promise.allSettled([hub.close(), member.close(), other.close()]))

  async function ask(by: RemoteActorFixture | undefined, query: Record<string, string>) {
    const url = new URL(`${hub.origin}${PATH}?${new URLSearchParams(query)}`)
    const request = { method: 'GET' as const, url, headers: {} }
    const key = by && { keyId: by.keyId, privateKey: by.rsa.privateKey }
    const response = await fetch(url, {
      headers: key ? await signHeaders(request, key, 'rfc9421') : {},
    })
    const text = await response.text()
    return { status: response.status, json: text ? JSON.parse(text) : undefined }
  }
  const SINCE = { since: '2026-01-01T00:00:00Z' }
  const idsOf = ({ json }: Awaited<ReturnType<typeof ask>>): string[] =>
    (json.items as { id: string }[]).map(({ id }) => id)

  test('gets those of its own cafés alone, page by page, since a time', async () => {
    const gone: string[] = []
    for (let at = 0; at < 3; at++) {
      const cafe = member.cafe()
      await member.say(member.activity('Create', cafe))
      await member.say(member.activity('Delete', cafe))
      gone.push(cafe.uri)
    }
    const theirs = other.cafe()
    await other.say(other.activity('Create', theirs))
    await other.say(other.activity('Delete', theirs))
    const answer = await ask(member.instance, SINCE)
    expect(idsOf(answer)).toEqual(gone.sort())
    expect(new URL(answer.json.next).searchParams.get('texts')).toBe('')
    expect(idsOf(await ask(other.instance, SINCE))).toEqual([theirs.uri])
    expect(idsOf(await ask(member.instance, { since: LATER }))).toEqual([])
    const [first = '', ...rest] = gone
    expect(idsOf(await ask(member.instance, { ...SINCE, page: first }))).toEqual(rest)
  })

  test('gets the texts of its own cafés as they were signed, page by page, since a time', async () => {
    const mine = [member.cafe(), member.cafe()]
    for (const cafe of mine) await member.say(member.activity('Create', cafe))
    await other.say(other.activity('Create', other.cafe()))
    const uris = mine.map(({ uri }) => uri).sort()
    const { json } = await ask(member.instance, { ...SINCE, texts: '' })
    expect((json.items as { id: string }[]).map(({ id }) => id)).toEqual(uris)
    expect(json.items).toEqual(
      await Promise.all(
        uris.map(async (uri) => JSON.parse((await findCafeDocument(hub.context.db, uri)) ?? '')),
      ),
    )
    // The last page is of what the member signed beside its cafés, and of nobody else's.
    expect(new URL(String(json.next)).searchParams.get('words')).toBe('')
    const { db } = hub.context
    const kept = [member, other].map(({ origin }) => ({
      uri: `${origin}/reseaux/x`,
      body: JSON.stringify({ id: `${origin}/reseaux/x`, updated: SINCE.since }),
    }))
    for (const document of kept) await saveDocument(db, document)
    const words = await ask(member.instance, { ...SINCE, words: '' })
    expect(idsOf(words)).toEqual([`${member.origin}/reseaux/x`])
    expect(words.json.next).toBeUndefined()
    expect(idsOf(await ask(member.instance, { since: LATER, words: '' }))).toEqual([])
    const [first = '', ...rest] = uris
    expect(idsOf(await ask(member.instance, { ...SINCE, texts: first }))).toEqual(rest)
    expect(idsOf(await ask(member.instance, { since: LATER, texts: '' }))).toEqual([])
  })

  test('gets no more than a thousand pages a day', async () => {
    const { db } = hub.context
    await ask(member.instance, SINCE)
    await db.updateTable('share').set({ total: 999 }).where('kind', '=', 'restoration').execute()
    expect((await ask(member.instance, SINCE)).status).toBe(200)
    expect((await ask(member.instance, SINCE)).status).toBe(429)
    await db.deleteFrom('share').where('kind', '=', 'restoration').execute()
  })

  test('gets nothing about profiles of another server, whatever handles it asks for', async () => {
    const handle = 'abcdefghij'
    const at = Temporal.Now.instant()
    await insertErased(hub.context.db, `${other.origin}/animation/${handle}`, at)
    expect(idsOf(await ask(member.instance, { facilitators: handle }))).toEqual([])
    expect(idsOf(await ask(other.instance, { facilitators: handle }))).toEqual([
      `${other.origin}/animation/${handle}`,
    ])
  })

  test('gets nothing without the signature of a server’s own actor', async () => {
    expect((await ask(undefined, SINCE)).status).toBe(401)
    expect((await ask(member.feed, SINCE)).status).toBe(401)
    const stranger = {
      ...member.instance,
      rsa: other.instance.rsa,
      keyId: `${member.instance.uri}#x`,
    }
    expect((await ask(stranger, SINCE)).status).toBe(401)
  })

  test.each([
    [{ page: 'x' }],
    [{ since: 'hier' }],
    [{ ...SINCE, page: 'x'.repeat(2001) }],
    [{ ...SINCE, texts: 'x'.repeat(2001) }],
    [{ texts: '' }],
    [{ facilitators: '' }],
    [{ facilitators: '../x' }],
    [{ facilitators: Array(51).fill('abc').join(',') }],
  ])('is refused %o', async (query) => {
    expect((await ask(member.instance, query as Record<string, string>)).status).toBe(400)
  })
})

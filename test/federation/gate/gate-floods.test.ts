import { describe, expect, it } from 'vitest'
import { a, create, follow, honest, hostile, node, post, reopen, useGate, v } from './gate-stage.ts'

useGate()

describe('floods', () => {
  it('P16 strangers’ Deletes of themselves are accepted without a fetch or a limit', async () => {
    const gone = hostile.addActor('gone')
    hostile.pages.delete('/actors/gone')
    const accountDelete = (object: unknown) => ({ ...follow(gone), type: 'Delete', object })
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, i) =>
        post(accountDelete(i % 2 ? gone.uri : { id: gone.uri, type: 'Tombstone' }), { by: gone }),
      ),
    )
    expect(answers.every(({ status }) => status === 202)).toBe(true)
    expect(hostile.requests).toHaveLength(0)
    expect(node.accepted).toEqual([])
  })

  it('a Delete by a known actor is verified and let through', async () => {
    await post(follow(v), { by: v })
    honest.pages.delete('/actors/v')
    const accountDelete = { ...follow(v), type: 'Delete', object: v.uri }
    expect((await post(accountDelete, { by: { ...v, rsa: a.rsa } })).status).toBe(401)
    expect((await post(accountDelete, { by: v })).status).toBe(202)
    expect(node.accepted.map(({ type }) => type)).toEqual(['Follow', 'Delete'])
  })

  it('P18 bad signatures are told to wait; the same name by its real key is not', async () => {
    await post(follow(v), { by: v })
    const forged = { ...v, rsa: a.rsa }
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => post(follow(v), { by: forged })),
    )
    const statuses = answers.map(({ status }) => status)
    expect(statuses.filter((status) => status === 401)).toHaveLength(60)
    expect(statuses.filter((status) => status === 429)).toHaveLength(40)
    const late = answers.find(({ status }) => status === 429)
    expect(Number(late?.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await post(follow(v), { by: v })).status).toBe(202)
  })

  it('neither another address nor another claimed host pays for it', async () => {
    const forged = { ...v, rsa: a.rsa }
    await Promise.all(Array.from({ length: 61 }, () => post(follow(v), { by: forged })))
    const b = honest.addActor('b')
    expect((await post(follow(b), { by: b })).status).toBe(429)
    expect((await post(follow(b), { by: b, headers: { 'x-source': '192.0.2.7' } })).status).toBe(
      202,
    )
    expect((await post(follow(a), { by: a })).status).toBe(202)
  })

  it('one IPv6 /64 is one address', async () => {
    await reopen({ limits: { 'gate: failures': 3 } })
    const forged = { ...v, rsa: a.rsa }
    const from = (source: string) =>
      post(follow(v), { by: forged, headers: { 'x-source': source } })
    for (const source of ['2a01:e0a:1:2::1', '2a01:e0a:1:2::2', '2a01:e0a:1:2:3:4:5:6'])
      expect((await from(source)).status).toBe(401)
    expect((await from('2a01:e0a:1:2:ffff::')).status).toBe(429)
    expect((await from('2a01:e0a:1:3::1')).status).toBe(401)
  })

  it('P17 new actors of one domain beyond its quota wait; known ones, others and members do not', async () => {
    await reopen({ limits: { 'gate: new actors': 3 } })
    const crowd = Array.from({ length: 5 }, (_, i) => hostile.addActor(`crowd${i}`))
    const statuses: number[] = []
    for (const actor of crowd) statuses.push((await post(follow(actor), { by: actor })).status)
    expect(statuses).toEqual([202, 202, 202, 429, 429])
    expect(hostile.requests).toHaveLength(3)
    const [first] = crowd
    expect(first && (await post(follow(first), { by: first })).status).toBe(202)
    expect((await post(follow(v), { by: v })).status).toBe(202)
    node.members.add(new URL(hostile.origin).host)
    const last = crowd.at(-1)
    expect(last && (await post(follow(last), { by: last })).status).toBe(202)
  })

  it('forged first contacts do not use up the quota of the domain that they name', async () => {
    await reopen({ limits: { 'gate: new actors': 3 } })
    for (let i = 0; i < 6; i++) {
      const uri = `${honest.origin}/actors/nobody${i}`
      const nobody = { ...v, uri, keyId: `${uri}#main-key`, rsa: a.rsa }
      expect((await post(follow(nobody), { by: nobody })).status).toBe(401)
    }
    expect((await post(follow(v), { by: v })).status).toBe(202)
  })

  it('a verified host that sends without end is told to wait', async () => {
    await reopen({ limits: { 'inbox: minute': 5 } })
    const statuses: number[] = []
    for (let i = 0; i < 7; i++) statuses.push((await post(create(v), { by: v })).status)
    expect(statuses).toEqual([202, 202, 202, 202, 202, 429, 429])
    expect((await post(create(a))).status).toBe(202)
  })

  it('a stranger that sends without end is told to wait, and a member is not', async () => {
    await reopen({ limits: { 'inbox: strangers': 3 } })
    const statuses: number[] = []
    for (let i = 0; i < 4; i++) statuses.push((await post(follow(a), { by: a })).status)
    expect(statuses).toEqual([202, 202, 202, 429])
    node.members.add(new URL(hostile.origin).host)
    expect((await post(follow(a), { by: a })).status).toBe(202)
    expect((await post(follow(v), { by: v })).status).toBe(202)
  })
})

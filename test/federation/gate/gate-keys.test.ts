import { describe, expect, it } from 'vitest'
import { MEASURED } from '../../support/measured.ts'
import { documentOf } from '../../support/remote-peer.ts'
import { makeRsaPair } from '../../support/request-signer.ts'
import {
  ACTIVITY,
  a,
  bystander,
  expectRefused,
  follow,
  honest,
  hostile,
  nextNumber,
  node,
  post,
  reopen,
  useGate,
  v,
} from './gate-stage.ts'

useGate()

describe('fetching keys', () => {
  /** Sends an activity signed with A's key, whose key id names another address. */
  const claim = (origin: string) =>
    post(
      { ...follow(a), id: `${origin}/1`, actor: `${origin}/a` },
      { keyId: `${origin}/a#main-key` },
    )

  it('S01 never at a loopback origin that is not allowed', async () => {
    await expectRefused(claim(bystander.origin), 401)
  })

  it.each([
    'https://[::1]',
    'https://[::]',
    'https://[::ffff:7f00:1]',
    'https://0.0.0.0',
    'https://2130706433',
    'https://0x7f.1',
    'https://127.1',
    'https://100.64.0.1',
    'https://198.18.0.1',
    'https://224.0.0.1',
    'https://240.0.0.1',
    'https://192.0.2.1',
    'https://169.254.169.254',
    'https://localhost',
  ])('S02–S04 never at %s', async (origin) => {
    await expectRefused(claim(origin), 401)
  })

  it('S08, S11 never through a redirect to an address of ours or another scheme', async () => {
    for (const location of [
      bystander.origin,
      'file:///etc/passwd',
      'https://127.0.0.1/',
      'data:,x',
    ]) {
      const b = hostile.addActor(`b${nextNumber()}`)
      hostile.pages.set(new URL(b.uri).pathname, (response) =>
        response.writeHead(302, { location }).end(),
      )
      await expectRefused(post(follow(b), { by: b }), 401)
    }
  })

  it('never through a redirect to another server, though the document claims the id', async () => {
    const uri = `${honest.origin}/redirect`
    const posing = { ...a, uri, keyId: `${uri}#main-key` }
    hostile.pages.set('/posing', documentOf(posing, honest.origin))
    honest.pages.set('/redirect', (response) =>
      response.writeHead(302, { location: `${hostile.origin}/posing` }).end(),
    )
    await expectRefused(post(follow(posing), { by: posing }), 401)
    expect(hostile.hits('/posing')).toBe(1)
  })

  it('S10 once, when the answer is a page that points elsewhere', async () => {
    hostile.pages.set('/actors/a', (response) =>
      response
        .writeHead(200, { 'content-type': 'text/html', link: '</k2>; rel="alternate"' })
        .end('<link rel="alternate" type="application/activity+json" href="/k2">'),
    )
    for (let i = 0; i < 3; i++) await expectRefused(post(follow(a)), 401)
    expect(hostile.requests).toHaveLength(1)
  })

  it('S12 an actor whose inbox is an address of ours may not speak', async () => {
    for (const inbox of [
      `${bystander.origin}/admin`,
      'https://10.0.0.1/inbox',
      `${honest.origin}/inbox`,
      undefined,
    ]) {
      const b = hostile.addActor(`b${nextNumber()}`, { inbox })
      await expectRefused(post(follow(b), { by: b }), 403)
    }
  })

  it('a shared inbox elsewhere is not kept', async () => {
    const b = honest.addActor('b', { endpoints: { sharedInbox: `${bystander.origin}/inbox` } })
    expect((await post(follow(b), { by: b })).status).toBe(202)
    expect(node.actors.get(b.uri)?.actor.sharedInbox).toBeUndefined()
  })

  it('a document that is not the actor’s, of no actor’s type, or broken gives no key', async () => {
    const whole = documentOf(a, hostile.origin)
    const wrong = [
      { ...whole, id: `${a.uri}/` },
      { ...whole, id: v.uri },
      { ...whole, type: 'Note' },
      { ...whole, publicKey: { ...whole.publicKey, owner: v.uri }, assertionMethod: [] },
      { ...whole, publicKey: { ...whole.publicKey, id: v.keyId } },
      { ...whole, publicKey: { ...whole.publicKey, publicKeyPem: 'noise' } },
      { ...whole, publicKey: [] },
      [whole],
    ]
    for (const document of wrong) {
      hostile.pages.set('/actors/a', document)
      await expectRefused(post(follow(a)), 401)
      node.later.ms += 6 * 60_000
    }
  })

  it('a place that writes before its own address answers is read when it tries again', async () => {
    hostile.pages.delete('/actors/a')
    const reasonOf = async () => {
      const answer = await post(follow(a))
      return `${answer.status} ${await answer.text()}`
    }
    expect(await reasonOf()).toMatch(/^401 .*could not be fetched$/)
    hostile.addActor('a')
    node.later.ms = 9_000
    expect(await reasonOf()).toMatch(/^401 .*asked a short while ago$/)
    expect(hostile.requests).toHaveLength(1)
    node.later.ms = 10_000
    expect((await post(follow(a))).status).toBe(202)
  })

  it('a key that cannot be fetched is asked for after twice the time at each failure, at last every five minutes', async () => {
    hostile.pages.delete('/actors/a')
    const fetchedAt: number[] = []
    for (let second = 0; second < 1300; second += 5) {
      node.later.ms = second * 1000
      const before = hostile.requests.length
      await post(follow(a), { headers: { 'x-source': `192.0.2.${second % 250}` } })
      if (hostile.requests.length > before) fetchedAt.push(second)
    }
    expect(fetchedAt).toEqual([0, 10, 30, 70, 150, 310, 610, 910, 1210])
  })

  it(
    'S18, S19 a server that never answers costs ten seconds at most, and nobody else’s time',
    MEASURED,
    async () => {
      hostile.pages.set('/actors/a', () => undefined)
      const drip = hostile.addActor('drip')
      hostile.pages.set('/actors/drip', (response) => {
        response.writeHead(200, { 'content-type': ACTIVITY })
        const timer = setInterval(() => response.write(' '), 200)
        response.on('close', () => clearInterval(timer))
      })
      const begun = performance.now()
      const waiting = [
        ...Array.from({ length: 20 }, () => post(follow(a))),
        post(follow(drip), { by: drip }),
      ]
      expect((await post(follow(v), { by: v })).status).toBe(202)
      expect(performance.now() - begun).toBeLessThan(1500)
      expect((await Promise.all(waiting)).every(({ status }) => status === 401)).toBe(true)
      expect(performance.now() - begun).toBeLessThan(10_000)
    },
  )

  it('I26 a changed key is fetched once more, a hundred bad signatures are not', async () => {
    await post(follow(v), { by: v })
    const rsa = makeRsaPair()
    const rotated = { ...v, rsa }
    honest.pages.set('/actors/v', documentOf(rotated, honest.origin))
    expect((await post(follow(v), { by: rotated })).status).toBe(202)
    expect(honest.hits('/actors/v')).toBe(2)
    const bad = { ...v, rsa: a.rsa }
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => post(follow(v), { by: bad })),
    )
    expect(answers.every(({ status }) => status === 401 || status === 429)).toBe(true)
    expect(honest.hits('/actors/v')).toBe(2)
    expect((await post(follow(v), { by: rotated })).status).toBe(202)
    node.later.ms = 5 * 60_000 + 1
    await post(follow(v), { by: { ...bad }, headers: { 'x-source': '192.0.2.9' } })
    expect(honest.hits('/actors/v')).toBe(3)
    expect(node.accepted).toHaveLength(3)
  })

  it('a changed key that could not be fetched is asked for again after ten seconds', async () => {
    await post(follow(v), { by: v })
    const rotated = { ...v, rsa: makeRsaPair() }
    honest.pages.delete('/actors/v')
    expect((await post(follow(v), { by: rotated })).status).toBe(401)
    honest.pages.set('/actors/v', documentOf(rotated, honest.origin))
    node.later.ms = 9_000
    expect((await post(follow(v), { by: rotated })).status).toBe(401)
    node.later.ms = 10_000
    expect((await post(follow(v), { by: rotated })).status).toBe(202)
  })

  it('a key that was kept serves a new process without a fetch', async () => {
    await post(follow(v), { by: v })
    const { actors } = node
    await reopen()
    for (const [uri, document] of actors) node.actors.set(uri, document)
    expect((await post(follow(v), { by: v })).status).toBe(202)
    expect(honest.requests).toHaveLength(1)
  })

  it('an actor that the store has forgotten is met anew', async () => {
    await post(follow(v), { by: v })
    node.actors.clear()
    expect((await post(follow(v), { by: v })).status).toBe(202)
    expect(node.actors.has(v.uri)).toBe(true)
    expect(honest.requests).toHaveLength(2)
  })

  it('after forged activities in its name the actor itself is still stored with its first activity', async () => {
    expect((await post(follow(v), { by: { ...v, rsa: a.rsa } })).status).toBe(401)
    expect(node.actors.size).toBe(0)
    expect((await post(follow(v), { by: v })).status).toBe(202)
    expect(node.actors.has(v.uri)).toBe(true)
  })
})

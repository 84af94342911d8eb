import { afterAll, beforeAll, expect, test } from 'vitest'
import { networkOf } from '../../../node/routes/http/middleware.ts'
import { appendAudit, listAudit } from '../../../node/store/accounts/acts.ts'
import { hashPassword, verifyPassword } from '../../../node/store/accounts/passwords.ts'
import { EMAIL, PASSWORD, signInByLink } from '../../support/admin.ts'
import { openBrowser } from '../../support/browser.ts'
import { MEASURED } from '../../support/measured.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

let behindProxy: WebServer
let alone: WebServer
beforeAll(async () => {
  behindProxy = await startWeb({ trustProxy: '127.0.0.1' })
  alone = await startWeb()
  await signInByLink(behindProxy)
  await signInByLink(alone)
})
afterAll(async () => {
  await behindProxy.stop()
  await alone.stop()
})

const tryFrom = (server: WebServer, address: string, password: string, email = EMAIL) =>
  openBrowser(server.origin).post(
    '/administration/connexion',
    { email, password },
    { 'x-forwarded-for': address },
  )

test('ten wrong passwords from one IPv6 network, then 429 with a time to wait', async () => {
  const attempts = Array.from({ length: 12 }, (_, n) =>
    tryFrom(behindProxy, `2001:db8:0:1::${n + 1}`, 'pas le bon', `somebody-${n}@lieu.example`),
  )
  const answers = await Promise.all(attempts)
  expect(answers.filter(({ status }) => status === 422)).toHaveLength(10)
  const sentAway = answers.filter(({ status }) => status === 429)
  expect(sentAway).toHaveLength(2)
  for (const { headers } of sentAway) {
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
    expect(Number(headers.get('retry-after'))).toBeLessThanOrEqual(900)
  }
  expect((await tryFrom(behindProxy, '2001:db8:0:1::99', PASSWORD)).status).toBe(429)
  expect((await tryFrom(behindProxy, '2001:db8:0:2::1', PASSWORD)).status).toBe(303)
  // Administrators read that it happened, but neither from which network nor to which account.
  const written = (await listAudit(behindProxy.context.db, 10)).filter(
    ({ act }) => act !== 'account-made',
  )
  expect(written).toMatchObject([{ act: 'sign-in-refused', who: '', about: '' }])
  const later = written[0]?.at.add({ minutes: 1 }) ?? Temporal.Now.instant()
  const made = { act: 'token-made', who: 'Camille', about: '' } as const
  await appendAudit(behindProxy.context.db, made, later)
  expect((await listAudit(behindProxy.context.db, 1)).map(({ act }) => act)).toEqual([made.act])
})

test(
  'an account that many networks try answers slower, but the right password still opens it',
  MEASURED,
  async () => {
    // The quickest of three is what a sign-in takes here and now, beside whatever else the machine does.
    const takeSignIn = async () => {
      const times = []
      for (let n = 0; n < 3; n++) {
        const began = performance.now()
        expect((await tryFrom(behindProxy, '198.51.100.7', PASSWORD)).status).toBe(303)
        times.push(performance.now() - began)
      }
      return { first: times[0] ?? 0, least: Math.min(...times) }
    }
    const usual = await takeSignIn()
    for (let n = 0; n < 6; n++)
      expect((await tryFrom(behindProxy, `203.0.113.${n}`, 'pas le bon')).status).toBe(422)
    expect((await takeSignIn()).first).toBeGreaterThan(250)
    expect((await takeSignIn()).least - usual.least).toBeLessThan(125)
  },
)

test('sixty wrong passwords from networks side by side, then all of them wait', async () => {
  const tryNth = (n: number) =>
    tryFrom(behindProxy, `2001:db8:7:${n.toString(16)}::1`, 'pas le bon', `${n}@lieu.example`)
  const statuses: number[] = []
  for (let n = 0; n < 62; n++) statuses.push((await tryNth(n)).status)
  expect(statuses).toEqual([...Array(60).fill(422), 429, 429])
  expect((await tryFrom(behindProxy, '2001:db8:8:1::1', PASSWORD)).status).toBe(303)
})

test('without a proxy of ours, X-Forwarded-For changes nothing', async () => {
  const statuses = []
  for (let n = 0; n < 11; n++) {
    const email = `somebody-${n}@lieu.example`
    statuses.push((await tryFrom(alone, `192.0.2.${n}`, 'pas le bon', email)).status)
  }
  expect(statuses).toEqual([...Array(10).fill(422), 429])
})

test('a network is an IPv4 address, or the first 64 bits of an IPv6 address', () => {
  expect(networkOf('203.0.113.9')).toBe('203.0.113.9')
  expect(networkOf('2001:DB8::1')).toBe('2001:db8:0:0::/64')
  expect(networkOf('2001:db8:0:0:ffff::1')).toBe('2001:db8:0:0::/64')
  expect(networkOf('2001:db8:0:1::1')).toBe('2001:db8:0:1::/64')
  expect(networkOf('::1')).toBe('0:0:0:0::/64')
  expect(networkOf('fe80::1%eth0')).toBe('fe80:0:0:0::/64')
})

test(
  'an account without a password is refused as slowly as a wrong password',
  MEASURED,
  async () => {
    const hash = await hashPassword(PASSWORD)
    expect(await verifyPassword(PASSWORD, hash)).toBe(true)
    const time = async (phc: string | undefined) => {
      const times = []
      for (let n = 0; n < 12; n++) {
        const start = performance.now()
        expect(await verifyPassword('pas le bon', phc)).toBe(false)
        times.push(performance.now() - start)
      }
      return times.sort((one, other) => one - other)[6] ?? 0
    }
    const [known, unknown] = [await time(hash), await time(undefined)]
    expect(unknown / known).toBeGreaterThan(0.5)
    expect(unknown / known).toBeLessThan(2)
  },
)

import { afterAll, beforeAll, expect, test } from 'vitest'
import { EMAIL, PASSWORD, signInByLink } from '../support/admin.ts'
import { type Browser, fieldsOf, openBrowser } from '../support/browser.ts'
import { startWeb, type WebServer } from '../support/server.ts'

/** Somebody who knows the password signs in at the very moment at which it is changed. */

const ACCOUNT = '/administration/compte'
const DOOR = '/administration/connexion'
const ROUNDS = 6

let server: WebServer
let camille: Browser
beforeAll(async () => {
  server = await startWeb({ trustProxy: '127.0.0.1' })
  camille = await signInByLink(server)
})
afterAll(() => server.stop())

test('no session that the old password opens outlives the change of it', async () => {
  let password = PASSWORD
  let opened = 0
  for (let round = 1; round <= ROUNDS; round++) {
    const next = `cinq mots vraiment neufs ${round}`
    const { csrf = '' } = fieldsOf((await camille.get(ACCOUNT)).text, `${ACCOUNT}/mot-de-passe`)
    let isChanged = false
    const isInside = Promise.withResolvers<void>()
    // Three at once are not delayed as guesses.
    const thieves = Array.from({ length: 3 }, (_, n) => ({
      browser: openBrowser(server.origin),
      headers: { 'x-forwarded-for': `192.0.${round}.${n}` },
    }))
    const attempts = thieves.map(async ({ browser, headers }) => {
      while (!isChanged) {
        const { status } = await browser.post(DOOR, { email: EMAIL, password }, headers)
        if (status !== 303) return
        opened += 1
        isInside.resolve()
      }
    })
    // Where the first of them is, others are on their way.
    await Promise.race([isInside.promise, Promise.all(attempts)])
    const { status } = await camille.post(`${ACCOUNT}/mot-de-passe`, {
      ...{ csrf, currentPassword: password },
      ...{ password: next, passwordAgain: next },
    })
    isChanged = true
    expect(status).toBe(303)
    await Promise.all(attempts)
    for (const { browser } of thieves) expect((await browser.get(ACCOUNT)).status).not.toBe(200)
    password = next
  }
  expect(opened).toBeGreaterThanOrEqual(ROUNDS)
  expect((await camille.get(ACCOUNT)).status).toBe(200)
})

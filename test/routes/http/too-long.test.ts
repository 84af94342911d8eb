import { afterEach, beforeEach, expect, test } from 'vitest'
import { CAFE, signInByLink } from '../../support/admin.ts'
import { type Browser, fieldsOf } from '../../support/browser.ts'
import { readable } from '../../support/readable.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

let server: WebServer
let browser: Browser
beforeEach(async () => {
  server = await startWeb({ role: 'hub' })
  browser = await signInByLink(server)
})
afterEach(() => server.stop())

const FORMS = [
  ['/administration/cafes/nouveau', 'title', 140],
  ['/administration/cafes/nouveau', 'summary', 200],
  ['/administration/cafes/nouveau', 'format', 80],
  ['/administration/cafes/nouveau', 'support', 255],
  ['/administration/lieu', 'name', 100],
  ['/administration/lieu', 'streetAddress', 255],
  ['/administration/lieux/nouveau', 'name', 100],
  ['/administration/reglages', 'legalName', 200],
  ['/administration/reglages', 'hostPhone', 30],
  ['/administration/reglages', 'accessibilityPlan', 500],
  ['/administration/jetons', 'label', 100],
] as const

test.each(FORMS)(
  '%s: one letter too many in %s comes back, with the limit in words',
  async (path, name, max) => {
    const page = await browser.get(path)
    const typed = 'é'.repeat(max + 1)
    const rest = path.includes('cafes') ? CAFE : {}
    const answer = await browser.submit(page, path, { ...rest, [name]: typed })
    expect(answer.status).toBe(422)
    expect(fieldsOf(answer.text, path)[name]).toEqual([typed])
    expect(readable(answer.text)).toMatch(
      new RegExp(`id="${name}-erreur">[^<]*${max} caractères au plus`, 'u'),
    )
  },
)

const INNER_FORMS = [
  ['/administration/reseau', '/administration/reseau/invitations', 'invitation.label', 100],
  ['/administration/animation', '/administration/animation/invitations', 'name', 80],
] as const

test.each(INNER_FORMS)(
  '%s: what is too long for %s is refused beside its field, and never cut',
  async (path, action, name, max) => {
    const typed = 'é'.repeat(max + 1)
    const answer = await browser.submit(await browser.get(path), action, { [name]: typed })
    expect(answer.status).toBe(422)
    expect(fieldsOf(answer.text, action)[name]).toEqual([typed])
    expect(readable(answer.text)).toMatch(
      new RegExp(`id="${name.replace('.', '-')}-erreur">[^<]*${max} caractères au plus`, 'u'),
    )
  },
)

test('the reason for a blocked domain is refused when it is too long, before and after the question', async () => {
  const path = '/administration/reseau'
  const typed = 'é'.repeat(301)
  const fields = { 'block.domain': 'bruit.example', 'block.reason': typed }
  const asked = await browser.get(`${path}/blocages/nouveau?${new URLSearchParams(fields)}`)
  const confirmed = await browser.get(
    `${path}/blocages/nouveau?${new URLSearchParams({ 'block.domain': 'bruit.example' })}`,
  )
  const forged = await browser.submit(confirmed, `${path}/blocages`, fields)
  for (const answer of [asked, forged]) {
    expect(answer.status).toBe(422)
    expect(fieldsOf(answer.text, `${path}/blocages/nouveau`)).toMatchObject({
      'block.domain': ['bruit.example'],
      'block.reason': [typed],
    })
    expect(readable(answer.text)).toMatch(/id="block-reason-erreur">[^<]*300 caractères au plus/u)
  }
})

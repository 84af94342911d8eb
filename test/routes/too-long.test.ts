import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Browser, fieldsOf } from '../support/browser.ts'
import { CAFE, signInByLink } from '../support/desk.ts'
import { startWeb, type WebServer } from '../support/server.ts'

let server: WebServer
let browser: Browser
beforeEach(async () => {
  server = await startWeb()
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
    expect(answer.text.replace(/[\u00a0\u202f]/gu, ' ')).toMatch(
      new RegExp(`id="${name}-erreur">[^<]*${max} caractères au plus`, 'u'),
    )
  },
)

import { utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { imageOf as sharedImageOf } from '../../../node/domain/cafes/shared-image.ts'
import { purge } from '../../../node/jobs/purge.ts'
import { createToken } from '../../../node/store/accounts/api-tokens.ts'
import { findCafe, saveCafe } from '../../../node/store/cafes/cafes.ts'
import { announce, CAFE, signInByLink } from '../../support/admin.ts'
import { type Browser, fieldsOf, openBrowser } from '../../support/browser.ts'
import { isOnPostgres } from '../../support/database.ts'
import { findHtmlErrors } from '../../support/html-errors.ts'
import { startWeb, type WebServer } from '../../support/server.ts'
import { jpeg, listMedia, submitWithImage } from '../../support/uploads.ts'

const NEW = '/administration/cafes/nouveau'
const editing = (id: string) => `/administration/cafes/${id}`
const ALT = 'Six personnes autour d’une table'

let server: WebServer
let browser: Browser
beforeEach(async () => {
  server = await startWeb()
  browser = await signInByLink(server)
})
afterEach(() => server.stop())

const mediaFolder = () => join(server.context.config.data, 'media')
const imageOf = async (id: string) => (await findCafe(server.context.db, id))?.image

/** Announces a café with a photo and returns its id. */
async function announceWithPhoto(fields = {}): Promise<string> {
  const page = await browser.get(NEW)
  const answer = await submitWithImage({ server, browser }, NEW, {
    page,
    fields: { ...CAFE, 'image.alt': ALT, save: 'publish', ...fields },
    file: { bytes: await jpeg(1700, 1000) },
  })
  expect([answer.status, answer.text]).toEqual([303, ''])
  const { id } = await server.context.db.selectFrom('cafe').select('id').executeTakeFirstOrThrow()
  return id
}

describe('a café with a photo', () => {
  test('shows it on its page and in the list, in the visitor’s format and size, with its words', async () => {
    const id = await announceWithPhoto({ 'image.credit': 'photo Camille', 'image.focus': '0 0.67' })
    const image = await imageOf(id)
    expect(image).toMatchObject({
      ...{ alt: ALT, credit: 'photo Camille', focalPoint: [0, 0.67] },
      ...{ width: 1600, height: 941, sizes: [480, 720, 960, 1600] },
    })
    const { text, headers } = await openBrowser(server.origin).get(`/cafes/${id}`)
    expect(text).toContain(`alt="${ALT}"`)
    expect(text).toMatch(/<img class="photo at-center-top"[^>]* width="1600" height="941"/)
    expect(text).toMatch(/<figcaption>Image.: photo Camille<\/figcaption>/)
    expect(headers.get('content-security-policy')).toContain("img-src 'self';")
    const shown = [...text.matchAll(/(\/media\/[\w.-]+)/g)].map(([path]) => path)
    expect(new Set(shown).size).toBe(13)
    for (const path of new Set(shown)) {
      const response = await fetch(server.origin + path)
      expect([path, response.status]).toEqual([path, 200])
      await response.arrayBuffer()
    }
    expect(text).toMatch(/<source type="image\/avif" srcset="[^"]+ 480w, [^"]+ 960w, [^"]+ 1600w"/)
    expect(await findHtmlErrors(text)).toEqual([])
    const list = await openBrowser(server.origin).get('/cafes')
    expect(await findHtmlErrors(list.text)).toEqual([])
    expect(list.text).toMatch(/<img class="thumb at-center-top"[^>]* alt="" loading="lazy"/)
  })

  test('stands for it elsewhere: the Event names the part of 1200 × 630, which is there', async () => {
    const id = await announceWithPhoto({ 'image.focus': '-0.67 0' })
    const cafe = await findCafe(server.context.db, id)
    if (!cafe) throw new Error('no café')
    const { url } = sharedImageOf(cafe, server.origin)
    const { text } = await openBrowser(server.origin).get(`/cafes/${id}`)
    expect(text).toContain(`<meta property="og:image" content="${url}"/>`)
    const bytes = await (await fetch(url)).bytes()
    const { width, height, format } = await sharp(bytes).metadata()
    expect([format, width, height]).toEqual(['jpeg', 1200, 630])
  })

  test('cannot be announced without the words; the photo waits for them in the form', async () => {
    const page = await browser.get(NEW)
    const refused = await submitWithImage({ server, browser }, NEW, {
      page,
      fields: { ...CAFE, save: 'publish' },
      file: { bytes: await jpeg(800, 600) },
    })
    expect(refused.status).toBe(422)
    expect(refused.text).toContain('id="image-alt-erreur"')
    expect(refused.text).toContain('href="#image-alt"')
    expect(refused.text).toContain('<details class="fold" open')
    expect(await findHtmlErrors(refused.text)).toEqual([])
    expect(fieldsOf(refused.text, NEW)['image.media']?.[0]).toMatch(/^[0-9a-f]{32}$/)
    const answer = await browser.submit(refused, NEW, { 'image.alt': ALT, save: 'publish' })
    expect(answer.status).toBe(303)
    const [{ id } = { id: '' }] = await server.context.db.selectFrom('cafe').select('id').execute()
    expect(await imageOf(id)).toMatchObject({ alt: ALT, sizes: [480, 720, 800] })
  })

  test('a mistake elsewhere in the form does not lose the photo', async () => {
    const page = await browser.get(NEW)
    const refused = await submitWithImage({ server, browser }, NEW, {
      page,
      fields: { ...CAFE, title: '', 'image.alt': ALT, 'image.focus': '0.67 -0.67' },
      file: { bytes: await jpeg(800, 600) },
    })
    expect(refused.status).toBe(422)
    expect(refused.text).toContain('class="thumb at-right-bottom"')
    await browser.submit(refused, NEW, { title: 'Un titre', save: 'publish' })
    const [{ id } = { id: '' }] = await server.context.db.selectFrom('cafe').select('id').execute()
    expect(await imageOf(id)).toMatchObject({ alt: ALT, focalPoint: [0.67, -0.67] })
  })

  test('keeps it through an edit of something else, and tells nobody when nothing changed', async () => {
    const id = await announceWithPhoto()
    const before = await imageOf(id)
    await browser.submit(await browser.get(editing(id)), editing(id), { title: 'Autre titre' })
    expect(await imageOf(id)).toEqual(before)
    const changes = () => server.context.db.selectFrom('change').select('id').execute()
    const known = (await changes()).length
    await browser.submit(await browser.get(editing(id)), editing(id), {})
    expect(await changes()).toHaveLength(known)
  })

  test('lets it go when the box is ticked, and its files by the next purge', async () => {
    const id = await announceWithPhoto()
    await browser.submit(await browser.get(editing(id)), editing(id), { 'image.remove': '1' })
    expect(await imageOf(id)).toBeUndefined()
    expect((await listMedia(server)).length).toBeGreaterThan(0)
    server.advance({ hours: 24 * 400 })
    await purge(server.context)
    expect(await listMedia(server)).toEqual([])
  })

  test('is copied with it: two cafés, one set of files, kept until both are gone', async () => {
    const id = await announceWithPhoto()
    const copy = await browser.get(`${NEW}?copie=${id}`)
    await browser.submit(copy, NEW, { date: '2026-12-16', save: 'publish' })
    const rows = await server.context.db.selectFrom('cafe').select(['id', 'media_id']).execute()
    expect(rows).toHaveLength(2)
    expect(new Set(rows.map(({ media_id }) => media_id)).size).toBe(1)
    await browser.submit(await browser.get(`${editing(id)}/supprimer`), `${editing(id)}/supprimer`)
    server.advance({ hours: 24 * 400 })
    await purge(server.context)
    expect((await listMedia(server)).length).toBe(13)
  })

  test('a program that writes the same address back loses nothing of it', async () => {
    const id = await announceWithPhoto({ 'image.credit': 'photo Camille' })
    const { db, now } = server.context
    const token = { organizationId: server.organization.id, label: 'test' }
    const { token: secret } = await createToken(db, token, now())
    const headers = { authorization: `Bearer ${secret}`, 'content-type': 'application/json' }
    const before = await imageOf(id)
    const api = `${server.origin}/api/v1/cafes/${id}`
    const known = (await (await fetch(api)).json()) as Record<string, unknown>
    expect(known.image).toEqual({ url: before?.url, alt: ALT })
    const body = JSON.stringify({ ...known, title: 'Par programme' })
    expect((await fetch(api, { method: 'PUT', headers, body })).status).toBe(200)
    expect(await imageOf(id)).toEqual(before)
  })
})

describe.runIf(!isOnPostgres)('the media folder', () => {
  test('what a crash left half-written goes with the purge; other people’s files stay', async () => {
    await announceWithPhoto()
    const old = new Date('2026-01-01')
    for (const name of [
      `${'c'.repeat(32)}-480.jpg.part`,
      `${'c'.repeat(32)}-480.jpg`,
      'LISEZMOI',
    ]) {
      await writeFile(join(mediaFolder(), name), 'x')
      await utimes(join(mediaFolder(), name), old, old)
    }
    await purge(server.context)
    const names = await listMedia(server)
    expect(names.filter((name) => name.startsWith('c'.repeat(32)))).toEqual([])
    expect(names).toContain('LISEZMOI')
    expect(names).toHaveLength(14)
  })
})

/** A picture on a page, but the code that is for paper. */
const PICTURE = /<img (?!src="\/cafes\/[^"]*\/code\.svg")/

describe('a café without a photo', () => {
  test('has a card of its own, which changes with it and says that it is cancelled', async () => {
    const id = await announce(browser)
    const path = `/cafes/${id}/carte.png`
    const visitor = openBrowser(server.origin)
    const first = await fetch(server.origin + path)
    expect(first.headers.get('content-type')).toBe('image/png')
    expect(first.headers.get('cache-control')).toBe('public, max-age=300')
    const bytes = Buffer.from(await first.arrayBuffer())
    const { width, height } = await sharp(bytes).metadata()
    expect([width, height]).toEqual([1200, 630])
    await browser.submit(await browser.get(`${editing(id)}/annuler`), `${editing(id)}/annuler`)
    const cancelled = Buffer.from(await (await fetch(server.origin + path)).arrayBuffer())
    expect(cancelled.equals(bytes)).toBe(false)
    expect((await visitor.get(`/cafes/${id}`)).text).not.toMatch(PICTURE)
  })

  test('the card of a draft is seen by the team alone', async () => {
    const id = await announce(browser, { save: 'draft' })
    const path = `/cafes/${id}/carte.png`
    expect((await openBrowser(server.origin).get(path)).status).toBe(404)
    const own = await browser.get(path)
    expect([own.status, own.headers.get('cache-control')]).toEqual([200, 'private, no-store'])
  })

  test('its address names the revision and may be kept for ever', async () => {
    const id = await announce(browser)
    const cafe = await findCafe(server.context.db, id)
    if (!cafe) throw new Error('no café')
    const { url } = sharedImageOf(cafe, server.origin)
    const { headers } = await fetch(url)
    const page = await openBrowser(server.origin).get(`/cafes/${id}`)
    expect(page.text).toContain(`<meta property="og:image" content="${url}"/>`)
    expect(page.text).toContain('<meta property="og:image:width" content="1200"/>')
    expect(headers.get('cache-control')).toContain('immutable')
  })

  test('an image elsewhere is in the API but not on our pages, which ask nobody else for anything', async () => {
    const id = await announce(browser)
    const cafe = await findCafe(server.context.db, id)
    if (!cafe) throw new Error('no café')
    await saveCafe(server.context.db, {
      ...cafe,
      image: { url: 'https://ailleurs.example/x.jpg', alt: 'Une affiche' },
    })
    const { text } = await openBrowser(server.origin).get(`/cafes/${id}`)
    expect(text).not.toMatch(PICTURE)
    await browser.submit(await browser.get(editing(id)), editing(id), { 'image.alt': 'L’affiche' })
    expect(await imageOf(id)).toEqual({ url: 'https://ailleurs.example/x.jpg', alt: 'L’affiche' })
  })
})

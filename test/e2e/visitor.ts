import { readFile } from 'node:fs/promises'
import ICAL from 'ical.js'
import { expect } from 'vitest'
import { startLoopbackServer } from '../support/loopback-server.ts'
import type { Scene } from './scene.ts'
import { listed, openUser, wordsOf } from './users.ts'

const SUBSCRIBE = 'http://ostatus.org/schema/1.0/subscribe'

/** Looks for a café near home, reads its page at the place, saves its date, and follows the feed. */
export async function walkVisit(scene: Scene): Promise<void> {
  const { browser, hub, node, way, titles } = scene
  const visitor = await openUser(browser, way, { acceptDownloads: true })
  const { does, page } = visitor
  await visitor.goes(`${hub.origin}/`)
  await does.fill('Où ? Code postal, ville, territoire, lieu…', '35000')
  await does.press('button', 'Trouver un café')
  await does.unfold('Modifier')
  await does.choose('Rayon', '10 km')
  await does.press('button', 'Chercher')
  expect(await visitor.heading()).toContain('café')
  expect(await wordsOf(listed(page, titles.pictured))).toMatch(/\d\s(m|km)/u)
  await does.press('link', titles.pictured)
  expect(page.url()).toContain(hub.origin)
  await does.press('link', 'Voir ce café sur le site du lieu')
  expect(page.url()).toContain(node.origin)
  expect(await visitor.heading()).toBe(titles.pictured)
  const begins = await page.getByRole('main').getByRole('time').first().getAttribute('datetime')

  const file = await does.download('Ajouter à mon agenda')
  expect(file.suggestedFilename()).toMatch(/\.ics$/u)
  const calendar = new ICAL.Component(ICAL.parse(await readFile(await file.path(), 'utf8')))
  const event = new ICAL.Event(calendar.getFirstSubcomponent('vevent') ?? undefined)
  expect(event.summary).toBe(titles.pictured)
  expect(event.startDate.toJSDate().getTime()).toBe(Date.parse(begins ?? ''))

  const network = await startLoopbackServer((request, response) => {
    const template = `http://${request.headers.host}/authorize_interaction?uri={uri}`
    response.setHeader('content-type', 'application/jrd+json')
    response.end(JSON.stringify({ links: [{ rel: SUBSCRIBE, template }] }))
  })
  try {
    const handle = `@cafes@${new URL(node.origin).host}`
    expect(await visitor.reads()).toContain(handle)
    await does.press('link', 'Suivre depuis mon compte')
    expect(await wordsOf(page.locator('code.address').first())).toBe(handle)
    await does.fill('L’adresse de votre compte', `@sam@${new URL(network.origin).host}`)
    await does.press('button', 'Suivre depuis mon compte')
    const confirm = page.getByRole('status').getByRole('link')
    const href = new URL((await confirm.getAttribute('href')) ?? '')
    expect([href.origin, href.pathname]).toEqual([network.origin, '/authorize_interaction'])
    expect(href.searchParams.get('uri')).toContain(handle.slice(1))
  } finally {
    await network.close()
  }
  const hosts = new Set([hub.origin, node.origin])
  expect(visitor.requests.filter((url) => !hosts.has(new URL(url).origin))).toEqual([])
  expect(await page.context().cookies(), 'cookies of who only visits').toEqual([])
  await visitor.close()
}

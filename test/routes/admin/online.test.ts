import { createServer } from 'node:http'
import { afterEach, expect, test } from 'vitest'
import { findCafeByUri } from '../../../node/store/cafes/cafes.ts'
import { decideHeldCafe } from '../../../node/store/referents/decide-shown.ts'
import { announce, CAFE, revise, signInByLink } from '../../support/admin.ts'
import { fieldsOf } from '../../support/browser.ts'
import { type Site, startPair, startSite } from '../../support/network.ts'
import { BY_SOMEBODY } from '../../support/own-cafes.ts'
import { readable } from '../../support/readable.ts'
import { startWeb } from '../../support/server.ts'

const NEW = '/administration/cafes/nouveau'

const sites: Site[] = []
afterEach(async () => {
  await Promise.all(sites.splice(0).map((site) => site.close()))
})

async function publish(node: Site) {
  const browser = await signInByLink(node)
  const form = await browser.get(NEW)
  const date = Temporal.Now.plainDateISO().add({ days: 9 }).toString()
  const answer = await browser.submit(form, NEW, { ...CAFE, date, save: 'publish' })
  const address = answer.location ?? ''
  return { browser, address, read: async () => readable((await browser.get(address)).text) }
}

test('after publishing, the directory itself says whether it shows the café', async () => {
  const { hub, node } = await startPair()
  sites.push(hub, node)
  const { address, read } = await publish(node)
  expect(address).toMatch(/^\/administration\/cafes\/[\w-]+\/en-ligne\?fait=published$/)
  const text = await read()
  expect(text).toContain('Votre café est en ligne')
  expect(text).toContain('C’est publié')
  expect(text).toMatch(/Dans [^:]+ : vu à l’instant/)
  const id = address.split('/')[3]
  expect(text.indexOf('Il change de date')).toBeLessThan(text.indexOf('Il est reporté'))
  expect(text).toContain(`href="/cafes/${id}/code.svg"`)
  expect(text).toContain(`${node.origin}/cafes/${id}</textarea>`)

  const copy = await findCafeByUri(hub.context.db, `${node.origin}/cafes/${id}`)
  await decideHeldCafe(
    hub.context.db,
    { id: copy?.id ?? '', shown: false, ...BY_SOMEBODY },
    hub.context.now(),
  )
  // Until its answer has come, the directory only says that it has no such café.
  await expect.poll(read, { timeout: 20_000 }).toMatch(/ ne le montre pas\. Aucune raison/)
  await hub.close()
  sites.shift()
  // Each failed delivery postpones the next one, so the server is not asked twice in a row.
  let asked = 0
  const mute = createServer(({ url, socket }) => {
    if (url?.startsWith('/api/v1/cafes?id=')) asked += 1
    socket.destroy()
  })
  await new Promise<void>((listening) => {
    mute.listen(Number(new URL(hub.origin).port), '127.0.0.1', listening)
  })
  try {
    for (const _ of [1, 2]) expect(await read()).toMatch(/Dans [^:]+ : l’annuaire ne répond pas/)
  } finally {
    mute.close()
  }
  expect(asked).toBe(1)
})

test('in no directory it says so, and a draft is not said to be online', async () => {
  const node = await startSite({ name: 'Seul' })
  sites.push(node)
  const { browser, address, read } = await publish(node)
  expect(await read()).toContain('Dans aucun annuaire')
  const form = await browser.get(NEW)
  const date = Temporal.Now.plainDateISO().add({ days: 10 }).toString()
  const draft = await browser.submit(form, NEW, {
    ...CAFE,
    title: 'Plus tard',
    date,
    save: 'draft',
  })
  expect(draft.location).toBe('/administration?fait=draft')
  const { id } = await node.context.db
    .selectFrom('cafe')
    .select('id')
    .where('publication', '=', 'draft')
    .executeTakeFirstOrThrow()
  const page = await browser.get(`/administration/cafes/${id}/en-ligne`)
  expect(page.text).toContain('n’est pas encore en ligne')
  expect(page.text).not.toContain('Où il est montré')
  expect((await browser.get(address.replace(/cafes\/[\w-]+/, 'cafes/inconnu'))).status).toBe(404)
})

test('a directory that does not answer is waited for once, whatever another one misses', async () => {
  const server = await startWeb()
  try {
    let asked = 0
    server.context.remote.findDirectoryViews = async () => {
      asked += 1
      server.advance({ seconds: 3 })
      return [
        { name: 'Muet', outcome: 'silent' },
        { name: 'Lent', outcome: 'missing' },
      ]
    }
    const browser = await signInByLink(server)
    const id = await announce(browser)
    const page = await browser.get(`/administration/cafes/${id}/en-ligne?fait=published`)
    expect(readable(page.text)).toContain('Dans Lent : demandé à l’instant, il n’y est pas')
    expect(asked).toBe(1)
  } finally {
    await server.stop()
  }
})

test('ever after, it says how the café stands, what may become of it, and who changed what', async () => {
  const server = await startWeb()
  try {
    const browser = await signInByLink(server)
    const id = await announce(browser)
    await revise(browser, id, { summary: 'Deux phrases.' })
    const path = `/administration/cafes/${id}/en-ligne`
    const text = readable((await browser.get(path)).text)
    expect(text).toContain(`<h1>${CAFE.title}</h1>`)
    expect(text).toContain('Publié. Entrée libre, sans inscription')
    expect(text).toMatch(/<strong>Résumé<\/strong>.*Camille/su)
    const links = [...text.matchAll(/<h3><a href="([^"]*)"/gu)].map(([, href]) => href)
    const situation = `/administration/cafes/${id}/situation?choix=`
    expect(links).toEqual([
      `/administration/cafes/${id}#date`,
      ...['full', 'moved-online', 'postponed', 'cancelled'].map((each) => situation + each),
    ])
    expect(text).toMatch(/s’annule plutôt.*<a href="[^"]*\/supprimer">/su)
    expect(text).not.toMatch(/class="button[^"]*" href="[^"]*\/supprimer"/u)
  } finally {
    await server.stop()
  }
})

test('the same a week later, or on another day, is one click', async () => {
  const server = await startWeb()
  try {
    const browser = await signInByLink(server)
    const id = await announce(browser, { endTime: '20:30' })
    const { text } = await browser.get(`/administration/cafes/${id}/en-ligne`)
    const hrefs = [...text.matchAll(/href="([^"]*copie=[^"]*)"/gu)].map(([, href = '']) =>
      href.replaceAll('&amp;', '&'),
    )
    const forms = await Promise.all(
      hrefs.map(async (href) => fieldsOf((await browser.get(href)).text, NEW)),
    )
    expect(forms).toMatchObject([
      { title: [CAFE.title], date: ['2026-12-16'], time: ['18:30'], endTime: ['20:30'] },
      { title: [CAFE.title], date: [''], time: ['18:30'], endTime: ['20:30'] },
    ])
    for (const values of forms) expect(values['venue.keep']).toEqual(['1'])
  } finally {
    await server.stop()
  }
})

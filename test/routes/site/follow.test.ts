import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ADVICE } from '../../../node/domain/federation/software.ts'
import { type Browser, openBrowser } from '../../support/browser.ts'
import { findHtmlErrors } from '../../support/html-errors.ts'
import { type LoopbackServer, startLoopbackServer } from '../../support/loopback-server.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

const SUBSCRIBE = 'http://ostatus.org/schema/1.0/subscribe'
const INTENT = 'https://w3id.org/fep/3b86/Follow'

/** The accounts of a remote server, by name, with the kinds of links that each declares. */
const LINKS: Record<string, (origin: string) => object[]> = {
  camille: (origin) => [{ rel: SUBSCRIBE, template: `${origin}/authorize_interaction?uri={uri}` }],
  dominique: (origin) => [
    { rel: SUBSCRIBE, template: `${origin}/old?uri={uri}` },
    { rel: INTENT, href: `${origin}/follow?id={object}&back={on-success}&x={unknown-part}` },
  ],
  nobody: () => [{ rel: 'self', type: 'application/activity+json', href: 'https://a.example/' }],
  evil: () => [{ rel: SUBSCRIBE, template: 'javascript:alert({uri})' }],
  inner: () => [{ rel: SUBSCRIBE, template: 'http://192.168.0.1/?uri={uri}' }],
}

let network: LoopbackServer
let sink: LoopbackServer
let server: WebServer
let visitor: Browser
beforeAll(async () => {
  sink = await startLoopbackServer((_, response) => response.end('{}'))
  network = await startLoopbackServer((request, response) => {
    const url = new URL(request.url ?? '/', network.origin)
    const resource = url.searchParams.get('resource') ?? ''
    const name = /^acct:([^@]+)@/.exec(resource)?.[1] ?? /\/@(\w+)$/.exec(resource)?.[1] ?? ''
    if (name === 'away') {
      response.writeHead(302, { location: `${sink.origin}/` }).end()
      return
    }
    const links = Object.hasOwn(LINKS, name) ? LINKS[name]?.(network.origin) : undefined
    response.writeHead(links ? 200 : 404, { 'content-type': 'application/jrd+json' })
    response.end(JSON.stringify({ subject: resource, links }))
  })
})
afterAll(async () => {
  await network.close()
  await sink.close()
})

const start = async (role: 'node' | 'hub' = 'node') => {
  server = await startWeb({ role, allowLoopback: network.origin })
  visitor = openBrowser(server.origin)
}

const at = (name: string) => `@${name}@127.0.0.1:${network.port}`

const follow = async (compte: string, page = '/suivre') =>
  visitor.submit(await visitor.get(page), page, { compte })

/** Returns the address at which the visitor confirms. */
const linkOf = (html: string): URL | undefined => {
  const href = /<a href="([^"]*)"[^>]*class="button"/.exec(html)?.[1]?.replaceAll('&amp;', '&')
  return href === undefined ? undefined : new URL(href)
}

const errorOf = (html: string) => /<p class="error" id="compte-erreur">([^<]*)</.exec(html)?.[1]

describe('a visitor with an account elsewhere', () => {
  beforeAll(() => start())
  afterAll(() => server.stop())

  test('reads how to follow: by an account, a calendar, a reader', async () => {
    const { text } = await visitor.get('/suivre')
    const { host } = new URL(server.origin)
    expect(text).toContain(`<code class="address" id="adresse-compte">@cafes@${host}</code>`)
    expect(text).toContain('data-copy="adresse-compte"')
    expect(text).toContain(
      `<code class="address" id="adresse-agenda">${server.origin}/agenda.ics</code>`,
    )
    expect(text).toContain(`href="webcal://${host}/agenda.ics"`)
    // Each address is beside its own button.
    const addresses = [...text.matchAll(/<code class="address" id="([^"]+)"/g)].map(([, id]) => id)
    const copied = [...text.matchAll(/data-copy="([^"]+)"/g)].map(([, id]) => id)
    expect(text.match(/<code class="address"/g)).toHaveLength(4)
    expect(copied).toEqual(addresses)
    expect(await findHtmlErrors(text)).toEqual([])
    // The page reads what each program shows from the same table as the delivery does.
    for (const { label } of ADVICE) expect(text).toContain(label)
    // Gancio shows nothing of an account before its administrator trusts it.
    expect(text).toContain(
      'Rien n’y paraît avant que l’administration de votre site lui fasse confiance',
    )
    expect(text).not.toContain('le compte de chaque lieu')
    expect((await visitor.get('/cafes')).text).toContain('href="/suivre"')
  })

  test('is led to their own network, which asks them to confirm', async () => {
    const page = await follow(at('camille'))
    expect(page.status).toBe(200)
    const link = linkOf(page.text)
    expect(link?.origin).toBe(network.origin)
    expect(link?.pathname).toBe('/authorize_interaction')
    expect(link?.searchParams.get('uri')).toBe(`cafes@${new URL(server.origin).host}`)
    expect(page.text).toContain(`va vous demander de confirmer`)
    expect(await findHtmlErrors(page.text)).toEqual([])
  })

  test('may give the address of their profile instead', async () => {
    const page = await follow(`${network.origin}/@camille`)
    expect(linkOf(page.text)?.pathname).toBe('/authorize_interaction')
  })

  test('is led by the newer way where their network has it, and comes back here', async () => {
    const link = linkOf((await follow(at('dominique'))).text)
    expect(link?.pathname).toBe('/follow')
    expect(link?.searchParams.get('id')).toBe(`${server.origin}/actors/cafes`)
    expect(link?.searchParams.get('back')).toBe(`${server.origin}/suivre`)
    expect(link?.searchParams.get('x')).toBe('')
  })
})

describe('a visitor of a directory who wants one feed of it', () => {
  beforeAll(() => start('hub'))
  afterAll(() => server.stop())

  test.each([
    '/suivre?compte=cafes-ille-et-vilaine',
    '/suivre?compte=cafes-35',
    '/suivre?territoire=35',
  ])('%s says its address, its calendar and its cafés', async (page) => {
    const { text } = await visitor.get(page)
    const { host } = new URL(server.origin)
    expect(text).toContain('<h1>Suivre les cafés en Ille-et-Vilaine</h1>')
    expect(text).toContain(
      `<code class="address" id="adresse-compte">@cafes-ille-et-vilaine@${host}</code>`,
    )
    expect(text).toContain(`${server.origin}/export/cafes.ics?territory=35</code>`)
    expect(text).toContain('href="/territoires/35"')
    expect(text).not.toContain('@cafe-ia@')
    expect(text).toContain('Suivez le compte de chaque lieu')
    expect(await findHtmlErrors(text)).toEqual([])
  })

  test('what the page gives to a calendar and a reader is there', async () => {
    for (const address of ['cafes.ics?territory=35', 'cafes.atom?territory=r-53'])
      expect((await visitor.get(`/export/${address}`)).status).toBe(200)
    const online = await visitor.get('/suivre?compte=cafes-en-ligne')
    expect(online.text).toContain('<h1>Suivre les cafés en ligne</h1>')
    expect((await visitor.get('/export/cafes.ics?mode=en-ligne')).status).toBe(200)
  })

  test('is led to their own network with that account, and comes back to its page', async () => {
    const page = '/suivre?compte=cafes-ille-et-vilaine'
    const { host } = new URL(server.origin)
    const known = linkOf((await follow(at('camille'), page)).text)
    expect(known?.searchParams.get('uri')).toBe(`cafes-ille-et-vilaine@${host}`)
    const newer = linkOf((await follow(at('dominique'), page)).text)
    expect(newer?.searchParams.get('id')).toBe(`${server.origin}/actors/cafes-ille-et-vilaine`)
    expect(newer?.searchParams.get('back')).toBe(server.origin + page)
    const wrong = await follow('camille', page)
    expect(wrong.status).toBe(400)
    expect(wrong.text).toContain(`@cafes-ille-et-vilaine@${host}`)
  })

  test('a feed that does not exist has no page', async () => {
    for (const page of ['/suivre?compte=cafes-96', '/suivre?compte=', '/suivre?compte=%00'])
      expect((await visitor.get(page)).status).toBe(404)
    expect((await visitor.get('/suivre?compte=cafe-ia')).text).toContain('@cafe-ia@')
  })
})

describe('an account that leads nowhere', () => {
  beforeAll(() => start())
  afterAll(() => server.stop())

  test.each([
    ['', 'nécessaire'],
    ['camille', 'adresse entière'],
    ['@unknown', 'adresse entière'],
    ['javascript:alert(1)', 'adresse entière'],
  ])('« %s » is told beside the field, and kept', async (compte, words) => {
    const page = await follow(compte)
    expect(page.status).toBe(400)
    expect(errorOf(page.text)).toContain(words)
    expect(page.text).toContain(`value="${compte}"`)
  })

  test('as the network says, or because the network has no such way', async () => {
    const unknown = await follow(at('unknown'))
    expect([unknown.status, errorOf(unknown.text)]).toEqual([
      400,
      'Ce site ne connaît pas ce compte.',
    ])
    expect(errorOf((await follow(at('nobody'))).text)).toContain('ne permet pas')
    const own = await follow(`@cafes@${new URL(server.origin).host}`)
    expect(errorOf(own.text)).toContain('adresse de ce site')
  })
})

describe('misuse of the page by a stranger', () => {
  beforeAll(() => start())
  afterAll(() => server.stop())

  test('never leads to a script or into an inner network', async () => {
    for (const name of ['evil', 'inner']) {
      const page = await follow(at(name))
      expect([name, page.status]).toEqual([name, 400])
      expect(page.text).not.toMatch(/href="(?:javascript|http:\/\/192)/)
    }
  })

  test('never asks an inner address, named or redirected to', async () => {
    for (const compte of [
      `@x@127.0.0.1:${sink.port}`,
      `@x@localhost:${sink.port}`,
      '@x@10.0.0.1',
      '@x@[::1]',
      at('away'),
    ]) {
      const page = await follow(compte)
      expect([compte, page.status]).toEqual([compte, 400])
      expect(errorOf(page.text)).toBeTruthy()
    }
    expect(sink.requests).toHaveLength(0)
    expect(server.failures).toEqual([])
  })
})

describe('somebody who asks again and again', () => {
  beforeAll(() => start())
  afterAll(() => server.stop())

  test('has to wait after ten requests, and no server is asked any more', async () => {
    const before = network.requests.length
    const pages = []
    for (let n = 0; n < 12; n++) pages.push(await follow(at('camille')))
    expect(pages.map(({ status }) => status)).toEqual([...Array(10).fill(200), 429, 429])
    expect(network.requests.length - before).toBe(10)
    const last = pages.at(-1)
    expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(errorOf(last?.text ?? '')).toContain('trop de demandes')
  })

  test('from another site is refused', async () => {
    const page = await visitor.post(
      '/suivre',
      { compte: at('camille') },
      { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    )
    expect(page.status).toBe(403)
  })
})

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { announce, signInByLink } from '../../support/admin.ts'
import { openBrowser } from '../../support/browser.ts'
import { joinTestDirectory } from '../../support/facilitator-profiles.ts'
import { findHtmlErrors } from '../../support/html-errors.ts'
import { readable } from '../../support/readable.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

const RENNES = { 'venue.town': '35000' }
const NEAR_RENNES = { 'venue.town': 'Cesson-Sévigné (35)' }
const DIE = { 'venue.town': 'Die (26)' }

/** Returns the section below a café, with ordinary spaces. */
const nearbyOf = (html: string): string =>
  readable(/<section class="nearby".*?<\/section>/su.exec(html)?.[0] ?? '')
const titlesOf = (html: string): string[] =>
  [...nearbyOf(html).matchAll(/<h3><a [^>]*>(?:<span[^>]*>[^<]*<\/span>)?([^<]*)/gu)].map(
    ([, title = '']) => title,
  )

describe.each(['hub', 'node'] as const)('below a café of a %s', (role) => {
  let server: WebServer
  let ids: Record<'one' | 'online' | 'cancelled' | 'alone', string>
  beforeAll(async () => {
    server = await startWeb({ role })
    const admin = await signInByLink(server)
    ids = {
      one: await announce(admin, { ...RENNES, title: 'Le premier', date: '2026-12-01' }),
      online: await announce(admin, {
        title: 'En ligne',
        date: '2026-12-09',
        attendanceMode: 'online',
        onlineUrl: 'https://visio.example/salle',
      }),
      cancelled: await announce(admin, { ...RENNES, title: 'Annulé', date: '2026-12-02' }),
      alone: await announce(admin, { ...DIE, title: 'À Die', date: '2026-12-04' }),
    }
    for (const day of ['03', '05', '06', '07'])
      await announce(admin, { ...NEAR_RENNES, title: `Le ${day}`, date: `2026-12-${day}` })
    await announce(admin, { ...NEAR_RENNES, title: 'Brouillon', date: '2026-12-03', save: 'draft' })
    const path = `/administration/cafes/${ids.cancelled}/annuler`
    await admin.submit(await admin.get(path), path, { note: '' })
  })
  afterAll(() => server.stop())

  const pageOf = async (id: keyof typeof ids) =>
    (await openBrowser(server.origin).get(`/cafes/${ids[id]}`)).text

  test('are the next ones that are held, not itself: nearby in a directory, of the place at a place', async () => {
    const text = await pageOf('one')
    expect(titlesOf(text)).toEqual(
      role === 'hub' ? ['Le 03', 'Le 05', 'Le 06'] : ['Le 03', 'À Die', 'Le 05'],
    )
    expect(nearbyOf(text)).toContain(
      role === 'hub' ? 'Tous les cafés autour de Rennes' : 'Tous les cafés à venir',
    )
    if (role === 'hub') expect(nearbyOf(text)).toContain('href="/?ou=Rennes+%2835%29"')
    expect(await findHtmlErrors(text)).toEqual([])
    expect(titlesOf(await pageOf('cancelled'))).toContain('Le premier')
  })

  test('a café that one goes to has a map of its own, one online has none', async () => {
    expect(await pageOf('one')).toMatch(/aria-label="Carte\s: le lieu et, autour, Rennes[ ,]/u)
    expect(await pageOf('alone')).toContain('5\u00a0km</text>')
    expect(await pageOf('online')).not.toContain('local-map')
  })

  test.runIf(role === 'hub')('a café that is alone says nothing of others', async () => {
    expect(titlesOf(await pageOf('alone'))).toEqual([])
  })

  test.runIf(role === 'node')('the directory that the place is in is one step away', async () => {
    expect(await pageOf('one')).not.toContain('annuaire.example')
    await joinTestDirectory(server.context, 'annuaire.example')
    expect(await pageOf('one')).toContain('href="https://annuaire.example/?ou=Rennes+%2835%29"')
  })
})

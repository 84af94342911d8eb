import { afterAll, beforeAll } from 'vitest'
import { announce, signInByLink } from '../../support/admin.ts'
import { type Browser, openBrowser } from '../../support/browser.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

export let server: WebServer
export let visitor: Browser

export const titles = (text: string): string[] =>
  [...text.matchAll(/Café (?:de [A-Z][\w-]+|en ligne)(?=<\/a>)/g)].map(([title]) => title)

export const search = async (parameters: Record<string, string>) =>
  visitor.get(`/?${new URLSearchParams(parameters)}`)

/** Starts a directory with four cafés for the tests of a file: in Rennes, Die and Saint-Denis, and one online. */
export function useSearchSite(): void {
  beforeAll(async () => {
    server = await startWeb({ role: 'hub' })
    visitor = openBrowser(server.origin)
    const admin = await signInByLink(server)
    await announce(admin, { title: 'Café de Rennes', 'venue.town': '35000' })
    await announce(admin, {
      title: 'Café de Die',
      'venue.town': 'Die',
      date: '2026-11-28',
      themes: 'intelligence artificielle, école',
    })
    await announce(admin, { title: 'Café de Saint-Denis', 'venue.town': '97400' })
    await announce(admin, {
      title: 'Café en ligne',
      time: '20:00',
      attendanceMode: 'online',
      onlineUrl: 'https://visio.example/salle',
    })
  })
  afterAll(() => server.stop())
}

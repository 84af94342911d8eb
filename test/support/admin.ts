import { createSignInLink } from '../../node/commands/sign-in-link.ts'
import { type Browser, type Fields, openBrowser, type Page } from './browser.ts'
import type { WebServer } from './server.ts'

export const EMAIL = 'camille@mediatheque.example'
export const PASSWORD = 'quatre mots sans rapport'

type Reached = Pick<WebServer, 'origin' | 'context'>

/** Signs a person in by the link of the command line; they chose an address and a password. */
export async function signInByLink(server: Reached): Promise<Browser> {
  const browser = openBrowser(server.origin, server.context.config.origin)
  const path = await newLinkPath(server)
  await browser.submit(await browser.get(path), path)
  const welcome = await browser.get('/administration/bienvenue')
  await browser.submit(welcome, '/administration/bienvenue', {
    name: 'Camille',
    email: EMAIL,
    password: PASSWORD,
    passwordAgain: PASSWORD,
  })
  return browser
}

export async function newLinkPath({ context }: Pick<Reached, 'context'>): Promise<string> {
  const link = new URL(await createSignInLink(context))
  return link.pathname
}

/** The values that announce a café: the required fields; the others stay as the form offers them. */
export const CAFE: Fields = {
  title: 'L’IA au travail, amie ou concurrente ?',
  date: '2026-12-09',
  time: '18:30',
  'venue.id': '',
  'venue.name': 'Médiathèque du Canal',
  'venue.town': '35000 Rennes',
  'venue.keep': [],
  descriptionMarkdown: 'On discute autour d’un **café**.',
}

/** Announces a café by the form; returns its id. */
export async function announce(browser: Browser, fields: Fields = {}): Promise<string> {
  const words = String(fields.title ?? CAFE.title)
  const before = await listedIds(browser, words)
  const form = await browser.get('/administration/cafes/nouveau')
  const page = await browser.submit(form, '/administration/cafes/nouveau', {
    ...CAFE,
    save: 'publish',
    ...fields,
  })
  if (page.status !== 303) throw new Error(`${page.status}: ${page.text}`)
  const [id] = [...(await listedIds(browser, words))].filter((id) => !before.has(id))
  if (id === undefined) throw new Error('the café is not on the administration')
  return id
}

/** Changes a café by its form, and confirms where the team is shown what followers will read. */
export async function revise(browser: Browser, id: string, fields: Fields): Promise<Page> {
  const path = `/administration/cafes/${id}`
  const answer = await browser.submit(await browser.get(path), path, { save: 'publish', ...fields })
  return answer.status === 200 ? browser.submit(answer, path, { confirmed: '1' }) : answer
}

/** Returns the ids of the cafés that these words find. */
async function listedIds(browser: Browser, words: string): Promise<Set<string>> {
  const ids = new Set<string>()
  for (const state of ['a-venir', 'brouillons', 'passes']) {
    const query = new URLSearchParams({ etat: state, q: words })
    const { text } = await browser.get(`/administration/cafes?${query}`)
    const links = text.matchAll(/"\/administration\/cafes\/([0-9a-f-]{36})"/g)
    for (const [, id] of links) if (id) ids.add(id)
  }
  return ids
}

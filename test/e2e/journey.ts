import type { Browser, Locator } from 'playwright-core'
import { expect } from 'vitest'
import type { MakeHand } from './hand.ts'
import { expectAnswersFirst, expectSoonOnPhone } from './measures.ts'
import { type Network, until } from './network.ts'
import { openVisit, type Visit } from './visit.ts'

export type Way = {
  hand: MakeHand
  javaScript: boolean
  /** Looks at every page that is met. */
  check: boolean
}

const TITLE = 'L’IA au travail : amie ou concurrente ?'
const PASSWORD = 'quatre mots sans rapport'

/** Milliseconds: what is done at a place is at the directory in two seconds, on a machine that does nothing else. */
const FOLLOWS_WITHIN = 4000

/**
 * From the link of the command line to a café announced, found at the directory by postcode and distance, moved,
 * cancelled and deleted: by one person at the place, another at the directory, each at a browser of their own.
 */
export async function walk(browser: Browser, { hub, node }: Network, way: Way): Promise<void> {
  const options = { javaScriptEnabled: way.javaScript }
  const organiser = await openVisit(browser, options)
  const visitor = await openVisit(browser, options)
  const desk = way.hand(organiser.page)
  const look = async (visit: Visit, name: string) => {
    if (way.check) await visit.check(name)
  }
  const heading = ({ page }: Visit) => wordsOf(page.getByRole('heading', { level: 1 }))
  const main = ({ page }: Visit) => wordsOf(page.getByRole('main'))

  await organiser.page.goto(await node.command('sign-in-link'))
  await look(organiser, 'the link to sign in')
  await desk.press('button', 'Entrer')
  await look(organiser, 'the choice of a password')
  await desk.fill('Votre nom (facultatif)', 'Camille')
  await desk.fill('Votre adresse e-mail', 'camille@canal.example')
  await desk.fill('Mot de passe', PASSWORD)
  await desk.fill('Le même, encore une fois', PASSWORD)
  await desk.press('button', 'Enregistrer et continuer')
  await look(organiser, 'the first steps')
  await desk.press('link', 'Plus tard')
  await look(organiser, 'the desk')
  expect(await heading(organiser)).toBe('Bonjour Camille')

  await desk.press('link', 'Annoncer un café')
  await look(organiser, 'the form')
  await desk.press('button', 'Publier')
  await look(organiser, 'the form with errors')
  expect(await main(organiser)).toContain('réponses sont à corriger')
  await desk.fill('Titre', TITLE)
  await desk.fill('Jour', daysFromNow(9))
  await desk.fill('Heure de début', '18:30')
  await desk.fill('Nom du lieu', 'Médiathèque du Canal')
  await desk.fill('Code postal ou commune', '35000 Rennes')
  await desk.press('button', 'Publier')
  await look(organiser, 'the desk with a café')
  expect(await wordsOf(organiser.page.getByRole('status'))).toContain('C’est publié')

  await desk.press('link', 'Voir le site')
  await look(organiser, 'the home of the place')
  await desk.press('link', TITLE)
  await look(organiser, 'the café at the place')
  const address = organiser.page.url()
  expect(await heading(organiser)).toBe(TITLE)

  const seeking = way.hand(visitor.page)
  const search = async () => {
    await visitor.page.goto(`${hub.origin}/`)
    await seeking.fill('Où ? Code postal ou commune', '35000')
    await seeking.choose('Rayon', '10 km')
    await seeking.press('button', 'Chercher')
  }
  const listed = visitor.page.getByRole('article').filter({ hasText: TITLE })
  const follows = (words: string) =>
    until(
      async () => {
        await visitor.page.reload()
        return (await wordsOf(listed)).includes(words)
      },
      `the directory says « ${words} »`,
      FOLLOWS_WITHIN,
    )
  await visitor.page.goto(`${hub.origin}/`)
  await look(visitor, 'the home of the directory')
  await search()
  await look(visitor, 'a search')
  expect(await wordsOf(listed)).toContain('Médiathèque du Canal, Rennes')
  expect(await wordsOf(listed)).toMatch(/\d\s(m|km)/u)
  if (way.check) await expectSoonOnPhone(visitor.page, listed)
  const results = visitor.page.url()
  await seeking.press('link', TITLE)
  await look(visitor, 'the café at the directory')
  const copy = visitor.page.url()
  if (way.javaScript) for (const { page } of [organiser, visitor]) await expectAnswersFirst(page)
  await seeking.press('link', 'Voir ce café sur le site du lieu')
  expect(visitor.page.url()).toBe(address)
  expect(await heading(visitor)).toBe(TITLE)

  await desk.press('link', 'Modifier ce café')
  await look(organiser, 'the form of a café')
  const later = daysFromNow(16)
  await desk.fill('Jour', later)
  await desk.press('button', 'Enregistrer les changements')
  await visitor.page.goto(results)
  await until(
    async () => {
      await visitor.page.reload()
      const time = await listed.getByRole('time').first().getAttribute('datetime')
      return time?.startsWith(`${later}T18:30`) ?? false
    },
    'the directory has the new date',
    FOLLOWS_WITHIN,
  )

  await organiser.page.goto(address)
  await desk.press('link', 'Modifier ce café')
  await desk.press('link', 'Annuler ce café')
  await look(organiser, 'the question before a cancellation')
  await desk.fill('Pourquoi ? (facultatif)', 'La salle est inondée.')
  await desk.press('button', 'Oui, annuler ce café')
  await follows(`Annulé : ${TITLE}`)
  await look(visitor, 'a search with a cancelled café')
  await visitor.page.goto(copy)
  await look(visitor, 'a cancelled café at the directory')
  expect(await main(visitor)).toContain('« La salle est inondée. »')

  await organiser.page.goto(address)
  await desk.press('link', 'Modifier ce café')
  await desk.press('link', 'Supprimer ce café')
  await look(organiser, 'the question before a deletion')
  await desk.press('button', 'Oui, supprimer ce café')
  await visitor.page.goto(results)
  await until(
    async () => {
      await visitor.page.reload()
      return (await listed.count()) === 0
    },
    'the café is gone from the directory',
    FOLLOWS_WITHIN,
  )
  await visitor.page.goto(copy)
  expect(visitor.status(), 'the page at the directory').toBe(404)
  await look(visitor, 'a page that is no more')
  await visitor.page.goto(address)
  expect(visitor.status(), 'the page at the place').toBe(410)
  await look(visitor, 'a deleted café')

  await desk.press('button', 'Me déconnecter')
  await look(organiser, 'the page to sign in')
  const hosts = new Set([hub.origin, node.origin])
  for (const visit of [organiser, visitor])
    expect(visit.requests.filter((url) => !hosts.has(new URL(url).origin))).toEqual([])
  expect(await visitor.page.context().cookies(), 'cookies of who only visits').toEqual([])
  await Promise.all([organiser.close(), visitor.close()])
}

const daysFromNow = (days: number): string =>
  Temporal.Now.plainDateISO('Europe/Paris').add({ days }).toString()

/** What it says, with ordinary spaces. */
const wordsOf = async (locator: Locator): Promise<string> =>
  (await locator.textContent())?.replaceAll(/\s+/gu, ' ') ?? ''

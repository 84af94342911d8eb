import { expect } from 'vitest'
import { until } from './network.ts'
import type { Scene } from './scene.ts'
import { signIn } from './sign-in.ts'
import { daysFromNow, dayText, listed, openUser, type User, wordsOf } from './users.ts'

/**
 * Milliseconds until a change at a place is at the directory: two seconds on a machine without other work, here with a
 * margin.
 */
const FOLLOWS_WITHIN = 6000

const ALT = 'Trois tasses et une feuille sur une table en bois'
const REASON = 'La salle est inondée.'

/** Announces a café with a picture, which is refused once because its description is missing. */
export async function walkPicturedAnnouncement(scene: Scene): Promise<void> {
  const organiser = await signIn(scene)
  const { does, page } = organiser
  await does.press('link', 'Annoncer un café')
  await does.fill('Titre', scene.titles.pictured)
  await does.fill('Jour', daysFromNow(12).toString())
  await does.fill('Heure de début', '10:00')
  expect(await page.getByLabel(scene.place).isChecked()).toBe(true)
  await does.unfold('Présentation')
  await does.attach('Fichier de l’image', scene.photo)
  await does.press('button', 'Publier')

  const summary = page.getByRole('alert')
  expect(await wordsOf(summary)).toContain('Une réponse est à corriger')
  expect(await wordsOf(summary.getByRole('link'))).toContain('Ce que l’on voit sur l’image')
  expect(await page.getByLabel('Titre').inputValue()).toBe(scene.titles.pictured)
  expect(await page.getByRole('img', { name: 'Image choisie' }).count()).toBe(1)
  await does.fill('Ce que l’on voit sur l’image', ALT)
  await does.press('button', 'Publier')
  expect(await organiser.hears()).toContain('C’est publié')

  await organiser.goes(`${scene.node.origin}/cafes`)
  await does.press('link', scene.titles.pictured)
  const picture = page.getByRole('img', { name: ALT })
  await until(
    () => picture.evaluate((image) => image instanceof HTMLImageElement && image.naturalWidth > 0),
    'the picture is shown',
  )
  await organiser.close()
}

/** Moves the café to another day: the place and the directory show both dates. */
export async function walkNewDate(scene: Scene): Promise<void> {
  const organiser = await signIn(scene)
  const { does } = organiser
  const [before, after] = [daysFromNow(9), daysFromNow(16)]
  await does.press('link', about('Modifier', scene.titles.first))
  const consequences = organiser.page.getByRole('region', { name: 'Quand vous enregistrez' })
  expect(await wordsOf(consequences)).toContain('montre le changement en quelques secondes')
  expect(await wordsOf(consequences)).toContain('Aucun compte ne suit ce lieu')
  await does.fill('Jour', after.toString())
  await does.press('button', 'Enregistrer les changements')
  expect(await organiser.heading()).toBe('Enregistrer ce changement ?')
  expect(await organiser.reads()).toContain(`Nouvelle date : ${scene.titles.first}`)
  for (const day of [before, after])
    expect((await organiser.reads()).toLowerCase()).toContain(dayText(day))
  await does.press('button', 'Oui, enregistrer')
  expect(await organiser.hears()).toContain('changements sont enregistrés')

  const visitor = await openUser(scene.browser, scene.way)
  await visitor.goes(`${scene.node.origin}/cafes`)
  await visitor.does.press('link', `Nouvelle date : ${scene.titles.first}`)
  for (const day of [before, after])
    expect((await visitor.reads()).toLowerCase()).toContain(dayText(day))
  await findAtDirectory(scene, visitor, `Nouvelle date : ${scene.titles.first}`)
  await visitor.does.press('link', scene.titles.first)
  for (const day of [before, after])
    expect((await visitor.reads()).toLowerCase()).toContain(dayText(day))
  await Promise.all([organiser.close(), visitor.close()])
}

/** Cancels the café for a reason that everybody reads; the address of its page stays valid. */
export async function walkCancellation(scene: Scene): Promise<void> {
  const organiser = await signIn(scene)
  const { does } = organiser
  await does.press('link', about('Annuler ou reporter', scene.titles.first))
  await does.tick('Il est annulé')
  expect(await organiser.reads()).toContain('La page reste en ligne et dit « Annulé »')
  expect(await organiser.reads()).toContain(`Annulé – ${scene.titles.first}`)
  await does.fill('Pourquoi ?', REASON)
  await does.press('button', 'Enregistrer et prévenir')

  const visitor = await openUser(scene.browser, scene.way)
  const cancelled = `Annulé : ${scene.titles.first}`
  await visitor.goes(`${scene.node.origin}/cafes`)
  const link = visitor.page.getByRole('link', { name: scene.titles.first })
  expect(await wordsOf(link)).toBe(cancelled)
  await visitor.does.press('link', cancelled)
  expect(await visitor.heading()).toBe(cancelled)
  expect(await visitor.reads()).toContain(`« ${REASON} »`)
  await findAtDirectory(scene, visitor, cancelled)
  await visitor.does.press('link', cancelled)
  expect(await visitor.reads()).toContain(`« ${REASON} »`)
  await Promise.all([organiser.close(), visitor.close()])
}

/** Deletes the café: the place and the directory state that. */
export async function walkDeletion(scene: Scene): Promise<void> {
  const organiser = await signIn(scene)
  const visitor = await openUser(scene.browser, scene.way)
  const { does } = organiser
  const title = scene.titles.first
  await findAtDirectory(scene, visitor, title)
  await visitor.does.press('link', title)
  const copy = visitor.page.url()
  await visitor.does.press('link', 'Voir ce café sur le site du lieu')

  await does.press('link', /^Tous les cafés/)
  await does.press('link', /^Annulés/)
  await does.press('link', about('Modifier', title))
  await does.press('link', 'Supprimer ce café')
  expect(await organiser.reads()).toContain('On ne peut pas revenir en arrière')
  await does.press('button', 'Oui, supprimer ce café')
  expect(await organiser.hears()).toContain('supprimé')
  await visitor.page.reload()
  expect([visitor.status(), await visitor.heading()]).toEqual([410, 'Ce café a été retiré'])
  await visitor.goes(copy)
  await until(
    async () => {
      await visitor.page.reload()
      return visitor.status() === 410
    },
    'the café is gone from the directory',
    FOLLOWS_WITHIN,
  )
  await does.press('button', 'Me déconnecter')
  expect(await organiser.reads()).toContain('La session est fermée')
  await Promise.all([organiser.close(), visitor.close()])
}

/** Returns the accessible name of a link in the administration's table. */
const about = (verb: string, title: string): RegExp =>
  new RegExp(`^${RegExp.escape(verb)}.*${RegExp.escape(title)}`, 'u')

async function findAtDirectory({ hub }: Scene, { page }: User, words: string): Promise<void> {
  await page.goto(`${hub.origin}/cafes`)
  await until(
    async () => {
      await page.reload()
      return (await wordsOf(page.getByRole('main'))).includes(words)
    },
    `the directory says « ${words} »`,
    FOLLOWS_WITHIN,
  )
  expect(await listed(page, words).count()).toBeGreaterThan(0)
}

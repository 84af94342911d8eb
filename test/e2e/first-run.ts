import { expect } from 'vitest'
import { until } from './network.ts'
import type { Scene } from './scene.ts'
import { daysFromNow, listed, openUser, wordsOf } from './users.ts'

/**
 * Follows the first run from the link of the command line to a place that has joined a directory and has a first café
 * which a visitor sees.
 */
export async function walkFirstRun(scene: Scene): Promise<void> {
  const { browser, hub, node, way, place, titles } = scene
  const organiser = await openUser(browser, way)
  const visitor = await openUser(browser, way)
  const { does } = organiser
  const code = await hub.command('invitation', place)

  await organiser.goes(await node.command('sign-in-link'))
  await does.press('button', 'Entrer')
  await does.fill('Votre nom', 'Camille')
  await does.fill('Votre adresse e-mail', scene.email)
  await does.fill('Mot de passe', scene.password)
  await does.fill('Le même, encore une fois', scene.password)
  await does.press('button', 'Enregistrer et continuer')
  expect(await organiser.heading()).toBe('Premiers pas')
  expect(await organiser.reads()).toContain('0 étape sur 4 est faite.')

  await does.press('link', 'Commencer')
  await does.fill('Nom de la structure', place)
  await does.fill('Code postal ou commune', '35000 Rennes')
  await does.fill('Téléphone', '02 99 12 34 56')
  await does.press('button', 'Enregistrer et continuer')
  await does.press('link', 'Continuer')
  expect(await organiser.reads()).toContain('Étape 2 sur 4')
  await does.fill('Nom officiel de la structure', 'Ville de Rennes')
  await does.fill('Adresse du siège', 'Place de la Mairie, 35000 Rennes')
  await does.fill('Téléphone de la structure', '02 23 62 10 10')
  await does.fill('Directrice ou directeur de la publication', 'Camille Martin')
  await does.fill('Nom de l’hébergeur', 'Ville de Rennes')
  await does.fill('Adresse de l’hébergeur', 'Place de la Mairie, 35000 Rennes')
  await does.fill('Téléphone de l’hébergeur', '02 23 62 10 10')
  await does.fill('À qui parler des données personnelles', 'donnees@rennes.example')
  await does.press('button', /^Enregistrer/u)

  await does.press('link', 'Continuer')
  await does.fill('Adresse de l’annuaire', hub.origin)
  await does.fill('Code d’invitation', code)
  await does.press('button', 'Envoyer la demande')
  // The directory may have answered before the page is shown; until then the step is only asked for.
  expect(await organiser.reads()).toMatch(
    /2 étapes sur 4 sont faites\..*Sa réponse n’est pas encore arrivée|3 étapes sur 4 sont faites\./u,
  )
  await until(
    async () =>
      hub.query("select 1 from peer where origin = ? and membership = 'member'", node.origin)
        .length === 1,
    'the place is in the directory',
  )
  await until(
    async () => node.query("select 1 from following where state = 'accepted'").length === 1,
    'the place knows that it is in the directory',
  )
  await organiser.page.reload()
  expect(await organiser.reads()).toContain('3 étapes sur 4 sont faites.')

  await does.press('link', 'Continuer')
  await does.fill('Titre', titles.first)
  await does.fill('Jour', daysFromNow(9).toString())
  await does.fill('Heure de début', '18:30')
  expect(await organiser.page.getByLabel('Nom du lieu').inputValue()).toBe(place)
  expect(await organiser.reads()).toContain('le montre en quelques secondes')
  await does.press('button', 'Publier')
  expect(await organiser.hears()).toContain('C’est publié')

  await visitor.goes(`${node.origin}/`)
  expect(await visitor.heading()).toBe(place)
  await visitor.does.press('link', titles.first)
  expect(await visitor.heading()).toBe(titles.first)
  expect(await visitor.reads()).toContain('18 h 30')
  await visitor.goes(`${hub.origin}/`)
  await until(async () => {
    await visitor.page.reload()
    return (await listed(visitor.page, titles.first).count()) === 1
  }, 'the directory lists the first café')
  expect(await wordsOf(listed(visitor.page, titles.first))).toContain(`${place}, Rennes`)
  await Promise.all([organiser.close(), visitor.close()])
}

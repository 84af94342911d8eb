import { expect } from 'vitest'
import { until } from './network.ts'
import type { Scene } from './scene.ts'
import { enterByLink, signIn } from './sign-in.ts'
import { openUser, type User, wordsOf } from './users.ts'

/** The directory declares a network and invites the place, which joins it, is shown in it, and leaves it. */
export async function walkMembership(scene: Scene): Promise<void> {
  const { hub, node, way, browser, place, titles } = scene
  const name = `Réseau de ${place}`
  const team = await enterByLink(scene, hub)
  const admin = `${hub.origin}/administration/tetes-de-reseau`
  await team.goes(admin)
  await team.does.fill('Site web', 'pas une adresse')
  await team.does.press('button', 'Déclarer le réseau')
  expect(await wordsOf(team.page.getByRole('alert'))).toContain('Nom du réseau')
  expect(await team.page.getByLabel('Site web').inputValue()).toBe('pas une adresse')
  await team.does.fill('Nom du réseau', name)
  await team.does.fill('Site web', '')
  await team.does.press('button', 'Déclarer le réseau')
  expect(await team.heading()).toBe(name)
  await team.does.fill('Adresse du site de la structure', node.origin)
  await team.does.press('button', 'Continuer')
  expect(await team.reads()).toContain('Rien n’est public avant sa réponse')
  await team.does.press('button', 'Envoyer l’invitation')

  const camille = await signIn(scene)
  await answer(camille, scene, { name, link: 'Accepter', button: 'Accepter l’invitation' })
  const visitor = await openUser(browser, way)
  await untilShown(visitor, scene, { name, shows: titles.pictured })
  expect(await visitor.reads()).toContain(place)
  await visitor.goes(`${node.origin}/`)
  expect(await visitor.reads()).toContain(name)

  await answer(camille, scene, { name, link: 'Quitter', button: 'Quitter le réseau' })
  await untilShown(visitor, scene, { name, shows: 'Aucune structure' })
  expect(await visitor.reads()).not.toContain(titles.pictured)
  await visitor.goes(`${node.origin}/`)
  expect(await visitor.reads()).not.toContain(name)
  await Promise.all([team, camille, visitor].map((user) => user.close()))
}

type Said = { name: string; link: string; button: string }

/** Opens the confirmation page, which states the consequences, and confirms. */
async function answer(user: User, { node }: Scene, { name, link, button }: Said) {
  const words = `${link} : ${name}`
  await until(async () => {
    await user.goes(`${node.origin}/administration/tetes-de-reseau`)
    return (await user.page.getByRole('link', { name: words }).count()) > 0
  }, `the administration says « ${words} »`)
  await user.does.press('link', words)
  expect(await user.heading()).toContain(name)
  await user.does.press('button', button)
}

async function untilShown(
  visitor: User,
  { hub }: Scene,
  { name, shows }: { name: string; shows: string },
): Promise<void> {
  await until(async () => {
    await visitor.goes(`${hub.origin}/reseaux`)
    await visitor.does.press('link', name)
    return (await visitor.reads()).includes(shows)
  }, `the page of the network says « ${shows} »`)
}

import { expect } from 'vitest'
import type { ChildServer } from '../support/child-server.ts'
import type { Scene } from './scene.ts'
import { openUser, type User } from './users.ts'

/** Signs in the place's administrator. */
export async function signIn(scene: Scene): Promise<User> {
  const user = await openUser(scene.browser, scene.way)
  await user.goes(`${scene.node.origin}/administration`)
  await user.does.fill('Adresse e-mail', scene.email)
  await user.does.fill('Mot de passe', scene.password)
  await user.does.press('button', 'Se connecter')
  expect(await user.heading()).toBe('Bonjour Camille')
  return user
}

/**
 * Signs in by the link that the operator makes on the command line; the first time, it asks for the person's name and
 * address.
 */
export async function enterByLink(
  { browser, way, password }: Scene,
  server: ChildServer,
): Promise<User> {
  const user = await openUser(browser, way)
  const { does } = user
  await user.goes(await server.command('sign-in-link'))
  await does.press('button', 'Entrer')
  if ((await user.page.getByLabel('Votre nom').count()) === 0) return user
  await does.fill('Votre nom', 'Noé')
  await does.fill('Votre adresse e-mail', 'noe@annuaire.example')
  await does.fill('Mot de passe', password)
  await does.fill('Le même, encore une fois', password)
  await does.press('button', 'Enregistrer et continuer')
  return user
}

import { expect } from 'vitest'
import type { ChildServer } from '../support/child-server.ts'
import { openPerson, type Person } from './people.ts'
import type { Scene } from './scene.ts'

/** Signs in the place's administrator. */
export async function signIn(scene: Scene): Promise<Person> {
  const person = await openPerson(scene.browser, scene.way)
  await person.goes(`${scene.node.origin}/administration`)
  await person.does.fill('Adresse e-mail', scene.email)
  await person.does.fill('Mot de passe', scene.password)
  await person.does.press('button', 'Se connecter')
  expect(await person.heading()).toBe('Bonjour Camille')
  return person
}

/**
 * Signs in by the link that the operator makes on the command line; the first time, it asks for the person's name and
 * address.
 */
export async function enterByLink(
  { browser, way, password }: Scene,
  server: ChildServer,
): Promise<Person> {
  const person = await openPerson(browser, way)
  const { does } = person
  await person.goes(await server.command('sign-in-link'))
  await does.press('button', 'Entrer')
  if ((await person.page.getByLabel('Votre nom').count()) === 0) return person
  await does.fill('Votre nom', 'Noé')
  await does.fill('Votre adresse e-mail', 'noe@annuaire.example')
  await does.fill('Mot de passe', password)
  await does.fill('Le même, encore une fois', password)
  await does.press('button', 'Enregistrer et continuer')
  return person
}

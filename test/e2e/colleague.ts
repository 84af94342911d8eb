import { expect } from 'vitest'
import type { Scene } from './scene.ts'
import { openUser, wordsOf } from './users.ts'

const SUMMARY = 'On apporte une photo, on en parle.'

/** Pages that only an administrator may open: the settings, the keys, the network, the team and others. */
const CLOSED = ['reglages', 'jetons', 'reseau', 'equipe', 'courriels', 'lieu', 'premiers-pas']

/** An administrator invites a colleague on paper, who makes an account and edits a café with it. */
export async function walkInvitation(scene: Scene): Promise<void> {
  const { browser, node, way, titles } = scene
  const camille = await openUser(browser, way)
  await camille.goes(`${node.origin}/administration/equipe`)
  await camille.does.fill('Adresse e-mail', scene.email)
  await camille.does.fill('Mot de passe', scene.password)
  await camille.does.press('button', 'Se connecter')
  expect(await camille.heading()).toBe('Équipe')
  const editor = camille.page.getByRole('radio', { name: /^Éditrice ou éditeur/u })
  await camille.does.tick(await wordsOf(camille.page.locator('label').filter({ has: editor })))
  await camille.does.press('button', 'Faire une invitation à imprimer')
  const link = await wordsOf(camille.page.locator('.paper-link'))
  expect(link).toContain(`${node.origin}/administration/invitation/`)

  const sam = await openUser(browser, way)
  await sam.goes(link)
  await sam.does.fill('Votre nom', 'Sam')
  await sam.does.fill('Votre adresse e-mail', `sam-${scene.email}`)
  await sam.does.fill('Mot de passe', scene.password)
  await sam.does.fill('Le même, encore une fois', scene.password)
  await sam.does.press('button', 'Créer mon compte')
  expect(await sam.heading()).toBe('Bonjour Sam')
  await sam.does.press('link', new RegExp(`^Modifier.*${RegExp.escape(titles.pictured)}`, 'u'))
  await sam.does.unfold('Présentation')
  await sam.does.fill('Résumé', SUMMARY)
  await sam.does.press('button', 'Enregistrer les changements')
  expect(await sam.hears()).toContain('changements sont enregistrés')
  await camille.goes(`${node.origin}/cafes`)
  await camille.does.press('link', titles.pictured)
  expect(await camille.reads()).toContain(SUMMARY)

  await sam.goes(`${node.origin}/administration`)
  const menu = await sam.page
    .getByRole('navigation', { name: 'Menu principal' })
    .getByRole('link')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href')))
  expect(menu).toContain('/administration/lieux')
  expect(menu.filter((href) => CLOSED.some((page) => href === `/administration/${page}`))).toEqual(
    [],
  )
  for (const page of CLOSED) {
    await sam.goes(`${node.origin}/administration/${page}`)
    expect([page, sam.status()]).toEqual([page, 403])
  }
  await sam.goes(link)
  expect(await sam.heading()).toBe('Ce lien ne sert plus')
  await Promise.all([camille.close(), sam.close()])
}

import { expect } from 'vitest'
import { linkIn, readMail } from './mails.ts'
import { until } from './network.ts'
import type { Scene } from './scene.ts'
import { enterByLink, signIn } from './sign-in.ts'
import { openUser, type User, wordsOf } from './users.ts'

/**
 * A referent is proposed by a place, agrees, is appointed by the directory, gets a message, acts in the territory, and
 * stops.
 */
export async function walkReferent(scene: Scene): Promise<void> {
  const { hub, relay, way, browser, referent } = scene
  const camille = await signIn(scene)
  await propose(camille, scene)

  const team = await enterByLink(scene, hub)
  await openAtDirectory(scene, team)
  await team.does.press('button', 'Envoyer par courriel')
  const claire = await openUser(browser, way)
  const asked = await readMail(relay, referent.email, '/referents/mandat/')
  await claire.goes(linkIn(asked, `${hub.origin}/referents/mandat`))
  const mandate = claire.page.url()
  expect(await claire.reads()).toContain('Mon adresse e-mail n’est jamais montrée')
  await claire.does.press('button', 'Accepter')
  expect(await wordsOf(claire.page.getByRole('alert'))).toContain('Cochez cette case')
  await claire.does.tick('J’ai lu ce texte et je suis d’accord.')
  await claire.does.press('button', 'Accepter')
  expect(await claire.heading()).toBe('C’est noté, merci')

  await openAtDirectory(scene, team)
  await team.does.press('button', 'Nommer')
  const visitor = await openUser(browser, way)
  await visitor.goes(`${hub.origin}/referents`)
  await visitor.does.press('link', referent.territory)
  expect(await visitor.reads()).toContain(`${referent.name}, référente`)
  await write(visitor)
  await readMail(relay, referent.email, 'Comment ouvrir un café à la mairie ?')

  const appointed = await readMail(relay, referent.email, '/referents/acces/')
  await claire.goes(linkIn(appointed, `${hub.origin}/referents/acces`))
  await enter(claire, scene)
  await hideAndShow(claire, scene)

  await claire.goes(mandate)
  await claire.does.unfold('Arrêter')
  await claire.does.press('button', 'Oui, j’arrête')
  expect(await claire.heading()).toBe('C’est fait')
  await visitor.goes(`${hub.origin}/referents`)
  expect(await visitor.reads()).not.toContain(referent.name)
  await Promise.all([camille, team, claire, visitor].map((user) => user.close()))
}

/** Proposes a referent. The place publishes nothing about a person who was not asked. */
async function propose({ goes, does, page, hears }: User, { node, referent }: Scene) {
  await goes(`${node.origin}/administration/referents`)
  await does.fill('Nom', referent.name)
  await does.tick('Référente')
  await does.fill('Territoire', referent.territory)
  await does.fill('Adresse e-mail', referent.email)
  await does.press('button', 'Proposer')
  expect(await wordsOf(page.getByRole('alert'))).toContain('Demandez d’abord à la personne')
  expect(await page.getByLabel('Territoire').inputValue()).toBe(referent.territory)
  await does.tick('Cette personne est d’accord pour que l’annuaire lui écrive.')
  await does.press('button', 'Proposer')
  expect(await hears()).toContain('La proposition part vers l’annuaire')
}

async function openAtDirectory({ hub, referent }: Scene, team: User): Promise<void> {
  await until(async () => {
    await team.goes(`${hub.origin}/administration/referents`)
    return (await team.reads()).includes(referent.name)
  }, 'the proposal is at the directory')
  await team.does.press('link', referent.name)
}

async function write({ does, heading }: User): Promise<void> {
  await does.unfold('Lui écrire')
  await does.fill('Votre nom', 'Mairie de Bruz')
  await does.fill('Votre adresse e-mail', 'mairie@bruz.example')
  await does.fill('Votre message', 'Comment ouvrir un café à la mairie ?')
  await does.press('button', 'Envoyer')
  expect(await heading()).toBe('Message en route')
}

/** Signs in. The first time it makes an account; later the same address signs in without another password. */
async function enter(user: User, { referent, password }: Scene): Promise<void> {
  const { does, page } = user
  if ((await page.getByLabel('Mot de passe').count()) > 0) {
    await does.fill('Mot de passe', password)
    await does.fill('Le même, encore une fois', password)
  }
  await does.press('button', /^(Entrer|Ajouter à mon compte)$/u)
  expect(await user.heading()).toContain(referent.territory)
}

/** Hides and shows a café. Each act needs a reason, and is written to the journal. */
async function hideAndShow(user: User, { titles }: Scene): Promise<void> {
  const { does, page } = user
  const about = (verb: string) => new RegExp(`^${verb}.*${RegExp.escape(titles.pictured)}`, 'u')
  await does.unfold(`Cacher : ${titles.pictured}`)
  await does.press('button', about('Cacher'))
  expect(await wordsOf(page.getByRole('alert'))).toContain('Dites pourquoi')
  await does.fill(`Pourquoi : ${titles.pictured}`, 'Annoncé par erreur.')
  await does.press('button', about('Cacher'))
  expect(await user.hears()).toContain('c’est dans le journal')
  await does.fill(`Pourquoi : ${titles.pictured}`, 'Vérifié au téléphone.')
  await does.press('button', about('Montrer'))
  await does.press('link', 'Journal')
  expect(await user.reads()).toContain('Annoncé par erreur.')
  expect(await user.reads()).toContain('Vérifié au téléphone.')
}

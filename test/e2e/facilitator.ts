import { expect } from 'vitest'
import { until } from './network.ts'
import type { Scene } from './scene.ts'
import { signIn } from './sign-in.ts'
import { openUser, type User, wordsOf } from './users.ts'

const PRESENTATION = 'Je lance le débat, vous faites le reste.'
const CHANGED = 'Le débat d’abord, les outils ensuite.'

/**
 * A person who is invited on paper writes a profile, agrees to its publication, is found and gets a message, changes
 * the profile and withdraws it.
 */
export async function walkFacilitator(scene: Scene): Promise<void> {
  const { hub, node, way, browser, facilitator: name } = scene
  const camille = await signIn(scene)
  await camille.goes(`${node.origin}/administration/animation`)
  await camille.does.fill('Son nom', name)
  await camille.does.press('button', 'Faire un lien sur papier')
  const paper = await wordsOf(camille.page.locator('.paper-link'))

  const lou = await openUser(browser, way)
  await lou.goes(paper)
  await writeProfile(lou, name)
  expect(await lou.heading()).toBe('Ce qui sera publié')
  expect(await lou.reads()).toContain(PRESENTATION)
  await lou.does.press('button', 'Publier mon profil')
  expect(await wordsOf(lou.page.getByRole('alert'))).toContain('rien n’est publié')
  await agree(scene, lou)
  await lou.does.press('button', 'Publier mon profil')
  expect(await lou.hears()).toContain('Votre profil est publié')
  const own = new URL(lou.page.url()).pathname

  const sam = await openUser(browser, way)
  await findAtDirectory(scene, sam)
  await sam.does.press('link', name)
  const copy = sam.page.url()
  expect(await sam.reads()).toContain(PRESENTATION)
  await write(sam)
  await untilMailed(camille, 'Un café le 12, à Bruz ?')

  await lou.does.press('link', 'Modifier')
  await lou.does.fill('Quelques mots sur vous', CHANGED)
  await lou.does.press('button', /^Continuer/u)
  // The choice of directories stays as it was agreed to.
  await lou.does.tick('J’accepte ces changements')
  await lou.does.press('button', 'Publier les changements')
  await sam.goes(copy)
  await untilRead(sam, CHANGED)

  await lou.goes(node.origin + own)
  await lou.does.press('link', 'Tout retirer et effacer')
  expect(await lou.reads()).toContain('Cela ne peut pas être annulé')
  await lou.does.press('button', 'Oui, tout effacer')
  expect(await lou.heading()).toBe('Tout est effacé ici')
  expect(await lou.reads()).toContain(new URL(hub.origin).host)
  await until(async () => {
    await sam.page.reload()
    return sam.status() === 410
  }, 'the profile is gone from the directory')
  await sam.goes(`${hub.origin}/animation`)
  expect(await sam.reads()).not.toContain(name)
  await lou.goes(node.origin + own)
  expect([lou.status(), await lou.heading()]).toEqual([410, 'Ce lien ne sert plus'])
  await Promise.all([camille.close(), lou.close(), sam.close()])
}

/**
 * Leaves the box about the age out the first time: the error is beside its field, and the other fields keep their
 * values.
 */
async function writeProfile({ does, page }: User, name: string): Promise<void> {
  await does.fill('Votre nom, ou un pseudonyme', name)
  await does.tick('Animateur')
  await does.fill('Commune', '35000 Rennes')
  await does.choose('Vos déplacements', 'Jusqu’à 30 km autour')
  await does.fill('Quelques mots sur vous', PRESENTATION)
  await does.fill('Thèmes', 'emploi, école')
  await does.fill('Votre adresse e-mail', 'lou@chez-lou.example')
  await does.press('button', /^Continuer/u)
  expect(await wordsOf(page.getByRole('alert'))).toContain('Votre âge')
  expect(await page.getByLabel('Quelques mots sur vous').inputValue()).toBe(PRESENTATION)
  await does.tick('J’ai 18 ans ou plus')
  await does.press('button', /^Continuer/u)
}

async function agree({ hub }: Scene, { does }: User): Promise<void> {
  await does.tick('J’accepte d’être sur ce site')
  await does.tick(`J’accepte aussi d’être dans l’annuaire ${new URL(hub.origin).host}`)
}

async function findAtDirectory({ hub, facilitator }: Scene, user: User): Promise<void> {
  await until(async () => {
    await user.goes(`${hub.origin}/animation`)
    return (await user.reads()).includes(facilitator)
  }, 'the person is at the directory')
  await user.does.fill('Où Code postal, ville, territoire…', '35000 Rennes')
  await user.does.fill('Thème Emploi, école…', 'emploi')
  await user.does.press('button', 'Chercher')
  expect(await user.reads()).toContain('autour de Rennes')
}

async function write({ does, page, heading }: User): Promise<void> {
  await does.fill('Votre nom', 'Sam')
  await does.fill('Votre adresse e-mail', 'sam@bruz')
  await does.fill('Votre message', 'Un café le 12, à Bruz ?')
  await does.press('button', 'Envoyer')
  expect(await wordsOf(page.getByRole('alert'))).toContain('Votre adresse e-mail')
  await does.fill('Votre adresse e-mail', 'sam@bruz.example')
  await does.press('button', 'Envoyer')
  expect(await heading()).toBe('Message en route')
}

/** Waits for the mail in the team's list: a place without mail hands its mails over by its team. */
async function untilMailed(team: User, words: string): Promise<void> {
  const { origin } = new URL(team.page.url())
  await until(async () => {
    await team.goes(`${origin}/administration/courriels`)
    return (await team.reads()).includes(words)
  }, 'the message is at the place')
}

const untilRead = (user: User, words: string): Promise<void> =>
  until(async () => {
    await user.page.reload()
    return (await user.reads()).includes(words)
  }, `the page says « ${words} »`)

import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findBackupState, saveBackupState } from '../../../node/store/backup/backup-state.ts'
import { unpublishClaimedCafe } from '../../../node/store/backup/claimed-erasures.ts'
import { saveOtherVersion } from '../../../node/store/backup/other-versions.ts'
import { saveOtherWord } from '../../../node/store/backup/other-words.ts'
import { saveRestoration, settleDirectory } from '../../../node/store/backup/restoration.ts'
import { findCafe, saveCafe } from '../../../node/store/cafes/cafes.ts'
import { appendChange } from '../../../node/store/queues/changes.ts'
import { findHeld, saveHeld } from '../../../node/store/queues/held.ts'
import { appendMail } from '../../../node/store/queues/mails.ts'
import { findSiteProfile } from '../../../node/store/structures/profiles.ts'
import { findSiteStructure } from '../../../node/store/structures/site-structure.ts'
import { signInByLink } from '../../support/admin.ts'
import type { Browser } from '../../support/browser.ts'
import { readable } from '../../support/readable.ts'
import { startWeb, type WebServer } from '../../support/server.ts'
import { aCafe } from '../../support/some-cafes.ts'
import { aMail } from '../../support/some-mail.ts'

/** Checks what the team sees of the backups, and what it decides after a restore. */

let web: WebServer
let browser: Browser
beforeEach(async () => {
  web = await startWeb()
  browser = await signInByLink(web)
})
afterEach(() => web.stop())

const textOf = async (path: string) => readable((await browser.get(path)).text)

test('the first page of the administration says that there is no recent backup, and leads to why', async () => {
  const { db, now } = web.context
  const last = { at: now(), file: 'x', bytes: 1 }
  const problem = 'Il n’y a plus assez de place sur le disque de /data/backups.'
  await saveBackupState(db, { since: now(), last, problem })
  const calm = await textOf('/administration')
  expect(calm).not.toContain('Pas de sauvegarde récente')
  expect(calm).toContain('href="/administration/sauvegardes">Sauvegardes</a>')
  expect(await textOf('/administration/sauvegardes')).toContain(problem)
  web.advance({ hours: 49 })
  const home = await textOf('/administration')
  expect(home).toContain('Pas de sauvegarde récente')
  expect(home).toContain('href="/administration/sauvegardes"')
  expect(await textOf('/administration/sauvegardes')).toContain('Aucune sauvegarde récente')
})

test('the team asks for a backup at once, and reads that it comes', async () => {
  const page = await browser.get('/administration/sauvegardes')
  await browser.submit(page, '/administration/sauvegardes/maintenant')
  const { db, now } = web.context
  expect((await findBackupState(db))?.askedAt).toEqual(now())
  const asked = await textOf('/administration/sauvegardes')
  expect(asked).toContain('Une sauvegarde a été demandée')
  expect(asked).not.toContain('Sauvegarder maintenant')
})

test.each([
  ['jeter', 0, 1],
  ['envoyer', 1, 2],
])('after a restore the team decides once: %s', async (choix, mails, changes) => {
  const { db, now } = web.context
  const change = { type: 'cafe-published', cafeId: 'one' } as const
  await appendChange(db, change, now())
  const mail = { ...aMail(), to: 'a@b.example' }
  await appendMail(db, { ...mail, expiresAt: now().add({ hours: 200 }) }, now())
  web.advance({ hours: 1 })
  await db.transaction().execute((trx) => saveHeld(trx, now()))
  await appendChange(db, change, now())
  expect(await textOf('/administration')).toContain('Rien ne part de ce site')
  const page = await browser.get('/administration/sauvegardes')
  expect(readable(page.text)).toContain('1 annonce et 1 courriel attendent.')
  expect(page.text).toContain(`value="${choix}"`)
  const action = '/administration/sauvegardes/retenu'
  const answered = await browser.submit(page, action, { choix })
  expect(answered.location).toBe('/administration/sauvegardes?fait=done')
  expect(await textOf('/administration/sauvegardes')).not.toContain('rien ne part encore')
  expect(await findHeld(db)).toBeUndefined()
  expect(await db.selectFrom('mail').selectAll().execute()).toHaveLength(mails)
  const waiting = await db.selectFrom('change').selectAll().where('done_at', 'is', null).execute()
  expect(waiting).toHaveLength(changes)
  expect(web.wakes()).toBeGreaterThan(0)
})

test('a second place that takes no copy is said at once, with the setting that names it and what to do', async () => {
  const { db, now } = web.context
  await saveBackupState(db, {
    ...{ since: now(), last: { at: now(), file: 'x', bytes: 1 }, problem: 'x' },
    ...{ copyFailingSince: now(), copySettings: ['CAFE_IA_BACKUP_S3'] },
  })
  expect(await textOf('/administration')).toContain('Les sauvegardes ne sont plus copiées ailleurs')
  const page = await textOf('/administration/sauvegardes')
  expect(page).toContain('Les sauvegardes ne sont plus copiées ailleurs')
  expect(page).toContain('CAFE_IA_BACKUP_S3_KEY')
  expect(page).not.toContain('CAFE_IA_BACKUP_COPY')
})

test.each([
  ['waiting', 0, 'doit d’abord être d’accord : appelez-la'],
  ['answered', 12, '12 serveurs sont revenus'],
  ['answered', 0, 'ne connaît aucun serveur qui vous suivait'],
  ['refused', 0, 'n’a pas donné la liste'],
  ['unable', 0, 'n’a pas pu donner la liste'],
] as const)(
  'after a loss without a backup it says what became of the followers: %s, %i',
  async (state, servers, says) => {
    const { db, now } = web.context
    const uri = 'https://annuaire.example/actors/instance'
    const lost = { since: now(), at: now(), isLost: true, isClosed: false }
    await saveRestoration(db, { ...lost, uris: [uri] })
    await settleDirectory(db, { uri, state, servers })
    expect(await textOf('/administration/sauvegardes')).toContain(says)
  },
)

test('what a directory says is gone is named before it is erased; where nothing is ticked, nothing is afterwards', async () => {
  const { db, now } = web.context
  const id = randomUUID()
  const uri = `${web.origin}/cafes/${id}`
  const organizationId = web.organization.id
  await saveCafe(db, aCafe({ id, uri, organizationId, title: 'Les robots au jardin' }))
  await unpublishClaimedCafe(db, { uri, directory: 'annuaire.example', at: now() }, now())
  // It is no draft of anybody's.
  expect(await textOf('/administration')).not.toContain('Les robots au jardin')
  expect(await textOf('/administration/cafes?etat=drafts')).not.toContain('Les robots au jardin')
  const path = '/administration/sauvegardes/effaces'
  const page = await browser.get('/administration/sauvegardes')
  expect(page.text).toMatch(/<input [^>]*name="quoi"[^>]*checked/)
  expect(page.text).not.toContain('cinquante premiers')
  const none = await browser.get(`${path}?choix=effacer`)
  expect(none.status).toBe(422)
  expect(none.text).not.toMatch(/<input [^>]*name="quoi"[^>]*checked/)
  for (const choix of ['effacer', 'remettre'])
    expect((await browser.get(`${path}?choix=${choix}&quoi=cafe:${id}`)).text).toContain(
      'Les robots au jardin',
    )
  const sure = await browser.get(`${path}?choix=remettre&quoi=cafe:${id}`)
  const done = await browser.submit(sure, path)
  expect((await browser.get(done.location ?? '')).text).toContain('C’est fait')
})

test('the team compares what a directory has with what is here, and chooses', async () => {
  const { db, now } = web.context
  const organization = await findSiteStructure(db)
  const uri = 'https://ici.example/cafes/0199f0c2-1111-7abc-8def-0123456789ab'
  const id = uri.slice(uri.lastIndexOf('/') + 1)
  const ours = { id, uri, url: uri, organizationId: organization?.id, peerId: undefined }
  const here = aCafe({ ...ours, title: 'Le titre d’ici', updatedAt: now().subtract({ hours: 1 }) })
  await saveCafe(db, here)
  const theirs = { ...here, title: 'Le titre de l’annuaire', status: 'cancelled' as const }
  const cafe = { ...theirs, statusNote: 'Salle fermée', updatedAt: now().add({ minutes: 20 }) }
  const version = { cafeId: id, directory: 'annuaire.example', reason: 'both', cafe } as const
  await saveOtherVersion(db, version)
  await saveOtherVersion(db, { ...version, cafeId: randomUUID(), reason: 'key' })
  const since = now().subtract({ hours: 9 })
  await saveRestoration(db, { since, at: now(), isLost: false, isClosed: false, uris: [] })
  const subject = organization?.id ?? ''
  const said = { name: 'Le nom de l’annuaire', kind: 'library', presentationHtml: '' }
  const word = { noun: 'structure', subject, directory: 'annuaire.example', reason: 'key' } as const
  await saveOtherWord(db, { ...word, said, at: now().subtract({ hours: 2 }) })
  const path = '/administration/sauvegardes/versions'
  expect(await textOf('/administration')).toContain('3 versions à choisir')
  expect(await textOf(`/administration/cafes/${id}`)).toContain('une autre version de ce café')
  const page = await browser.get(path)
  for (const words of ['Le titre d’ici', 'Le titre de l’annuaire', 'Annulé, Salle fermée'])
    expect(readable(page.text)).toContain(words)
  expect(readable(page.text)).toContain('Ce café n’est pas sur ce site.')
  expect(readable(page.text)).toContain('La présentation du lieu')
  expect(await textOf('/administration/lieu')).toContain('ne seront annoncés qu’une fois')
  const seen = /name="type" value="structure".*?name="vu" value="([^"]+)"/.exec(page.text)?.[1]
  const taken = { type: 'structure', id: subject, choix: 'annuaire.example', vu: seen ?? '' }
  expect((await browser.submit(page, path, { ...taken, vu: 'autre' })).status).toBe(409)
  expect((await browser.submit(page, path, taken)).status).toBe(303)
  expect((await findSiteProfile(db))?.name).toBe('Le nom de l’annuaire')
  expect(await textOf('/administration/lieu')).not.toContain('ne seront annoncés')
  expect(await textOf('/administration/lieu/historique')).toContain(organization?.name ?? '?')
  expect(await textOf('/administration')).toContain('2 versions à choisir')
  const choice = { type: 'cafe', id, choix: 'annuaire.example', vu: here.updatedAt.toString() }
  const stale = await browser.submit(page, path, { ...choice, vu: '2026-01-01T00:00:00Z' })
  expect(stale.status).toBe(409)
  expect(readable(stale.text)).toContain('La version d’ici a changé entre-temps')
  expect((await browser.submit(page, path, choice)).status).toBe(303)
  const chosen = await findCafe(db, id)
  expect(chosen).toMatchObject({
    title: cafe.title,
    status: 'cancelled',
    statusNote: 'Salle fermée',
  })
  expect(chosen && Temporal.Instant.compare(chosen.updatedAt, cafe.updatedAt)).toBe(1)
  const history = await textOf(`/administration/cafes/${id}/historique`)
  expect(history).toContain('Le titre d’ici')
  const left = await db.selectFrom('other_version').select('cafe_id').execute()
  expect(left).toHaveLength(1)
  expect(await textOf(`/administration/cafes/${id}`)).not.toContain('une autre version')
  // What is deleted for ever is asked first.
  const erasing = { type: 'cafe', id: left[0]?.cafe_id ?? '', choix: 'ici', vu: '' }
  const question = await browser.submit(await browser.get(path), path, erasing)
  expect(question.status).toBe(200)
  expect(readable(question.text)).toContain('Son adresse ne servira plus jamais')
  expect(await db.selectFrom('other_version').select('cafe_id').execute()).toHaveLength(1)
  expect((await browser.submit(question, path)).status).toBe(303)
  expect(await db.selectFrom('other_version').select('cafe_id').execute()).toEqual([])
})

test('a site that waits for its directory says so, until a person says not to wait', async () => {
  const { db, now } = web.context
  const uris = ['https://annuaire.example/actors/instance']
  await saveRestoration(db, { since: now(), at: now(), isLost: false, isClosed: false, uris })
  expect(await textOf('/administration')).toContain('L’annuaire n’a pas encore répondu')
  const page = await browser.get('/administration/sauvegardes')
  expect(readable(page.text)).toContain('Ce site attend la réponse de l’annuaire')
  expect(readable(page.text)).toContain('n’est annoncé qu’après sa réponse')
  await browser.submit(page, '/administration/sauvegardes/ouvrir')
  const after = await textOf('/administration/sauvegardes')
  expect(after).not.toContain('n’est annoncé qu’après sa réponse')
  expect(after).toContain('Ce site attend la réponse de l’annuaire')
  const settled = { uri: uris[0] ?? '', state: 'answered', answeredAt: now() } as const
  await settleDirectory(db, settled)
  expect(await textOf('/administration/sauvegardes')).toMatch(
    /annuaire\.example a répondu le .* : aucun café n’était à reprendre/,
  )
  expect(await textOf('/administration')).not.toContain('L’annuaire n’a pas encore répondu')
})

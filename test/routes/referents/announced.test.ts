import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { OPERATOR } from '../../../node/domain/cafes/edit.ts'
import { listJournal } from '../../../node/store/accounts/acts.ts'
import { findCafe } from '../../../node/store/cafes/cafes.ts'
import { saveMandateAct } from '../../../node/store/referents/mandate-acts.ts'
import { announce, signInByLink } from '../../support/admin.ts'
import { type Browser, fieldsOf, openBrowser } from '../../support/browser.ts'
import { knowCafe, RENNES } from '../../support/known-peer.ts'
import { readable } from '../../support/readable.ts'
import { announceForStructure, enterAdmin, makeLegal } from '../../support/referents.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

/** A referent may edit the cafés that were announced for structures of the territory, and no others. */

let hub: WebServer
beforeEach(async () => {
  hub = await startWeb({ role: 'hub' })
  await makeLegal(hub)
})
afterEach(() => hub.stop())

const HOME = '/administration/territoire/35'
const pathOf = (id: string) => `/administration/cafes/${id}`
const cafeOf = (id: string) => findCafe(hub.context.db, id)
const actsOf = async () =>
  (await listJournal(hub.context.db, { limit: 10 })).map(({ act }) => act).sort()

/** Sends the form of a café, and confirms where followers will be told of it. */
async function edit(browser: Browser, id: string, fields: Record<string, string>) {
  const answer = await browser.submit(await browser.get(pathOf(id)), pathOf(id), {
    save: 'publish',
    ...fields,
  })
  return answer.status === 200 ? browser.submit(answer, pathOf(id), { confirmed: '1' }) : answer
}

test('the page says who organises it, once, and who announces it', async () => {
  const { browser } = await enterAdmin(hub)
  const id = await announceForStructure(browser)
  const page = await openBrowser(hub.origin).get(`/cafes/${id}`)
  const host = /id="accueil"[\s\S]*?<\/section>/.exec(page.text)?.[0] ?? ''
  expect(host).toContain('Organisé par <strong>Amicale laïque</strong>')
  expect(host).toMatch(/Annoncé par [^<]+/)
  expect(host).not.toContain('Ses autres')
  expect(page.text).toContain('"name":"Amicale laïque"')
  const csv = await (await fetch(`${hub.origin}/export/cafes.csv`)).text()
  expect(csv).toContain('Amicale laïque')
})

test('whoever looks for the structure by its name finds it, on the page, in the API and in files', async () => {
  const { browser } = await enterAdmin(hub)
  const id = await announceForStructure(browser, { announcedFor: 'Amicale laïque (Pré-Vert)' })
  await announceForStructure(browser, { announcedFor: 'Une autre', title: 'Autre chose' })
  const visitor = openBrowser(hub.origin)
  const asked = new URLSearchParams({ q: 'amicale laique pré vert' })
  const page = await visitor.get(`/?${asked}`)
  expect(page.text).toContain(`/cafes/${id}"`)
  expect(page.text).not.toContain('Autre chose')
  const api = await fetch(`${hub.origin}/api/v1/cafes?${asked}`)
  expect((await api.json()).items).toHaveLength(1)
  const csv = await (await fetch(`${hub.origin}/export/cafes.csv?${asked}`)).text()
  expect(csv).toContain('Pré-Vert')
  expect(csv).not.toContain('Autre chose')
})

test('who edits what another referent or the team deleted gets everything back, to announce it anew', async () => {
  const { browser } = await enterAdmin(hub)
  const team = await signInByLink(hub)
  for (const other of [browser, team]) {
    const id = await announceForStructure(browser)
    const form = await browser.get(pathOf(id))
    const at = `${pathOf(id)}/supprimer`
    await other.submit(await other.get(at), at, { reason: 'Un doublon' })
    const answer = await browser.submit(form, pathOf(id), { save: 'publish', title: 'Longuement' })
    expect(answer.status).toBe(409)
    expect(answer.text).toContain('Un doublon')
    const made = await browser.submit(answer, '/administration/cafes/nouveau/35')
    expect(made.status).toBe(303)
    expect(await cafeOf(made.location?.split('/').at(-1) ?? '')).toMatchObject({
      ...{ title: 'Longuement', announcedUnder: '35', announcedFor: 'Amicale laïque' },
    })
  }
})

test('a draft is the referent’s to finish, a day that is over is said, and two clicks are one café', async () => {
  const { browser } = await enterAdmin(hub)
  const path = '/administration/cafes/nouveau/35'
  const form = await browser.get(path)
  expect(form.text).toContain('Inscription')
  expect(form.text).not.toContain('href="/administration/equipe"')
  const none = await browser.submit(form, path, { save: 'publish' })
  expect(none.status).toBe(422)
  for (const field of ['announcedFor', 'title', 'date', 'time'])
    expect(none.text).toContain(`id="${field}-erreur"`)
  const said = { save: 'draft', announcedFor: 'Amicale', title: 'Un brouillon', 'venue.id': '' }
  const typed = { 'venue.name': 'Salle', 'venue.town': '35500 Vitré' }
  for (const _click of [1, 2])
    expect((await browser.submit(form, path, { ...said, ...typed })).location).toMatch(HOME)
  const drafts = await hub.context.db.selectFrom('cafe').select(['id', 'publication']).execute()
  expect(drafts).toMatchObject([{ publication: 'draft' }])
  expect((await browser.get(HOME)).text).toContain(pathOf(drafts[0]?.id ?? ''))
  const made = await edit(browser, drafts[0]?.id ?? '', { date: '2026-12-12', time: '15:00' })
  expect(made.status).toBe(303)
  expect(await cafeOf(drafts[0]?.id ?? '')).toMatchObject({
    ...{ publication: 'published', announcedFor: 'Amicale', announcedUnder: '35' },
  })
})

describe('a referent', () => {
  test('edits the café by the team’s own form, with the structure in a field of its own', async () => {
    const { browser } = await enterAdmin(hub)
    const id = await announceForStructure(browser)
    const home = await browser.get(HOME)
    expect(home.text).toContain(`href="${pathOf(id)}"`)
    const form = await browser.get(pathOf(id))
    expect(form.status).toBe(200)
    expect(form.text).toContain('value="Amicale laïque"')
    expect(form.text).toContain('>Venez comme vous êtes.</textarea>')
    expect(form.text).toContain('href="/administration/territoire/35/journal"')
    expect(form.text).not.toContain('/administration/equipe')
    const saved = await edit(browser, id, { announcedFor: 'Amicale', title: 'Autre titre' })
    expect(saved.location).toBe(`${HOME}?fait=saved`)
    expect(readable((await browser.get(saved.location ?? '')).text)).toContain('enregistrés')
    const cafe = await cafeOf(id)
    expect(cafe).toMatchObject({ title: 'Autre titre', announcedFor: 'Amicale' })
    expect(cafe?.descriptionMarkdown).toMatch(
      /^Organisé par \*\*Amicale\*\*\.[^\n]+\n\nVenez comme/,
    )
    expect(await actsOf()).toEqual(['cafe-announced', 'cafe-changed'])
    expect((await browser.get(`${pathOf(id)}/historique`)).text).toContain('Claire')
  })

  test('needs no password of their own, as for the other pages of the territory', async () => {
    const { browser } = await enterAdmin(hub)
    const id = await announceForStructure(browser)
    await hub.context.db.updateTable('account').set({ password_hash: null }).execute()
    expect((await browser.get(HOME)).status).toBe(200)
    expect((await browser.get(pathOf(id))).status).toBe(200)
    expect((await edit(browser, id, { title: 'Autre titre' })).location).toBe(`${HOME}?fait=saved`)
  })

  test('is shown what is wrong, beside its field, with what was typed', async () => {
    const { browser } = await enterAdmin(hub)
    const id = await announceForStructure(browser)
    const elsewhere = await edit(browser, id, { 'venue.town': '29200 Brest', announcedFor: '' })
    expect(elsewhere.status).toBe(422)
    expect(readable(elsewhere.text)).toContain('Ce lieu n’est pas dans votre territoire.')
    expect(elsewhere.text).toContain('id="announcedFor-erreur"')
    expect(elsewhere.text).toContain('value="29200 Brest"')
    const long = await edit(browser, id, { announcedFor: 'é'.repeat(151) })
    expect(readable(long.text)).toContain('150 caractères au plus')
    expect((await cafeOf(id))?.venue?.commune).toBe('Vitré')
  })

  test('postpones, cancels and deletes it; each act is in the journal', async () => {
    const { browser } = await enterAdmin(hub)
    const id = await announceForStructure(browser)
    // The page to cancel has the version that was seen.
    const { text } = await browser.get(`${pathOf(id)}/annuler`)
    const seen = fieldsOf(text, `${pathOf(id)}/annuler`)
    expect((await browser.post(`${pathOf(id)}/confirmer`, seen)).status).toBe(303)
    expect((await cafeOf(id))?.confirmedAt).toBeDefined()
    const situation = `${pathOf(id)}/situation`
    const later = await browser.submit(await browser.get(situation), situation, {
      situation: 'postponed',
      'note.postponed': 'La salle est prise.',
    })
    expect(later.location).toBe(`${HOME}?fait=saved`)
    expect((await cafeOf(id))?.status).toBe('postponed')
    const cancel = `${pathOf(id)}/annuler`
    const cancelled = await browser.submit(await browser.get(cancel), cancel, { reason: 'Fermé.' })
    expect(cancelled.location).toBe(`${HOME}?fait=cancelled`)
    expect(await cafeOf(id)).toMatchObject({ status: 'cancelled', statusNote: 'Fermé.' })
    const remove = `${pathOf(id)}/supprimer`
    const removed = await browser.submit(await browser.get(remove), remove)
    expect(removed.location).toBe(`${HOME}?fait=deleted`)
    expect((await openBrowser(hub.origin).get(`/cafes/${id}`)).status).toBe(410)
    const acts = ['cafe-announced', 'cafe-deleted', ...Array(3).fill('cafe-situation')]
    expect(await actsOf()).toEqual(acts)
    const journal = readable((await browser.get(`${HOME}/journal`)).text)
    expect(journal).toContain('a supprimé, pour une structure, le café « L’IA autour d’un café »')
  })

  test('loses no words when somebody else has changed the same field', async () => {
    const { browser } = await enterAdmin(hub)
    const id = await announceForStructure(browser)
    const before = await browser.get(pathOf(id))
    const team = await signInByLink(hub)
    await edit(team, id, { title: 'Le titre de l’équipe' })
    const conflict = await browser.submit(before, pathOf(id), { save: 'publish', title: 'Le mien' })
    expect(conflict.status).toBe(409)
    expect(conflict.text).toContain('Le titre de l’équipe')
    expect(conflict.text).toContain('Le mien')
    expect((await cafeOf(id))?.title).toBe('Le titre de l’équipe')
  })

  test('of the same territory looks after what another one announced; of another does not', async () => {
    const { browser } = await enterAdmin(hub)
    const id = await announceForStructure(browser)
    const { browser: second } = await enterAdmin(hub, { email: 'deux@lieu.example', name: 'Noé' })
    expect((await second.get(pathOf(id))).status).toBe(200)
    for (const [territory, email] of [
      ['29', 'brest@lieu.example'],
      ['r-53', 'region@lieu.example'],
    ] as const) {
      const { browser: other } = await enterAdmin(hub, { territory, email })
      expect((await other.get(pathOf(id))).location).toBe('/administration/territoire')
    }
  })
})

describe('announcing gives a referent no other access', () => {
  test('not by the form of a new café, with the number of the team’s form or the same words', async () => {
    const { browser } = await enterAdmin(hub)
    const team = await announce(await signInByLink(hub))
    const before = await cafeOf(team)
    const [number = ''] = before?.uid.split('@') ?? []
    const at = before?.startsAt.toZonedDateTimeISO('Europe/Paris')
    const day = {
      date: at?.toPlainDate().toString() ?? '',
      time: at?.toPlainTime().toString() ?? '',
    }
    const made = await announceForStructure(browser, { ...day, form: number, title: 'À moi' })
    expect(made).not.toBe(team)
    expect(await cafeOf(team)).toEqual(before)

    const mandate = { territory: 'r-53', email: 'region@lieu.example' }
    const { browser: region } = await enterAdmin(hub, mandate)
    const first = await announceForStructure(browser, { title: 'Le même' })
    const theirs = await cafeOf(first)
    const words = { title: 'Le même', descriptionMarkdown: 'Autrement dit.' }
    const other = await announceForStructure(region, words, 'r-53')
    expect(other).not.toBe(first)
    expect(await cafeOf(first)).toEqual(theirs)
  })

  test('a correction by the form of a new café is in the journal', async () => {
    const { browser } = await enterAdmin(hub)
    const id = await announceForStructure(browser)
    expect(await announceForStructure(browser, { descriptionMarkdown: 'Mieux dit.' })).toBe(id)
    expect(await announceForStructure(browser, { descriptionMarkdown: 'Mieux dit.' })).toBe(id)
    expect(await actsOf()).toEqual(['cafe-announced', 'cafe-changed'])
  })

  const ACTIONS = ['', '/situation', '/annuler', '/supprimer', '/confirmer']

  test('not to the cafés of a site or of the team, nor to other pages', async () => {
    const { browser } = await enterAdmin(hub)
    const own = await announceForStructure(browser)
    const theirs = (await knowCafe(hub, { host: 'rennes', place: RENNES })).id
    const team = await announce(await signInByLink(hub))
    const csrf = /name="csrf" value="([^"]+)"/.exec((await browser.get(HOME)).text)?.[1] ?? ''
    for (const id of [theirs, team])
      for (const action of ACTIONS) {
        const path = pathOf(id) + action
        expect((await browser.get(path)).location, path).toBe('/administration/territoire')
        expect((await browser.post(path, { csrf })).status, path).toBe(403)
      }
    for (const path of ['nouveau', `nouveau?copie=${own}`, '', `${own}/publier`])
      expect((await browser.get(`/administration/cafes/${path}`)).location, path).toBe(
        '/administration/territoire',
      )
  })

  test('none once the mandate is over', async () => {
    const { browser, id: referentId } = await enterAdmin(hub)
    const id = await announceForStructure(browser)
    const form = await browser.get(pathOf(id))
    const { db, now } = hub.context
    await saveMandateAct(db, referentId, { act: 'end', by: OPERATOR, reason: 'ended' }, now())
    const late = await browser.submit(form, pathOf(id), { save: 'publish', title: 'Trop tard' })
    expect(late.status).toBe(403)
    for (const action of ACTIONS)
      expect((await browser.get(pathOf(id) + action)).location).toBe('/administration/territoire')
    expect((await cafeOf(id))?.title).toBe('L’IA autour d’un café')
  })

  test('none without the token, or from another site', async () => {
    const { browser } = await enterAdmin(hub)
    const id = await announceForStructure(browser)
    const csrf = /name="csrf" value="([^"]+)"/.exec((await browser.get(HOME)).text)?.[1] ?? ''
    const evil = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
    for (const action of ACTIONS) {
      expect((await browser.post(pathOf(id) + action, {})).status).toBe(403)
      expect((await browser.post(pathOf(id) + action, { csrf }, evil)).status).toBe(403)
    }
    expect(await cafeOf(id)).toMatchObject({ status: 'scheduled', confirmedAt: undefined })
  })
})

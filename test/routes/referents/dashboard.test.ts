import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Author, OPERATOR } from '../../../node/domain/cafes/edit.ts'
import type { ReferentSettings } from '../../../node/domain/referents/referent.ts'
import { sendReferentReminders } from '../../../node/jobs/remind-referents.ts'
import { findAccountByEmail } from '../../../node/store/accounts/accounts.ts'
import { listJournal } from '../../../node/store/accounts/acts.ts'
import { insertLinkTo } from '../../../node/store/accounts/links.ts'
import { saveEdit } from '../../../node/store/accounts/saved-edit.ts'
import { findCafe, saveCafe } from '../../../node/store/cafes/cafes.ts'
import { findPeer, upsertPeer } from '../../../node/store/directory/peers.ts'
import { setMembership } from '../../../node/store/memberships.ts'
import { addManager } from '../../../node/store/networks/managers.ts'
import { declareNetwork } from '../../../node/store/networks/networks.ts'
import { decideHeldCafe } from '../../../node/store/referents/decide-shown.ts'
import { saveMandateAct } from '../../../node/store/referents/mandate-acts.ts'
import { findReferent, listMandates } from '../../../node/store/referents/referents.ts'
import { REFERENT_SETTINGS } from '../../../node/store/referents/settings.ts'
import { listReportParts } from '../../../node/store/reports/hidden-parts.ts'
import { listQuestions } from '../../../node/store/reports/questions.ts'
import { saveReport } from '../../../node/store/reports/reports.ts'
import { findSiteStructure } from '../../../node/store/structures/site-structure.ts'
import { signInByLink } from '../../support/admin.ts'
import { type Browser, openBrowser } from '../../support/browser.ts'
import { BREST, knowCafe, knowPeer, RENNES } from '../../support/known-peer.ts'
import { writtenMails } from '../../support/mails.ts'
import { SOMEBODY } from '../../support/own-cafes.ts'
import { readable } from '../../support/readable.ts'
import { appoint, enterAdmin, makeLegal } from '../../support/referents.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

const setReferents = (settings: ReferentSettings) => {
  const edit = { id: 'referents', by: SOMEBODY, seen: undefined }
  const decide = () => ({ value: settings })
  return saveEdit(hub.context.db, REFERENT_SETTINGS, { ...edit, decide }, hub.context.now())
}

let hub: WebServer
beforeEach(async () => {
  hub = await startWeb({ role: 'hub', smtpUrl: 'smtp://127.0.0.1:1' })
})
afterEach(() => hub.stop())

const HOME = '/administration/territoire/35'

const enter = (change: Parameters<typeof enterAdmin>[1] = {}) => enterAdmin(hub, change)

const aPeer = (host: string, place: typeof RENNES, membership: 'member' | 'requested') =>
  knowPeer(hub, { host, place, membership })

const aCafe = async (host: string, place: typeof RENNES) =>
  (await knowCafe(hub, { host, place })).id

const act = async (browser: Browser, path: string, fields = {}) => {
  const page = await browser.get(HOME)
  const csrf = /name="csrf" value="([^"]+)"/.exec(page.text)?.[1] ?? ''
  return browser.post(`${HOME}/${path}`, { csrf, ...fields })
}

/** Stores what another server told of a café that began an hour ago. */
async function saveTestReport(
  { context: { db, now } }: WebServer,
  id: string,
  asked: readonly string[],
): Promise<void> {
  const cafe = (await findCafe(db, id)) ?? expect.fail()
  const startsAt = now().subtract({ hours: 3 })
  await saveCafe(db, { ...cafe, startsAt, endsAt: now().subtract({ hours: 1 }) })
  await saveReport(db, {
    ...{ cafeId: id, organizationId: undefined, uri: `${cafe.uri}/reports/1`, isHeld: true },
    ...{ participants: 23, firstTimers: undefined, format: undefined, nextSteps: undefined },
    ...{ words: undefined, isTextPublic: true, picture: undefined, pictureAlt: undefined },
    ...{ isPicturePublic: false, isCounted: true, hiddenReason: undefined },
    ...{ createdAt: now(), updatedAt: now() },
    questions: asked.map((text, index) => ({
      ...{ id: `${id}-${index}`, text, theme: undefined, hiddenReason: undefined },
    })),
  })
}

describe('a referent comes in', () => {
  test('by the mailed link, once, and sees the territory', async () => {
    await aCafe('rennes', RENNES)
    await aCafe('brest', BREST)
    const { browser, path } = await enter()
    expect((await browser.get('/administration/territoire')).location).toBe(HOME)
    const page = await browser.get(HOME)
    expect(page.status).toBe(200)
    expect(page.headers.get('cache-control')).toBe('no-store')
    expect(page.text).toContain('Café de rennes')
    expect(page.text).not.toContain('Café de brest')
    expect((await openBrowser(hub.origin).get(path)).status).toBe(410)
  })

  test('without a session one is led to the sign-in, and back', async () => {
    const asked = await openBrowser(hub.origin).get(HOME)
    expect(asked.location).toContain('/administration/connexion?retour=')
  })

  test('who has an account signs in with it; the link alone opens no session', async () => {
    const camille = await signInByLink(hub)
    const id = await appoint(hub, { email: 'camille@mediatheque.example' })
    const { db, now } = hub.context
    const link = { purpose: 'referent-access', subject: id } as const
    const path = `/referents/acces/${await insertLinkTo(db, link, now())}`
    const other = openBrowser(hub.origin)
    expect(readable((await other.get(path)).text)).toContain('Connectez-vous avec ce compte')
    const password = 'un mot de passe du voleur'
    await other.post(path, { password, passwordAgain: password })
    expect(other.cookies.size).toBe(0)
    expect((await findReferent(db, id))?.accountId).toBeUndefined()
    const accepted = await camille.submit(await camille.get(path), path)
    expect(accepted.location).toBe('/administration/territoire')
    expect((await findReferent(db, id))?.accountId).toBeDefined()
    expect((await camille.get(path)).status).toBe(410)
  })
})

describe('nothing outside of the territory', () => {
  test.each([
    '/administration/territoire/29',
    '/administration/territoire/r-53',
    '/administration/territoire/c-35238',
    '/administration/territoire/35x',
    '/administration/territoire/29/journal',
  ])('%s is not theirs', async (path) => {
    const { browser } = await enter()
    expect((await browser.get(path)).status).toBe(path.endsWith('/35x') ? 404 : 403)
  })

  test('no page of the team opens: each leads back to the territory', async () => {
    const { browser } = await enter()
    for (const path of [
      '',
      '/cafes/nouveau',
      '/cafes/nouveau/29',
      '/reseau',
      '/equipe',
      '/referents',
      '/demandes',
      '/jetons',
      '/courriels',
    ])
      expect((await browser.get(`/administration${path}`)).location).toBe(
        '/administration/territoire',
      )
  })

  test('no form of the team is taken', async () => {
    const { browser } = await enter()
    const page = await browser.get(HOME)
    const csrf = /name="csrf" value="([^"]+)"/.exec(page.text)?.[1] ?? ''
    for (const path of [
      '/cafes/nouveau',
      '/cafes/nouveau/29',
      '/reseau/invitations',
      '/equipe/invitations',
      '/referents',
      '/jetons',
    ])
      expect((await browser.post(`/administration${path}`, { csrf })).status).toBe(403)
  })

  test('a café, a pair, a place of elsewhere is not theirs to touch', async () => {
    const here = await aCafe('rennes', RENNES)
    const elsewhere = await aCafe('brest', BREST)
    const { id: asking } = await aPeer('quimper', BREST, 'requested')
    const { browser } = await enter()
    const reason = { reason: 'Parce que.' }
    expect((await act(browser, `cafes/${elsewhere}/cacher`, reason)).status).toBe(404)
    expect(
      (await act(browser, 'doublons', { ...reason, one: here, other: elsewhere })).status,
    ).toBe(404)
    expect((await act(browser, `lieux/${asking}/recommander`, reason)).status).toBe(404)
    expect((await openBrowser(hub.origin).get(`/cafes/${elsewhere}`)).status).toBe(200)
    expect(await listJournal(hub.context.db, { limit: 10 })).toEqual([])
  })

  test('a session of the team does not open the dashboard', async () => {
    await appoint(hub)
    const team = await signInByLink(hub)
    expect((await team.get(HOME)).status).toBe(403)
    expect((await team.get('/administration/territoire')).status).toBe(403)
  })

  test('once the mandate is over the same session opens nothing', async () => {
    const { browser, id } = await enter()
    const { db, now } = hub.context
    await saveMandateAct(db, id, { act: 'end', by: OPERATOR, reason: 'ended' }, now())
    expect((await browser.get(HOME)).status).toBe(403)
    expect((await browser.get('/administration/territoire')).status).toBe(403)
  })

  test('nor after its last day, before the clock has ended it', async () => {
    const { browser } = await enter()
    hub.advance({ hours: 24 * 20 })
    await browser.get(HOME)
    hub.advance({ hours: 24 * 25 })
    expect((await browser.get(HOME)).status).toBe(200)
    const { db, now } = hub.context
    await db.updateTable('referent').set({ ends_on: '2026-12-31' }).execute()
    expect((await browser.get(HOME)).status).toBe(403)
    const [account] = await db.selectFrom('account').select('id').execute()
    expect(await listMandates(db, account?.id ?? '', now())).toEqual([])
  })

  test.each([
    ['without the token', {}, {}],
    [
      'from another site',
      { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
      undefined,
    ],
  ])('an act %s is refused', async (_, headers, fields) => {
    const cafe = await aCafe('rennes', RENNES)
    const { browser } = await enter()
    const page = await browser.get(HOME)
    const csrf = /name="csrf" value="([^"]+)"/.exec(page.text)?.[1] ?? ''
    const body = { reason: 'x', ...(fields ?? { csrf }) }
    expect((await browser.post(`${HOME}/cafes/${cafe}/cacher`, body, headers)).status).toBe(403)
    expect((await openBrowser(hub.origin).get(`/cafes/${cafe}`)).status).toBe(200)
  })
})

describe('each act has a reason, in the journal', () => {
  test('a café is hidden, and shown again', async () => {
    const cafe = await aCafe('rennes', RENNES)
    const { browser } = await enter()
    const unsaid = await act(browser, `cafes/${cafe}/cacher`)
    expect(unsaid.status).toBe(422)
    expect(unsaid.text).toContain('Dites pourquoi')
    const visitor = openBrowser(hub.origin)
    expect((await visitor.get(`/cafes/${cafe}`)).status).toBe(200)

    const hidden = await act(browser, `cafes/${cafe}/cacher`, { reason: 'Le lieu est fermé.' })
    expect(hidden.status).toBe(303)
    expect((await visitor.get(`/cafes/${cafe}`)).status).toBe(404)
    expect((await browser.get(HOME)).text).toContain('Cafés cachés')
    await act(browser, `cafes/${cafe}/montrer`, { reason: 'Rouvert.' })
    expect((await visitor.get(`/cafes/${cafe}`)).status).toBe(200)

    const journal = await browser.get(`${HOME}/journal`)
    expect(readable(journal.text)).toContain('a caché le café « Café de rennes »')
    expect(journal.text).toContain('Le lieu est fermé.')
    const team = await signInByLink(hub)
    expect((await team.get('/administration/referents/journal')).text).toContain('Rouvert.')
  })

  test('a report, or several of its questions at once, is hidden and shown again; none elsewhere', async () => {
    const asked = ['Qui décide ?', 'Et l’eau ?', 'Pour qui ?']
    const [here, elsewhere] = [await aCafe('rennes', RENNES), await aCafe('brest', BREST)]
    for (const id of [here, elsewhere]) await saveTestReport(hub, id, asked)
    const { browser } = await enter()
    const visitor = openBrowser(hub.origin)
    const { db } = hub.context
    const shown = async () =>
      (await listQuestions(db, { limit: 9, offset: 0 })).map(
        ({ text, cafes }) => `${cafes} ${text}`,
      )
    const partsOf = async (id: string) =>
      listReportParts(db, (await findCafe(db, id)) ?? expect.fail())
    const [whole = expect.fail(), ...questions] = await partsOf(here)
    const part = questions.slice(0, 2).map(({ address }) => address)
    const reason = 'Elles visent quelqu’un.'
    expect((await act(browser, `bilans/${here}/cacher`, { reason })).text).toContain(
      'Choisissez au moins une chose.',
    )
    expect((await act(browser, `bilans/${here}/cacher`, { part })).status).toBe(422)
    expect((await act(browser, `bilans/${elsewhere}/cacher`, { part, reason })).status).toBe(404)
    const foreign = (await partsOf(elsewhere)).map(({ address }) => address)
    expect((await act(browser, `bilans/${here}/cacher`, { part: foreign, reason })).status).toBe(
      404,
    )
    expect((await shown()).toSorted()).toEqual(asked.map((text) => `2 ${text}`).toSorted())
    expect((await act(browser, `bilans/${here}/cacher`, { part, reason })).status).toBe(303)
    expect((await shown()).toSorted()).toEqual(['1 Et l’eau ?', '1 Qui décide ?', '2 Pour qui ?'])
    await act(browser, `bilans/${here}/cacher`, { part: whole.address, reason })
    expect((await visitor.get(`/cafes/${here}`)).text).not.toContain('23 personnes')
    await act(browser, `bilans/${here}/montrer`, { part: [whole.address, ...part], reason })
    expect((await visitor.get(`/cafes/${here}`)).text).toMatch(/23\spersonnes/)
    expect((await shown()).map((text) => text.slice(0, 1))).toEqual(['2', '2', '2'])
    const journal = readable((await browser.get(`${HOME}/journal`)).text)
    expect(journal).toContain(reason)
    expect((await browser.get(HOME)).text).not.toContain('Café de brest')
  })

  test('what the team, or a wider territory, has hidden is not theirs to show again', async () => {
    const id = await aCafe('rennes', RENNES)
    const { browser } = await enter()
    const { db, now } = hub.context
    const visitor = openBrowser(hub.origin)
    const seen = async () => (await visitor.get(`/cafes/${id}`)).status
    const team = { kind: 'team', name: 'Camille' } as const
    const hide = async (by: Author) => {
      await decideHeldCafe(db, { id, shown: true, reason: '', by: team }, now())
      await decideHeldCafe(db, { id, shown: false, reason: 'Faux.', by }, now())
      hub.advance({ minutes: 1 })
      return (await browser.get(HOME)).text.includes('Cafés cachés')
    }
    expect(await hide(team)).toBe(false)
    for (const [path, reason] of [
      ['montrer', 'Je le connais.'],
      ['cacher', 'Puis je le montre.'],
      ['montrer', 'Je le connais.'],
    ]) {
      const refused = await act(browser, `cafes/${id}/${path}`, { reason })
      expect(refused.status).toBe(403)
      expect(readable(refused.text)).toContain('demandez-lui de le montrer')
    }
    expect(await seen()).toBe(404)
    expect(await hide({ kind: 'referent', name: 'Anne', territory: 'r-53' })).toBe(false)
    expect((await act(browser, `cafes/${id}/montrer`, { reason: 'Non.' })).status).toBe(403)
    expect(await hide({ kind: 'referent', name: 'Léo', territory: 'c-35238' })).toBe(true)
    expect((await act(browser, `cafes/${id}/montrer`, { reason: 'Si.' })).status).toBe(303)
    expect(await seen()).toBe(200)
  })

  test('who asks to join is recommended; let in only where the team leaves it to referents', async () => {
    const { id } = await aPeer('vitre', RENNES, 'requested')
    const { browser } = await enter()
    const { db } = hub.context
    const reason = { reason: 'Je les connais.' }
    expect((await act(browser, `lieux/${id}/accepter`, reason)).status).toBe(404)
    expect((await act(browser, `lieux/${id}/recommander`, reason)).status).toBe(303)
    expect((await findPeer(db, id))?.membership).toBe('requested')
    const advised = readable((await browser.get(HOME)).text)
    expect(advised).toContain('Votre avis : Je les connais.')
    expect(advised).toContain('Changer mon avis')
    const team = await signInByLink(hub)
    expect((await team.get('/administration/reseau')).text).toContain('Je les connais.')

    await setReferents({ silentDays: 30, joining: 'admit' })
    hub.advance({ minutes: 1 })
    expect((await act(browser, `lieux/${id}/accepter`, reason)).status).toBe(303)
    expect((await findPeer(db, id))?.membership).toBe('member')
    const acts = (await listJournal(db, { limit: 10 })).map((entry) => entry.act)
    expect(acts).toEqual(['joining-admitted', 'joining-recommended'])
  })

  test('a site of which nothing says where it is is recommended by its address', async () => {
    const { db, now } = hub.context
    const actorUri = 'https://inconnu.example/actors/instance'
    const { id } = await upsertPeer(db, { actorUri, name: 'Le Lavoir' })
    await setMembership(db, id, 'requested', now(), { reason: '' })
    await aPeer('quimper', BREST, 'requested')
    const { browser } = await enter()
    expect((await browser.get(HOME)).text).not.toContain('Le Lavoir')
    const reason = 'Je les connais.'
    const say = (address: string, why = reason) =>
      act(browser, 'recommander', { address, reason: why })
    expect((await say('inconnu.example', '')).status).toBe(422)
    for (const elsewhere of ['quimper.example', 'personne.example', ''])
      expect((await say(elsewhere)).status).toBe(404)
    expect((await say('https://inconnu.example/')).status).toBe(303)
    const advice = await db.selectFrom('joining_advice').select(['peer_id', 'reason']).execute()
    expect(advice).toEqual([{ peer_id: id, reason }])
  })

  test('a café is announced for a structure that asks, and says so; not outside the territory', async () => {
    const { browser } = await enter()
    await makeLegal(hub)
    const path = '/administration/cafes/nouveau/35'
    const form = await browser.get(path)
    const typed = {
      save: 'publish',
      announcedFor: 'Amicale [laïque](https://evil.example)',
      title: 'L’IA autour d’un café',
      date: '2026-12-12',
      time: '15:00',
      'venue.name': 'Salle des fêtes',
      'venue.town': '35500 Vitré',
    }
    const outside = await browser.submit(form, path, {
      ...typed,
      'venue.town': '29200 Brest',
    })
    expect(outside.status).toBe(422)
    expect(readable(outside.text)).toContain('Ce lieu n’est pas dans votre territoire.')
    expect(outside.text).toContain('value="Salle des fêtes"')
    const long = 'é'.repeat(151)
    const cut = await browser.submit(form, path, { ...typed, announcedFor: long })
    expect(cut.status).toBe(422)
    expect(cut.text).toContain(`value="${long}"`)
    expect(readable(cut.text)).toMatch(/id="announcedFor-erreur">[^<]*150 caractères au plus/u)
    const made = await browser.submit(form, path, typed)
    expect(made.status).toBe(303)
    const page = await openBrowser(hub.origin).get(made.location ?? '')
    expect(readable(page.text)).toContain('Annoncé à sa demande par l’annuaire')
    expect(page.text).not.toContain('href="https://evil.example"')
    expect(page.text).not.toContain('Claire')
  })

  test('the person stops from the administration', async () => {
    const { browser, id } = await enter()
    const page = await browser.get(HOME)
    const stopped = await browser.submit(page, `${HOME}/arreter`)
    expect(stopped.status).toBe(303)
    expect(await findReferent(hub.context.db, id)).toMatchObject({
      state: 'ended',
      endReason: 'resigned',
    })
  })
})

describe('what happens by the clock', () => {
  const care = () => sendReferentReminders(hub.context)
  const sent = async () =>
    (await writtenMails(hub)).map(({ to, subject, text }) => ({
      ...{ recipient: to, subject: readable(subject), text: readable(text) },
    }))

  test('the weekly mail leaves on Monday from 8 h in the zone of the territory, once, and only if something waits', async () => {
    await aPeer('vitre', RENNES, 'requested')
    await appoint(hub)
    await appoint(hub, { territory: '974', email: 'reunion@lieu.example', name: 'Noé' })
    await aPeer(
      'saint-denis',
      { commune: 'Saint-Denis', codeInsee: '97411', departement: '974', region: '04' },
      'requested',
    )
    await appoint(hub, { territory: '29', email: 'brest@lieu.example', name: 'Rien n’attend' })
    // The clock moves from Wednesday 10:00 to Monday 5:00 in Paris, which is 8:00 in Saint-Denis.
    hub.advance({ hours: 4 * 24 + 19, minutes: 1 })
    await care()
    await care()
    expect((await sent()).map(({ recipient }) => recipient)).toEqual(['reunion@lieu.example'])
    hub.advance({ hours: 3 })
    await care()
    const all = await sent()
    expect(all.map(({ recipient }) => recipient)).toEqual([
      'reunion@lieu.example',
      'claire@lieu.example',
    ])
    expect(all[1]?.text).toContain('1 lieu demande à rejoindre l’annuaire')
    expect(all[1]?.text).toContain('/administration/territoire/35')
    hub.advance({ hours: 24 })
    await care()
    expect((await sent()).length).toBe(2)
  })

  test('reminders leave sixty and fifteen days before the end, each once; then the mandate ends', async () => {
    await signInByLink(hub)
    const today = Temporal.PlainDate.from('2026-11-25')
    const id = await appoint(hub, { endsOn: today.add({ days: 61 }) })
    const { db, now } = hub.context
    const subjects = async () =>
      (await sent()).map(({ recipient, subject }) => `${recipient} ${subject}`).toSorted()
    await care()
    expect(await subjects()).toEqual([])
    hub.advance({ hours: 24 })
    // The referent was seen recently, so that the mails about absence do not interfere.
    await db.updateTable('referent').set({ last_seen_at: '2027-02-01T00:00:00Z' }).execute()
    await care()
    await care()
    expect(await subjects()).toEqual([
      'camille@mediatheque.example Un mandat se termine dans 60 jours : Ille-et-Vilaine (35)',
      'claire@lieu.example Votre mandat se termine dans 60 jours : Ille-et-Vilaine (35)',
    ])
    // The server was off on the fifteenth day before: the mail says how many days are left then.
    hub.advance({ hours: 24 * 50 })
    await care()
    const later = await subjects()
    expect(later.length).toBe(4)
    expect(later.filter((each) => each.includes('se termine dans 10 jours'))).toHaveLength(2)
    hub.advance({ hours: 24 * 11 })
    await care()
    expect(await findReferent(db, id)).toMatchObject({ state: 'ended', endReason: 'expired' })
    expect((await subjects()).join('\n')).toContain('claire@lieu.example Votre mandat est terminé')
    expect(Temporal.Instant.compare(now(), Temporal.Instant.from('2027-01-26T00:00:00Z'))).toBe(1)
  })

  test('when a referent is inactive for as long as the team set, the next level up is told; a visit undoes it', async () => {
    await signInByLink(hub)
    const { browser, id } = await enter()
    await appoint(hub, { territory: 'r-53', email: 'bretagne@lieu.example', name: 'Bretagne' })
    const { db } = hub.context
    await setReferents({ silentDays: 10, joining: 'recommend' })
    hub.advance({ hours: 24 * 10 - 1 })
    await care()
    expect(await findReferent(db, id)).toMatchObject({ escalatedAt: undefined })
    hub.advance({ hours: 1 })
    await db
      .updateTable('referent')
      .set({ last_seen_at: hub.context.now().toString() })
      .where('territory', '=', 'r-53')
      .execute()
    await care()
    await care()
    const told = (await sent()).filter(({ subject }) => subject.includes('Personne n’a répondu'))
    expect(told.map(({ recipient }) => recipient)).toEqual(['bretagne@lieu.example'])
    expect((await findReferent(db, id))?.escalatedAt).toBeDefined()
    await browser.get(HOME)
    expect((await findReferent(db, id))?.escalatedAt).toBeUndefined()
  })

  test('where no referent is above, the team is told', async () => {
    await signInByLink(hub)
    const id = await appoint(hub)
    hub.advance({ hours: 24 * 31 })
    await care()
    const told = (await sent()).filter(({ subject }) => subject.includes('Personne n’a répondu'))
    expect(told.map(({ recipient }) => recipient)).toEqual(['camille@mediatheque.example'])
    expect(told[0]?.text).toContain(`/administration/referents/${id}`)
  })
})

test('a referent who also manages a network, or is in the team, has links from each workspace to the other', async () => {
  const { db, now } = hub.context
  const organization = await findSiteStructure(db)
  const network = await declareNetwork(
    db,
    {
      description: { name: 'La Poste', presentation: '', website: undefined },
      by: OPERATOR,
      home: {
        organizationId: organization?.id ?? '',
        origin: hub.origin,
        actorUri: `${hub.origin}/actors/instance`,
      },
    },
    now(),
  )
  const { browser } = await enter()
  const DASHBOARD = '/administration/tableau-de-bord/la-poste'
  expect((await browser.get(HOME)).text).not.toContain(DASHBOARD)
  await addManager(db, { networkId: network.id, email: 'claire@lieu.example' }, now())
  // After signing in, a person is led to the networks first.
  expect((await browser.get('/administration')).location).toBe('/administration/tableau-de-bord')
  const dashboard = await browser.get(DASHBOARD)
  expect(dashboard.text).toContain(`<a href="${HOME}">`)
  expect(readable(dashboard.text)).toContain('Territoire : Ille-et-Vilaine (35)')
  expect((await browser.get(HOME)).text).toContain(`<a href="${DASHBOARD}">`)
  // The person is also of the team: the administration has links to both workspaces, and both have a link back.
  const account = await findAccountByEmail(db, 'claire@lieu.example')
  await db
    .insertInto('role')
    .values({
      account_id: account?.id ?? '',
      organization_id: organization?.id ?? '',
      role: 'editor',
    })
    .execute()
  const admin = await browser.get('/administration')
  for (const path of [HOME, DASHBOARD]) {
    expect(admin.text).toContain(`<a href="${path}">`)
    expect((await browser.get(path)).text).toContain('<a href="/administration">')
  }
})

import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addressOfPicture } from '../../../node/domain/federation/hidden-object.ts'
import { FLAG_DAYS, FLAGS_STORED } from '../../../node/domain/flags/flag.ts'
import { LIMITS } from '../../../node/domain/limits/limits.ts'
import { longDate } from '../../../node/domain/values/date-text.ts'
import { dayInParis } from '../../../node/domain/values/days.ts'
import { RETENTION_DAYS } from '../../../node/domain/values/retention.ts'
import { purge } from '../../../node/jobs/purge.ts'
import { sendMails } from '../../../node/jobs/send-mails.ts'
import { appendTeamMail } from '../../../node/routes/flags/mails.ts'
import { createMailer } from '../../../node/server/mail.ts'
import { createSession } from '../../../node/store/accounts/sessions.ts'
import { insertColleague } from '../../../node/store/accounts/team.ts'
import { inTransaction } from '../../../node/store/database/database.ts'
import { isBlocked } from '../../../node/store/directory/blocks.ts'
import { insertHidden, isHiddenHere } from '../../../node/store/directory/hidden-objects.ts'
import {
  findCafePictureBytes,
  saveAnnouncedPicture,
  saveCafePictureCopy,
} from '../../../node/store/files/cafe-pictures.ts'
import { saveAppealOfPlace } from '../../../node/store/flags/appeals.ts'
import { findOpenCase, saveFlag } from '../../../node/store/flags/cases.ts'
import { countDecisions } from '../../../node/store/flags/count-decisions.ts'
import { findFlagged } from '../../../node/store/flags/flagged.ts'
import { listTeamEmails } from '../../../node/store/structures/team-addresses.ts'
import { signInByLink } from '../../support/admin.ts'
import { type Browser, openBrowser } from '../../support/browser.ts'
import { knowCafe, RENNES } from '../../support/known-peer.ts'
import { readable } from '../../support/readable.ts'
import { enterAdmin } from '../../support/referents.ts'
import { headerOf, type Relay, startRelay, textOfMail } from '../../support/relay.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

let relay: Relay
let hub: WebServer
let team: Browser
let visitor: Browser
beforeAll(async () => {
  relay = await startRelay()
  hub = await startWeb({ role: 'hub', smtpUrl: relay.url, trustProxy: '127.0.0.1' })
  team = await signInByLink(hub)
  visitor = openBrowser(hub.origin)
})
afterAll(async () => {
  await hub?.stop()
  await relay?.stop()
})

/** Sends the mails that wait, and returns those of one address. */
async function mailsTo(address: string, ...more: string[]) {
  const { mail } = hub.context.config
  if (!mail) throw new Error('no mail')
  await sendMails(hub.context, createMailer(mail))
  const taken = relay.taken.splice(0)
  return taken
    .filter(({ to }) => [address, ...more].includes(to.join()))
    .map(({ raw }) => ({
      subject: headerOf(raw, 'subject') ?? '',
      text: readable(textOfMail(raw)),
    }))
}

const knowOne = async (title: string) => {
  const cafe = await knowCafe(
    hub,
    { host: `lieu-${randomUUID().slice(0, 8)}`, place: RENNES },
    { title },
  )
  return {
    ...cafe,
    form: `/signaler?${new URLSearchParams({ objet: `${hub.origin}/cafes/${cafe.id}` })}`,
  }
}

const flag = (form: string, fields: object = {}, from = '203.0.113.1') =>
  visitor.post(
    form,
    { motif: 'paid', texte: 'On m’a demandé 15 euros à l’entrée.', ...fields },
    { 'x-forwarded-for': from },
  )

const linkIn = (text: string) => /\/recours\/[\w-]{43}/.exec(text)?.[0] ?? expect.fail(text)

/** Signs in one more administrator of the site. */
async function colleague(): Promise<Browser> {
  const { db, now } = hub.context
  const id = randomUUID()
  const account = { id, email: `${id}@lieu.example`, name: 'Noa', passwordHash: 'x' }
  const role = { role: 'administrator', organizationId: hub.organization.id } as const
  await inTransaction(db, (trx) => insertColleague(trx, { ...account, ...role }, now()))
  const browser = openBrowser(hub.origin)
  const [cookie = ''] = team.cookies.keys()
  browser.cookies.set(cookie, await createSession(db, { accountId: id, userAgent: '' }, now()))
  return browser
}

const caseOf = async (uri: string, kind: 'cafe' | 'picture' = 'cafe') =>
  (await findOpenCase(hub.context.db, { kind, uri })) ?? expect.fail('no case')

async function decide(by: Browser, id: string, fields: Record<string, string>) {
  const path = `/administration/a-traiter/${id}`
  return by.submit(await by.get(path), path, fields)
}

test('who flags a café reads when it is decided, the decision with its reasons, and can appeal it', async () => {
  const cafe = await knowOne('IA et bien-être')
  expect(readable((await visitor.get(`/cafes/${cafe.id}`)).text)).toContain('Signaler ce café')
  const empty = await visitor.post(cafe.form, { texte: 'Payant', courriel: 'personne' })
  expect(empty.status).toBe(422)
  for (const words of ['Choisissez ce qui ne va pas', 'n’est pas complète', '>Payant</textarea>'])
    expect(readable(empty.text)).toContain(words)

  const sent = await flag(cafe.form, { courriel: 'ines@chez-elle.example' })
  expect([sent.status, readable(sent.text)]).toEqual([200, expect.stringContaining('est arrivé')])
  const own = linkIn(sent.text)
  await flag(cafe.form, { courriel: 'paul@chez-lui.example' }, '198.51.100.7')
  const { id } = await caseOf(cafe.uri)
  const toTeam = await mailsTo('ines@chez-elle.example')
  expect(toTeam.map(({ text }) => text.includes('IA et bien-être'))).toEqual([true])
  expect(linkIn(toTeam[0]?.text ?? '')).not.toBe(own)

  const queue = readable((await team.get('/administration/a-traiter')).text)
  expect(queue).toContain('IA et bien-être')
  const page = readable((await team.get(`/administration/a-traiter/${id}`)).text)
  expect(page).toContain('15 euros')
  expect(page).not.toContain('ines@')

  const answer = 'Un café IA est gratuit ; celui-ci demande 15 €.'
  const without = await decide(team, id, { outcome: 'hidden', answer: ' ' })
  expect([without.status, readable(without.text)]).toEqual([
    422,
    expect.stringContaining('Dites pourquoi'),
  ])
  expect((await decide(team, id, { outcome: 'kept', answer: 'Il est gratuit.' })).status).toBe(303)
  const [told] = await mailsTo('ines@chez-elle.example')
  expect(told?.text).toContain('Il est gratuit.')
  const appeal = await visitor.submit(await visitor.get(own), own, {
    act: 'appeal',
    words: 'Si, j’ai payé.',
  })
  expect(appeal.status).toBe(303)
  expect(readable((await visitor.get(own)).text)).toContain('Votre recours est arrivé')
  const again = await visitor.post(own, { act: 'appeal', words: 'Encore.' })
  expect([again.status, readable(again.text)]).toEqual([
    422,
    expect.stringContaining('Votre recours est arrivé'),
  ])

  const waiting = async () => readable((await visitor.get('/transparence')).text)
  expect(await waiting()).toContain('1 recours attend, dont 0 en retard')
  const { db, now } = hub.context
  const { due_at } = await db.selectFrom('appeal').select('due_at').executeTakeFirstOrThrow()
  const late = now().subtract({ hours: 1 }).toString()
  await db.updateTable('appeal').set({ due_at: late }).execute()
  hub.advance({ minutes: 1 })
  expect(await waiting()).toContain('1 recours attend, dont 1 en retard')
  await db.updateTable('appeal').set({ due_at }).execute()
  hub.advance({ minutes: 1 })
  const other = await colleague()
  const due = dayInParis(hub.context.now().add({ hours: 24 * FLAG_DAYS.appeal }))
  expect(readable((await team.get('/administration/a-traiter?etat=recours')).text)).toContain(
    readable(longDate(due)),
  )
  expect(readable((await team.get(`/administration/a-traiter/${id}`)).text)).toContain(
    'une autre personne de l’équipe répond au recours',
  )
  const shown = await other.get(`/administration/a-traiter/${id}`)
  const version = /name="version" value="([^"]+)"/.exec(shown.text)?.[1] ?? ''
  const csrf =
    /name="csrf" value="([^"]+)"/.exec((await team.get('/administration')).text)?.[1] ?? ''
  const forced = { csrf, version, outcome: 'hidden', answer }
  expect((await team.post(`/administration/a-traiter/${id}`, forced)).status).toBe(403)
  expect((await decide(other, id, { outcome: 'hidden', answer })).status).toBe(303)
  // Who flagged it too, and has not appealed, hears what holds now.
  const [upheld, holds] = await mailsTo('ines@chez-elle.example', 'paul@chez-lui.example')
  expect(upheld?.text).toContain(answer)
  for (const words of ['a été contestée, et relue', answer]) expect(holds?.text).toContain(words)
  expect(await isHiddenHere(hub.context.db, cafe.uri)).toBe(true)
  const after = readable((await visitor.get(own)).text)
  expect(after).toContain('Votre recours a changé la décision')
  expect(after).not.toContain(`href="/cafes/${cafe.id}"`)
  // Another text after `?` is no other page.
  for (const path of ['/transparence', '/etat']) {
    const led = await visitor.get(`${path}?x=1&lang=en`)
    expect([led.status, led.location]).toEqual([303, `${path}?lang=en`])
  }
  const numbers = readable((await visitor.get('/transparence')).text)
  expect(numbers).toContain('1 recours décidé, dont 1 a changé la décision')
})

test('the picture of a café is hidden by itself, and shown again', async () => {
  const { db, now } = hub.context
  const cafe = await knowOne('Avec photo')
  const announced = { address: 'https://lieu.example/photo.jpg', alt: 'Deux personnes au comptoir' }
  await saveAnnouncedPicture(db, cafe.id, announced)
  const bytes = new Uint8Array([1, 2, 3])
  const copy = { small: bytes, large: bytes, width: 3, height: 2 }
  await saveCafePictureCopy(db, { cafeId: cafe.id, address: announced.address }, copy)
  const form = `/signaler?${new URLSearchParams({ objet: `${hub.origin}/cafes/${cafe.id}/photo` })}`
  expect((await flag(form, { motif: 'privacy' })).status).toBe(200)
  const address = addressOfPicture(cafe.uri)
  const { id } = await caseOf(address, 'picture')
  expect(readable((await team.get(`/administration/a-traiter/${id}`)).text)).toContain(
    'au comptoir',
  )
  const isShown = async () =>
    (await visitor.get(`/cafes/${cafe.id}?${now()}`)).text.includes('au comptoir')
  expect(await isShown()).toBe(true)
  const decision = { outcome: 'hidden', answer: 'Sans leur accord.' }
  expect((await decide(team, id, decision)).status).toBe(303)
  expect(await isShown()).toBe(false)
  expect((await visitor.get(`/cafes/${cafe.id}`)).status).toBe(200)
  expect(await findCafePictureBytes(db, cafe.id, 'small')).toBeUndefined()
  expect((await flag(form)).status).toBe(404)
  const hidden = await team.get('/administration/reseau/masques')
  expect(readable(hidden.text)).toContain('Photo d’un café')
  const csrf = /name="csrf" value="([^"]+)"/.exec(hidden.text)?.[1] ?? ''
  const again = { csrf, uri: address }
  expect((await team.post('/administration/reseau/masques/montrer', again)).status).toBe(303)
  expect(await isShown()).toBe(true)
})

test('forty people flag one café: it is one row with their number, and one of them is counted once a day', async () => {
  const cafe = await knowOne('Quarante')
  for (let one = 0; one < 40; one++)
    expect((await flag(cafe.form, {}, `198.51.${one}.1`)).status).toBe(200)
  expect((await caseOf(cafe.uri)).total).toBe(40)
  const queue = readable((await team.get('/administration/a-traiter')).text)
  expect(queue).toContain('40 signalements')
  expect(queue.match(/>Quarante</g)).toHaveLength(1)
  const last = await Promise.all([1, 2, 3].map(() => flag(cafe.form, {}, '198.51.1.1')))
  expect(last.map(({ status }) => status).toSorted()).toEqual([200, 200, 429])

  const { db, now } = hub.context
  const flagged = await findFlagged(db, { address: cafe.uri, origin: hub.origin }, now())
  const said = { reason: 'paid', words: 'x', email: undefined, host: undefined } as const
  for (let one = 0; one < FLAGS_STORED; one++)
    await saveFlag(db, flagged ?? expect.fail(), said, now())
  const counted = await flag(cafe.form, {}, '203.0.113.77')
  expect(readable(counted.text)).toContain('vos mots ne sont pas gardés')
  expect(counted.text).not.toContain('/recours/')
})

test('two who decide at once: the second is told, and keeps the words', async () => {
  const cafe = await knowOne('Deux à la fois')
  await flag(cafe.form, {}, '203.0.113.5')
  const { id } = await caseOf(cafe.uri)
  const path = `/administration/a-traiter/${id}`
  const open = await team.get(path)
  await decide(team, id, { outcome: 'warned', answer: 'Corrigez le prix.' })
  const late = await team.submit(open, path, { outcome: 'hidden', answer: 'Mes mots à moi' })
  expect([late.status, readable(late.text)]).toEqual([
    409,
    expect.stringContaining('Une autre personne a décidé'),
  ])
  expect(await isHiddenHere(hub.context.db, cafe.uri)).toBe(false)
})

test('a referent decides in their territory alone, and leaves a case to the team', async () => {
  const cafe = await knowOne('À Rennes')
  await flag(cafe.form, { motif: 'privacy' }, '203.0.113.6')
  const { id } = await caseOf(cafe.uri)
  const { browser: there } = await enterAdmin(hub, { territory: '35', email: 'ici@lieu.example' })
  const { browser: elsewhere } = await enterAdmin(hub, {
    ...{ territory: '29', email: 'ailleurs@lieu.example' },
  })
  const list = '/administration/territoire/35/signalements'
  expect(readable((await there.get(list)).text)).toContain('À Rennes')
  expect((await there.get(`${list}/${id}`)).status).toBe(200)
  const own = '/administration/territoire/29/signalements'
  expect(readable((await elsewhere.get(own)).text)).not.toContain('À Rennes')
  const csrf = /name="csrf" value="([^"]+)"/.exec((await elsewhere.get(own)).text)?.[1] ?? ''
  const decision = { csrf, version: 'open 0', outcome: 'hidden', answer: 'Non.' }
  for (const path of [list, `${list}/${id}`, `${own}/${id}`])
    expect([path, (await elsewhere.get(path)).status]).toEqual([path, 403])
  for (const path of [`${list}/${id}`, `${own}/${id}`])
    expect([path, (await elsewhere.post(path, decision)).status]).toEqual([path, 403])
  const left = await there.submit(await there.get(`${list}/${id}`), `${list}/${id}`, {
    outcome: 'team',
  })
  expect(left.location).toBe(list)
  expect(readable((await team.get('/administration/a-traiter')).text)).toContain(
    'Laissé à l’équipe',
  )
  const hidden = await there.submit(await there.get(`${list}/${id}`), `${list}/${id}`, {
    ...{ outcome: 'hidden', answer: 'Une personne est reconnaissable.' },
  })
  expect(hidden.status).toBe(303)
  expect(await isHiddenHere(hub.context.db, cafe.uri)).toBe(true)
})

test('what somebody wrote is erased at their wish, and after its time; a late appeal says why it is late', async () => {
  const cafe = await knowOne('À oublier')
  const { db, now } = hub.context
  const first = linkIn((await flag(cafe.form, { courriel: 'a@b.example' }, '203.0.113.8')).text)
  const second = linkIn((await flag(cafe.form, { courriel: 'c@d.example' }, '203.0.113.9')).text)
  const early = await visitor.post(first, { act: 'appeal', words: 'Déjà' })
  expect([early.status, readable(early.text)]).toEqual([
    422,
    expect.stringContaining('n’est pas encore prise'),
  ])
  expect((await visitor.post(first, { act: 'erase' })).status).toBe(303)
  const { id, uri } = await caseOf(cafe.uri)
  const flags = () =>
    db
      .selectFrom('flag')
      .selectAll()
      .where('case_id', '=', id)
      .orderBy('at')
      .orderBy('id')
      .execute()
  expect((await flags()).map(({ words, email }) => [words === '', email])).toEqual([
    [true, null],
    [false, 'c@d.example'],
  ])
  await decide(team, id, { outcome: 'kept', answer: 'Rien à changer.' })
  const appeals = () => db.selectFrom('appeal').select('words').where('case_id', '=', id).execute()
  await visitor.post(first, { act: 'appeal', words: 'Pas d’accord.' })
  expect(await appeals()).toEqual([{ words: 'Pas d’accord.' }])
  await visitor.submit(await visitor.get(first), first, { act: 'erase' })
  expect(await appeals()).toEqual([{ words: '' }])
  const at = now().subtract({ hours: 24 * (RETENTION_DAYS.flag + 1) })
  await db
    .updateTable('appeal')
    .set({ words: 'Jamais lu.', at: at.toString() })
    .where('case_id', '=', id)
    .execute()
  const before = now().subtract({ hours: 24 * (FLAG_DAYS.mayAppeal + 1) })
  await db
    .updateTable('flag_case')
    .set({ decided_at: before.toString() })
    .where('id', '=', id)
    .execute()
  const late = await visitor.post(second, { act: 'appeal', words: 'Un an après' })
  expect([late.status, readable(late.text)]).toEqual([
    422,
    expect.stringContaining('Il est trop tard'),
  ])
  await purge(hub.context)
  expect((await flags()).map(({ words, email }) => [words, email])).toEqual([
    ['', null],
    ['', null],
  ])
  expect(await appeals()).toEqual([{ words: '' }])
  expect(readable((await visitor.get(second)).text)).toContain('Il est trop tard')
  expect(await findOpenCase(db, { kind: 'cafe', uri })).toBeUndefined()
})

test('an address that anybody may have typed is written to about few flags, their decisions included', async () => {
  const email = 'victime@chez-lui.example'
  const { points } = LIMITS['flag mails']
  for (let one = 0; one <= points; one++) {
    const cafe = await knowOne(`Victime ${one}`)
    expect((await flag(cafe.form, { courriel: email }, `192.0.2.${one}`)).status).toBe(200)
    await decide(team, (await caseOf(cafe.uri)).id, { outcome: 'kept', answer: 'Non.' })
  }
  expect(await mailsTo(email)).toHaveLength(2 * points)
})

test('a flood of flags does not fill the mailbox of the team, which finds all of them in its list', async () => {
  const { points } = LIMITS['flag mails of a team']
  const { db, now } = hub.context
  const cafe = await knowOne('Submergé')
  await flag(cafe.form, {}, '203.0.113.90')
  const flagged =
    (await findFlagged(db, { address: cafe.uri, origin: hub.origin }, now())) ?? expect.fail()
  const about = { flagCase: await caseOf(cafe.uri), flagged, siteName: 'Annuaire' }
  const told = { ...about, page: cafe.uri, origin: hub.origin }
  for (let one = 0; one <= points; one++) await appendTeamMail(db, told, now())
  const [to = ''] = await listTeamEmails(db)
  const mails = await db
    .selectFrom('mail')
    .select('id')
    .where('template', '=', 'flag')
    .where('recipient', '=', to)
    .execute()
  expect(mails).toHaveLength(points)
})

test('what is hidden without a flag is counted apart, also once its place appeals', async () => {
  const { db, now } = hub.context
  const { uri } = await knowOne('Masqué sans signalement')
  const count = async () => {
    const { decisions, ownHidden, received } = await countDecisions(db, now())
    return [decisions.reduce((sum, { total }) => sum + total, 0), received, ownHidden] as const
  }
  const [decided, received, own] = await count()
  const hidden = { kind: 'cafe', uri, reason: 'Payant.', territory: undefined } as const
  await inTransaction(db, (trx) => insertHidden(trx, hidden, now()))
  expect(await count()).toEqual([decided, received, own + 1])
  expect(
    await inTransaction(db, (trx) => saveAppealOfPlace(trx, { uri, words: 'Gratuit.' }, now())),
  ).toBe(true)
  expect(await count()).toEqual([decided, received, own + 1])
})

test('nothing but a public page of this site can be flagged', async () => {
  for (const address of [
    'https://ailleurs.example/cafes/1',
    `${hub.origin}/administration`,
    `${hub.origin}/cafes/${randomUUID()}`,
    'javascript:alert(1)',
    'x'.repeat(5000),
    '',
  ]) {
    const form = `/signaler?${new URLSearchParams({ objet: address })}`
    const asked = await visitor.get(form)
    expect([address.slice(0, 60), asked.status]).toEqual([address.slice(0, 60), 200])
    expect(asked.text).toContain('id="objet-erreur"')
    expect((await flag(form)).status).toBe(404)
  }
  expect((await visitor.get('/signaler')).status).toBe(200)
})

test('a block has a public reason, a note for the team, and ends after its last day', async () => {
  const { db } = hub.context
  const page = await team.get('/administration/reseau')
  const said = {
    ...{ 'block.domain': 'spam.example', 'block.reason': 'Des annonces fausses.' },
    ...{ 'block.note': 'Vu avec Noa.', 'block.until': '2001-01-01' },
  }
  const csrf = /name="csrf" value="([^"]+)"/.exec(page.text)?.[1] ?? ''
  const wrong = await team.post('/administration/reseau/blocages', { csrf, ...said })
  expect(wrong.status).toBe(422)
  expect(readable(wrong.text)).toContain('Donnez un jour à venir')
  const until = { csrf, ...said, 'block.until': '2999-01-01' }
  expect((await team.post('/administration/reseau/blocages', until)).status).toBe(303)
  const shown = readable((await visitor.get('/transparence')).text)
  expect(shown).toContain('Des annonces fausses.')
  expect(shown).not.toContain('Vu avec Noa.')
  expect(readable((await team.get('/administration/reseau/blocages')).text)).toContain(
    'Vu avec Noa.',
  )
  await purge(hub.context)
  expect(await isBlocked(db, 'un.spam.example')).toBe(true)
  await db.updateTable('block').set({ ends_on: '2001-01-01' }).execute()
  await purge(hub.context)
  expect(await isBlocked(db, 'un.spam.example')).toBe(false)
})

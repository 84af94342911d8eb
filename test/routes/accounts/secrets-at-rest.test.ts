import { sql } from 'kysely'
import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApiToken } from '../../../node/commands/token.ts'
import { OPERATOR } from '../../../node/domain/cafes/edit.ts'
import { LINK_PURPOSES } from '../../../node/domain/values/link.ts'
import { sendConfirmationRequests } from '../../../node/jobs/ask-confirmations.ts'
import { askAboutNamings } from '../../../node/jobs/renew-consents.ts'
import { askForReports } from '../../../node/jobs/reports/ask-for-reports.ts'
import { sendAlerts } from '../../../node/jobs/send-alerts.ts'
import { sendMails } from '../../../node/jobs/send-mails.ts'
import { sendToDo } from '../../../node/jobs/send-to-do.ts'
import { createMailer } from '../../../node/server/mail.ts'
import { isPostgres } from '../../../node/store/database/dialect.ts'
import { hashToken } from '../../../node/store/database/secrets.ts'
import { listFollowings } from '../../../node/store/directory/followings.ts'
import { decideMembership } from '../../../node/store/memberships.ts'
import { declareNetwork } from '../../../node/store/networks/networks.ts'
import { countWaitingDeliveries } from '../../../node/store/queues/deliveries.ts'
import { appendMail } from '../../../node/store/queues/mails.ts'
import { insertMandateCode } from '../../../node/store/referents/codes.ts'
import { draftMail } from '../../../ui/admin/mail-templates.ts'
import { announce, EMAIL, newLinkPath, PASSWORD, signInByLink } from '../../support/admin.ts'
import { type Browser, openBrowser } from '../../support/browser.ts'
import { peerOf, type Site, startSite, until, untilJoined } from '../../support/network.ts'
import { type Relay, startRelay, textOfMail } from '../../support/relay.ts'
import { startWeb, type WebServer } from '../../support/server.ts'
import { readWholeDatabase } from '../../support/whole-database.ts'

/** A copy of the database does not let a thief sign in: each secret is stored as a hash, if at all. */

let relay: Relay
let hub: WebServer
let admin: Browser
let visitor: Browser
/** The secrets that give access, by the way in which a person received them. */
const secrets = new Map<string, string>()

beforeAll(async () => {
  relay = await startRelay()
  hub = await startWeb({ role: 'hub', smtpUrl: relay.url, trustProxy: '127.0.0.1' })
  admin = await signInByLink(hub)
  visitor = openBrowser(hub.origin)
  await sendAlerts(hub.context)
})
afterAll(async () => {
  await hub.stop()
  await relay.stop()
})

/** Matches every page whose address is a secret. */
const SECRET_PATH =
  /\/(?:lien|premier-acces|adresse|invitation|confirmation|arret|mandat|acces|pas-moi|moi|retrait|inscriptions|recours|propositions|bilans)\/([\w-]{17,})/g

/** The purposes of all links that are made during the test. */
const purposes = new Set<string>()
async function notePurposes(): Promise<void> {
  const rows = await hub.context.db.selectFrom('link').select('purpose').distinct().execute()
  for (const { purpose } of rows) purposes.add(purpose)
}

/** Sends the mails that wait and returns the secrets in their texts, none of which is in the database before. */
async function deliver(): Promise<string[]> {
  const { mail } = hub.context.config
  if (!mail) throw new Error('no mail')
  await expectNoLink()
  relay.taken.length = 0
  // The first mail is refused and sent again: a retry leaves nothing behind either.
  relay.refuseNext(451)
  await sendMails(hub.context, createMailer(mail))
  hub.advance({ minutes: 2 })
  await sendMails(hub.context, createMailer(mail))
  await notePurposes()
  const found = relay.taken.flatMap(({ to, raw }) =>
    [...textOfMail(raw).matchAll(SECRET_PATH)].map(([path, token = '']) => {
      secrets.set(`${path.split('/')[1]} to ${to}: ${secrets.size}`, token)
      return path
    }),
  )
  return found
}

const namesOf = (links: string[]): string[] => links.map((path) => path.split('/')[1] ?? '').sort()

async function expectNoLink(): Promise<void> {
  for (const line of await readWholeDatabase(hub))
    expect([...line.matchAll(SECRET_PATH)].map(([path]) => path)).toEqual([])
}

function keepShown(what: string, text: string): string {
  const [[, token = ''] = []] = [...text.matchAll(SECRET_PATH)]
  if (token === '') throw new Error(`no link: ${what}`)
  secrets.set(what, token)
  return token
}

/** Registers two people at a café, and returns its id: one gets a link by mail, one a code on the page. */
async function registerAtCafe(): Promise<string> {
  const id = await announce(admin, { title: 'Sur inscription', 'registration.mode': 'local' })
  const path = `/cafes/${id}/inscription`
  for (const contact of [{ courriel: 'ines@mail.example' }, { telephone: '06 39 98 00 00' }]) {
    const form = await visitor.get(path)
    hub.advance({ seconds: 5 })
    const page = await visitor.submit(form, path, { prenom: 'Inès', age: 'oui', ...contact })
    const code = /[a-z2-9]{5}-[a-z2-9]{5}-[a-z2-9]{5}/.exec(page.text)?.[0]
    if (code) secrets.set('code of a registration', code)
  }
  expect(secrets.has('code of a registration')).toBe(true)
  return id
}

/** Flags a café: its page has a link, and so has a mail. */
async function flagCafe(id: string): Promise<void> {
  const form = `/signaler?${new URLSearchParams({ objet: `${hub.origin}/cafes/${id}` })}`
  const said = { motif: 'paid', texte: '15 euros', courriel: 'lea@mail.example' }
  keepShown('flag', (await visitor.post(form, said)).text)
}

/** Names a person who was invited by mail as leading a café. */
async function nameInCafe(cafeId: string): Promise<void> {
  const { db } = hub.context
  const { facilitator_id } = await db
    .selectFrom('facilitator_contact')
    .select('facilitator_id')
    .where('email', '=', 'lou@mail.example')
    .executeTakeFirstOrThrow()
  await db
    .insertInto('cafe_facilitator')
    .values({ cafe_id: cafeId, facilitator_id, position: 0 })
    .execute()
}

test('no secret that a person was shown or sent is in the database', async () => {
  const { db, now, config } = hub.context
  secrets.set('password', PASSWORD)
  for (const [name, value] of admin.cookies) secrets.set(`cookie ${name}`, value)
  secrets.set('link of the command line', (await newLinkPath(hub)).split('/').at(-1) ?? '')

  const team = '/administration/equipe'
  const invite = async (fields: Record<string, string>) =>
    admin.submit(await admin.get(team), `${team}/invitations`, { role: 'editor', ...fields })
  keepShown('invitation on paper', (await invite({ way: 'paper' })).text)
  await invite({ way: 'mail', email: 'noa@lieu.example' })

  const network = await admin.get('/administration/reseau')
  const coded = await admin.submit(network, '/administration/reseau/invitations', {
    'invitation.label': 'Lieu',
  })
  secrets.set(
    'code of the directory',
    /\b[a-z2-9]{5}-[a-z2-9]{5}-[a-z2-9]{5}\b/.exec(coded.text)?.[0] ?? '',
  )

  const token = await createApiToken(hub.context, 'agenda')
  secrets.set('key of the API', token)
  const key = 'clef-a-moi-0123456789'
  secrets.set('Idempotency-Key', key)
  const cafe = {
    title: 'Café',
    startsAt: '2026-12-09T18:30',
    endsAt: '2026-12-09T20:00',
    venue: { name: 'Médiathèque', postalCode: '35000', commune: 'Rennes' },
  }
  const answer = await fetch(`${hub.origin}/api/v1/cafes`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'idempotency-key': key,
    },
    body: JSON.stringify(cafe),
  })
  expect([answer.status, await answer.text()]).toEqual([201, expect.any(String)])

  await visitor.post('/administration/connexion/lien', { email: EMAIL })
  await visitor.post('/alertes', { email: 'lou@mail.example', territoire: '35' })
  await visitor.post('/animation/demande', { name: 'Sacha', email: 'sacha@mail.example' })
  const people = '/administration/animation'
  const paper = await admin.submit(await admin.get(people), `${people}/invitations`, {
    ...{ name: 'Noa', email: '', way: 'paper' },
  })
  keepShown('profile on paper', paper.text)
  await admin.submit(await admin.get(people), `${people}/invitations`, {
    ...{ name: 'Lou', email: 'lou@mail.example', way: 'mail' },
  })

  await declareNetwork(
    db,
    {
      description: { name: 'La Poste', presentation: '', website: undefined },
      by: OPERATOR,
      home: {
        organizationId: hub.organization.id,
        origin: hub.origin,
        actorUri: `${hub.origin}/actors/instance`,
      },
    },
    now(),
  )
  const own = '/administration/tetes-de-reseau/reseaux/la-poste'
  const managers = await admin.get(own)
  await admin.submit(managers, `${own}/responsables`, { email: 'responsable@tete.example' })
  await admin.submit(managers, `${own}/responsables`, { email: EMAIL })

  const list = '/administration/referents'
  const proposed = await admin.submit(await admin.get(list), list, {
    ...{ name: 'Claire Morin', word: 'référente', email: 'claire@lieu.example' },
    territory: 'Ille-et-Vilaine',
  })
  const one = proposed.location?.split('?')[0] ?? ''
  keepShown(
    'mandate on paper',
    (await admin.submit(await admin.get(one), `${one}/lien`, { way: 'papier' })).text,
  )

  const account = '/administration/compte'
  const otherAddress = { email: 'autre@lieu.example', emailPassword: PASSWORD }
  await admin.submit(await admin.get(account), account, otherAddress)

  secrets.set(
    'code of a mandate',
    (await insertMandateCode(db, one.split('/').at(-1) ?? '', now())) ?? '',
  )
  await flagCafe(await registerAtCafe())

  const first = await deliver()
  const linkOf = (name: string) => first.find((path) => path.includes(`/${name}/`)) ?? ''
  expect(namesOf(first)).toEqual([
    'adresse',
    'confirmation',
    'inscriptions',
    'invitation',
    'lien',
    'mandat',
    'moi',
    'moi',
    'premier-acces',
    'recours',
  ])

  const keep = `/alertes${linkOf('confirmation')}`
  await visitor.post(keep, {})
  const mandate = `/referents${linkOf('mandat')}`
  await visitor.submit(await visitor.get(mandate), mandate, { agree: '1' })
  await admin.submit(await admin.get(one), `${one}/nommer`)
  const cafeId = await announce(admin, { title: 'Un autre', date: '2026-12-10' })
  hub.advance({ hours: 1 })
  await sendAlerts(hub.context)
  expect(namesOf(await deliver())).toEqual(['acces', 'arret', 'pas-moi'])
  hub.advance(now().until(Temporal.Instant.from('2026-12-07T09:00:00Z')))
  await sendConfirmationRequests(hub.context)
  expect(namesOf(await deliver())).toEqual([
    ...['arret', 'confirmation', 'confirmation', 'confirmation'],
  ])
  hub.advance({ hours: 24 })
  await sendToDo(hub.context)
  expect(namesOf(await deliver())).toEqual(['arret'])
  hub.advance({ hours: 24 })
  const said = { siteName: 'Annuaire', lines: 'Oui.', link: hub.origin, isTeam: true }
  const expiresAt = now().add({ hours: 1 })
  await appendMail(db, { ...draftMail('answers', said), to: EMAIL, expiresAt }, now())
  expect(namesOf(await deliver())).toEqual(['arret'])
  await nameInCafe(cafeId)
  await askAboutNamings(hub.context)
  expect(namesOf(await deliver())).toEqual(['arret', 'moi'])

  await suggestCafe()
  expect(namesOf(await deliver())).toEqual(['propositions'])
  hub.advance(now().until(Temporal.Instant.from('2026-12-11T09:00:00Z')))
  await askForReports(hub.context)
  expect(namesOf(await deliver())).toEqual(expect.arrayContaining(['arret', 'bilans']))
  await keepSecondFactor()
  const lines = await readWholeDatabase(hub)
  // The check reads the real rows: among them is the hash of a link.
  const [sent = ''] = [...secrets].flatMap(([what, secret]) =>
    what.startsWith('moi') ? [secret] : [],
  )
  expect(lines.filter((line) => line.includes(hashToken(sent))).length).toBeGreaterThan(0)
  expect([...secrets.values()].filter((secret) => secret.length < 12)).toEqual([])
  for (const [what, secret] of secrets)
    for (const line of lines) {
      // An invitation is accepted in upper and lower case.
      const isThere = line.toLowerCase().includes(secret.toLowerCase())
      expect([what, isThere ? line.slice(0, 200) : undefined]).toEqual([what, undefined])
    }
  expect(config.mail).toBeDefined()
  expect([...purposes].sort()).toEqual([...LINK_PURPOSES].sort())
})

/** Suggests a café as a person without an account does, seconds after the form was shown. */
async function suggestCafe(): Promise<void> {
  const form = await visitor.get('/proposer')
  hub.advance({ seconds: 5 })
  const sent = await visitor.submit(form, '/proposer', {
    ...{ announcedFor: 'Amicale', title: 'Café proposé', courriel: 'sol@mail.example' },
    ...{ date: '2027-01-20', time: '10:00', 'venue.name': 'Salle', 'venue.town': '35500 Vitré' },
  })
  expect(sent.status).toBe(200)
}

/** Adds a second factor: the server must know its secret, but of recovery codes and of the second step only hashes. */
async function keepSecondFactor(): Promise<void> {
  const account = '/administration/compte'
  const factor = `${account}/second-facteur`
  const begun = await admin.submit(await admin.get(account), factor, { factorPassword: PASSWORD })
  const secret = /class="paper-link">([^<]+)</.exec(begun.text)?.[1]?.replaceAll(' ', '') ?? ''
  const timestamp = hub.context.now().epochMilliseconds
  const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp })
  const added = await admin.submit(begun, `${factor}/confirmer`, { code })
  for (const [at, [, recovery = '']] of [...added.text.matchAll(/<code>([^<]+)</g)].entries())
    secrets.set(`recovery code ${at}`, recovery)
  const signIn = '/administration/connexion'
  const form = await visitor.get(signIn)
  const step = await visitor.submit(form, signIn, { email: EMAIL, password: PASSWORD })
  secrets.set('second step', /name="step" value="([^"]+)"/.exec(step.text)?.[1] ?? '')
  await notePurposes()
}

test('the code of an invitation is nowhere once it was delivered, whatever the answer', async () => {
  const directory = await startSite({ role: 'hub' })
  const codes = [await directory.invite(), 'abcde-fghij-kmnpq']
  const nodes: Site[] = []
  try {
    for (const invitation of codes)
      nodes.push(await startSite({ hub: { site: directory, invitation } }))
    const [admitted, waiting] = nodes as [Site, Site]
    await untilJoined(directory, admitted)
    await until(async () => (await peerOf(directory, waiting))?.membership === 'requested')
    await expectNoCode()
    const { db, now, wake } = directory.context
    const peer = await peerOf(directory, waiting)
    await decideMembership(db, { peerId: peer?.id ?? '', admitted: false }, now())
    wake()
    const answerOf = async () => (await listFollowings(waiting.context.db))[0]?.state
    await until(async () => (await answerOf()) === 'refused')
    await expectNoCode()
  } finally {
    await Promise.all([directory, ...nodes].map((site) => site.close()))
  }

  async function expectNoCode(): Promise<void> {
    for (const site of [directory, ...nodes]) {
      const { db } = site.context
      await until(async () => (await countWaitingDeliveries(db)) === 0)
      if (!isPostgres(db)) await sql`pragma wal_checkpoint(truncate)`.execute(db)
      const lines = await readWholeDatabase(site)
      for (const code of codes) expect(lines.filter((line) => line.includes(code))).toEqual([])
    }
  }
})

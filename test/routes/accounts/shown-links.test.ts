import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { OPERATOR } from '../../../node/domain/cafes/edit.ts'
import { LINK_MINUTES, type LinkPurpose } from '../../../node/domain/values/link.ts'
import { sendMails } from '../../../node/jobs/send-mails.ts'
import { writeMail } from '../../../node/routes/accounts/write-mail.ts'
import { createMailer } from '../../../node/server/mail.ts'
import { findAccountByEmail } from '../../../node/store/accounts/accounts.ts'
import { findLink } from '../../../node/store/accounts/links.ts'
import { createSession } from '../../../node/store/accounts/sessions.ts'
import { hashToken, newSecret } from '../../../node/store/database/secrets.ts'
import { declareNetwork } from '../../../node/store/networks/networks.ts'
import { listMails } from '../../../node/store/queues/team-mails.ts'
import { LINK_PATHS } from '../../../ui/admin/mail-templates.ts'
import { EMAIL, signInByLink } from '../../support/admin.ts'
import { type Browser, openBrowser, type Page } from '../../support/browser.ts'
import { appoint } from '../../support/referents.ts'
import { type Relay, startRelay, textOfMail } from '../../support/relay.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

/**
 * An administrator enters the addresses of people who have an account here into every form that shows a link, and opens
 * each link. A link may make a new account; it opens no session of an existing account, and changes no password of one.
 */

const VICTIM = 'victime@lieu.example'
const NEWCOMER = 'nouvelle@lieu.example'
const NETWORK = '/administration/tetes-de-reseau/reseaux/la-poste'
const TEAM = '/administration/equipe'
const PEOPLE = '/administration/animation'
const REFERENTS = '/administration/referents'
const PASSWORDS = { password: 'le choix du voleur', passwordAgain: 'le choix du voleur' }

/** Returns the paths of the links in a page, as a reader would open them. */
const linksIn = ({ text }: Pick<Page, 'text'>): string[] => [
  ...new Set(
    [...text.matchAll(/https?:\/\/[\w.:-]+(\/[\w/-]*\/[\w-]{17,})(?=[<\s"])/g)]
      .map(([, path = '']) => path)
      .filter((path) => !/[0-9a-f]{8}-[0-9a-f]{4}-/.test(path)),
  ),
]

/** Returns the purpose of the link with this path. */
const purposeOf = (path: string): string => {
  const token = path.split('/').at(-1) ?? ''
  return Object.entries(LINK_PATHS).find(([, pathOf]) => pathOf(token) === path)?.[0] ?? path
}

describe.each([
  { name: 'a site without mail', withRelay: false },
  { name: 'a site with mail', withRelay: true },
])('$name', ({ withRelay }) => {
  let relay: Relay
  let hub: WebServer
  let thief: Browser
  beforeAll(async () => {
    relay = await startRelay()
    hub = await startWeb({ role: 'hub', ...(withRelay && { smtpUrl: relay.url }) })
    thief = await signInByLink(hub)
    const paper = await invite({ way: 'paper' })
    const [code = ''] = linksIn(paper)
    const victim = openBrowser(hub.origin)
    const password = 'ma phrase à moi seule'
    const path = withRelay ? await mailedPath(victim, code) : code
    const joined = await victim.submit(await victim.get(path), path, {
      ...{ name: 'Victime', email: VICTIM, password, passwordAgain: password },
    })
    if (joined.status !== 303) throw new Error(joined.text)
    const { db, now } = hub.context
    const { id: organizationId } = hub.organization
    const home = { organizationId, origin: hub.origin, actorUri: `${hub.origin}/actors/instance` }
    const description = { name: 'La Poste', presentation: '', website: undefined }
    await declareNetwork(db, { description, home, by: OPERATOR }, now())
  })
  afterAll(async () => {
    await hub.stop()
    await relay.stop()
  })

  /** Returns the path of the link that an invitation on paper mails to the victim. */
  async function mailedPath(victim: Browser, code: string): Promise<string> {
    const { mail } = hub.context.config
    if (!mail) throw new Error('no mail')
    await victim.submit(await victim.get(code), code, { email: VICTIM })
    await sendMails(hub.context, createMailer(mail))
    return linksIn({ text: textOfMail(relay.taken.at(-1)?.raw ?? '') })[0] ?? ''
  }

  const invite = async (fields: Record<string, string>) =>
    thief.submit(await thief.get(TEAM), `${TEAM}/invitations`, { role: 'editor', ...fields })

  const shownBy = async (page: string, action: string, fields: Record<string, string>) =>
    thief.submit(await thief.get(page), action, fields)

  /** Returns the answers about this address of every form of the administration that may show a link. */
  async function answersAbout(email: string): Promise<Page[]> {
    const id = await appoint(hub, { email, territory: email === VICTIM ? '29' : '35' })
    const one = `${REFERENTS}/${id}`
    const proposed = await shownBy(REFERENTS, REFERENTS, {
      ...{ name: 'Une personne', word: 'neutre', email, territory: 'Morbihan' },
    })
    const proposal = proposed.location?.split('?')[0] ?? ''
    const people = { name: 'Une personne', email }
    return [
      await invite({ way: 'paper', email }),
      await invite({ way: 'mail', email }),
      await shownBy(NETWORK, `${NETWORK}/responsables`, { email }),
      await shownBy(NETWORK, `${NETWORK}/responsables`, { email: email.toUpperCase() }),
      await shownBy(one, `${one}/lien`, { way: 'papier' }),
      await shownBy(proposal, `${proposal}/lien`, { way: 'papier' }),
      await shownBy(PEOPLE, `${PEOPLE}/invitations`, { ...people, way: 'paper' }),
      await shownBy(PEOPLE, `${PEOPLE}/invitations`, { ...people, way: 'mail' }),
      await shownBy('/administration/reseau', '/administration/reseau/invitations', {
        'invitation.label': email,
      }),
      ...(await mailsShown()),
    ]
  }

  /** Returns the page of mails, and each mail that can be prepared there. */
  async function mailsShown(): Promise<Page[]> {
    const page = await thief.get('/administration/courriels')
    const actions = [...page.text.matchAll(/\/administration\/courriels\/[\w-]+\/preparer/g)]
    const prepared: Page[] = []
    for (const [action] of actions) prepared.push(await thief.submit(page, action, {}))
    return [page, ...prepared]
  }

  const accounts = () =>
    hub.context.db.selectFrom('account').select(['id', 'email', 'password_hash']).execute()
  const sessions = () =>
    hub.context.db.selectFrom('session').select(['token_hash', 'account_id']).execute()

  /** Does everything that the page of the link may offer, without a session. */
  async function force(path: string): Promise<void> {
    const stranger = openBrowser(hub.origin)
    await stranger.get(path)
    const everything = { ...PASSWORDS, name: 'Voleur', email: VICTIM, agree: '1', answer: 'oui' }
    for (const action of [path, `${path}/mot-de-passe`])
      for (const fields of [{}, PASSWORDS, everything]) await stranger.post(action, fields)
  }

  test.each([VICTIM, EMAIL, NEWCOMER])(
    'a link that is shown about %s opens no account that is there',
    async (email) => {
      await hub.context.db.deleteFrom('link').execute()
      const links = (await answersAbout(email)).flatMap(linksIn)
      const before = await accounts()
      const open = await sessions()
      const isMade = email === NEWCOMER && !withRelay
      expect([...new Set(links.map(purposeOf))].sort()).toEqual([
        ...(isMade ? ['first-password'] : []),
        ...['join-team', 'mandate', 'own-profile', 'referent-access'],
      ])
      for (const path of links) {
        await force(path)
        // The first person to open the link of a new account owns it; from then on the account counts as an existing
        // one.
      }
      const known = before.filter(
        (account) => account.password_hash !== null || account.email !== NEWCOMER,
      )
      const now = await accounts()
      for (const account of known) expect(now).toContainEqual(account)
      const opened = (await sessions()).filter(
        ({ token_hash }) => !open.some((one) => one.token_hash === token_hash),
      )
      const ids = known.map(({ id }) => id)
      expect(opened.filter(({ account_id }) => ids.includes(account_id))).toEqual([])
    },
  )

  test('a link to a first password is dead once its person came in by the mailbox', async () => {
    const email = 'autre@lieu.example'
    const page = await shownBy(NETWORK, `${NETWORK}/responsables`, { email })
    if (withRelay) return expect(linksIn(page)).toEqual([])
    const [path = ''] = linksIn(page)
    expect((await openBrowser(hub.origin).get(path)).status).toBe(200)
    const account = await findAccountByEmail(hub.context.db, email)
    const accountId = account?.id ?? ''
    await createSession(hub.context.db, { accountId, userAgent: '' }, hub.context.now())
    expect((await openBrowser(hub.origin).get(path)).status).toBe(410)
    expect((await openBrowser(hub.origin).post(path, PASSWORDS)).status).toBe(410)
    const asked = { email: email.toUpperCase() }
    const again = await shownBy(NETWORK, `${NETWORK}/responsables`, asked)
    expect(linksIn(again)).toEqual([])
  })

  test('a profile’s link proves the mailbox that it was mailed to, and nothing when it is handed over', async () => {
    const { db, now } = hub.context
    const email = 'profil@lieu.example'
    await shownBy(PEOPLE, `${PEOPLE}/invitations`, { name: 'Une personne', email, way: 'mail' })
    const waiting = (await listMails(db, 1000)).find(({ to }) => to === email)
    if (!waiting) throw new Error('no mail')
    const handed = (await mailsShown()).flatMap(linksIn)
    const mailed = await writeMail(hub.context, waiting, 'mailbox')
    const bounded = now().add({ minutes: LINK_MINUTES['own-profile'] })
    const link = await findLink(
      db,
      { token: mailed?.tokens[0] ?? '', purpose: 'own-profile' },
      now(),
    )
    expect(link).toMatchObject({ mailedTo: email, expiresAt: bounded })
    for (const path of handed) {
      const token = path.split('/').at(-1) ?? ''
      const found = await findLink(db, { token, purpose: 'own-profile' }, now())
      if ('dead' in found) continue
      expect([found.mailedTo, found.expiresAt?.toString()]).toEqual([undefined, bounded.toString()])
    }
    expect(handed.some((path) => path.startsWith('/animation/moi/'))).toBe(!withRelay)
  })

  test.each(Object.entries(LINK_PATHS))(
    'a link to %s says that it is dead once what it leads to is gone',
    async (purpose, pathOf) => {
      const { db, now } = hub.context
      const token = newSecret()
      const times = { created_at: now().toString(), expires_at: null, used_at: null }
      const row = { purpose: purpose as LinkPurpose, subject: randomUUID(), mailed_to: EMAIL }
      const gone = { token_hash: hashToken(token), ...row, ...times }
      await db.insertInto('link').values(gone).execute()
      const path = pathOf(token)
      const stranger = openBrowser(hub.origin)
      const answers = [
        await stranger.get(path),
        await stranger.post(path, { ...PASSWORDS, answer: 'oui' }),
      ]
      expect(answers.map(({ status }) => status)).toEqual([410, 410])
    },
  )
})

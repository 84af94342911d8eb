import { afterEach, beforeEach } from 'vitest'
import { sendMails } from '../../../node/jobs/send-mails.ts'
import { createMailer } from '../../../node/server/mail.ts'
import { findAccountByEmail } from '../../../node/store/accounts/accounts.ts'
import { signInByLink } from '../../support/admin.ts'
import { type Browser, openBrowser, type Page } from '../../support/browser.ts'
import { type Relay, startRelay } from '../../support/relay.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

/** A site with the team of one administrator, who invites others. */

export const TEAM = '/administration/equipe'
export const INVITATIONS = '/administration/equipe/invitations'

export let server: WebServer
/** The browser of the administrator. */
export let camille: Browser
let relay: Relay | undefined

/** Starts a site before each test of a file, and stops it after the test. */
export function useTeam(): void {
  beforeEach(async () => {
    server = await startWeb()
    camille = await signInByLink(server)
  })
  afterEach(() => server.stop())
  afterEach(async () => {
    await relay?.stop()
    relay = undefined
  })
}

/** Starts the server again as a site that sends mail. */
export async function useRelay(): Promise<Relay> {
  relay = await startRelay()
  await server.stop()
  server = await startWeb({ smtpUrl: relay.url })
  camille = await signInByLink(server)
  return relay
}

export async function sendAll(): Promise<void> {
  const { mail } = server.context.config
  if (!mail) throw new Error('no mail')
  await sendMails(server.context, createMailer(mail))
}

/** Returns the path of an invitation in a page or a mail. */
export function linkIn(text: string): string {
  const path = /\/administration\/invitation\/[\w-]+/.exec(text)?.[0]
  if (!path) throw new Error(`no invitation: ${text}`)
  return path
}

export const invite = async (fields: Record<string, string>): Promise<Page> =>
  camille.submit(await camille.get(TEAM), INVITATIONS, { way: 'paper', role: 'editor', ...fields })

export const paperPath = async (role = 'editor') => linkIn((await invite({ role })).text)

export const idOf = async (email: string): Promise<string> =>
  (await findAccountByEmail(server.context.db, email))?.id ?? ''

export const NOA = { name: 'Noa', email: 'noa@mediatheque.example' }
export const NOA_PASSWORD = {
  password: 'cinq petits chats gris',
  passwordAgain: 'cinq petits chats gris',
}

export async function join(path: string, fields: Record<string, string> = {}) {
  const browser = openBrowser(server.origin)
  const page = await browser.get(path)
  const answer = await browser.submit(page, path, { ...NOA, ...NOA_PASSWORD, ...fields })
  return { browser, answer }
}

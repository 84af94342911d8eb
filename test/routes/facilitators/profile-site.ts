import { afterAll, beforeAll, expect } from 'vitest'
import { sendMails } from '../../../node/jobs/send-mails.ts'
import { createMailer } from '../../../node/server/mail.ts'
import { signInByLink } from '../../support/admin.ts'
import { type Browser, type Fields, openBrowser, type Page } from '../../support/browser.ts'
import { joinTestDirectory } from '../../support/facilitator-profiles.ts'
import { readable } from '../../support/readable.ts'
import { headerOf, type Relay, startRelay, textOfMail } from '../../support/relay.ts'
import { startWeb, type WebServer } from '../../support/server.ts'
import { unpackedRow } from '../../support/unpacked.ts'

export const DIRECTORY = 'annuaire.example'
let relay: Relay
export let server: WebServer
export let visitor: Browser
export let admin: Browser

type Mail = { to: string; replyTo: string | undefined; subject: string; text: string; link: string }

/** Delivers the waiting mails and returns those that the relay received. */
export async function deliver(): Promise<Mail[]> {
  const { mail } = server.context.config
  if (!mail) throw new Error('no mail')
  relay.taken.length = 0
  await sendMails(server.context, createMailer(mail))
  return relay.taken.map(({ to, raw }) => {
    const text = readable(textOfMail(raw))
    const link = /\/animation\/moi\/[\w-]{43}/.exec(text)?.[0] ?? ''
    const replyTo = headerOf(raw, 'reply-to')
    return { to: to.join(), replyTo, subject: headerOf(raw, 'subject') ?? '', text, link }
  })
}

export const PROFILE: Fields = {
  name: 'Lou D.',
  word: 'animateur',
  ou: '35000 Rennes',
  extent: 'epci',
  radiusKm: '30',
  presentation: 'Je lance le débat, vous faites le reste.',
  formats: 'débat mouvant, atelier',
  themes: 'emploi',
  languages: 'fr',
  contact: 'relay',
  isAdult: '1',
  level: 'public',
}

export async function invite(email: string, name = 'Lou'): Promise<string> {
  const page = await admin.get('/administration/animation')
  const action = '/administration/animation/invitations'
  const sent = await admin.submit(page, action, { name, email, way: 'mail' })
  expect(sent.status).toBe(303)
  const [mail] = await deliver()
  expect(mail?.to).toBe(email)
  return mail?.link ?? ''
}

export async function fill(link: string, fields: Fields = {}): Promise<Page> {
  const form = await visitor.get(`${link}/profil`)
  return visitor.submit(form, `${link}/profil`, { ...PROFILE, ...fields })
}

export async function publish(link: string, ticked: Fields = {}): Promise<Page> {
  const preview = await visitor.get(`${link}/apercu`)
  return visitor.submit(preview, `${link}/apercu`, { page: '1', ...ticked })
}

/** Returns the row of the profile of a person, by name. */
export const profileOf = (name: string) =>
  server.context.db
    .selectFrom('facilitator')
    .selectAll()
    .where('name', '=', name)
    .executeTakeFirstOrThrow()

/** Returns the address of the page of a person who is published here, by name. */
export const addressOf = async (name: string): Promise<string> =>
  `/animation/${(await profileOf(name)).handle}`

/** Has a person published under this name, and returns the link to their own page and the row of their profile. */
export async function publishAs(name: string, email: string) {
  const link = await invite(email, name)
  await fill(link, { name })
  await publish(link)
  return { link, ...(await profileOf(name)) }
}

export const changes = async () =>
  (await server.context.db.selectFrom('change').select('body').orderBy('id').execute()).map(
    ({ body }) => JSON.parse(body) as { type: string },
  )

export const everyRow = async () => {
  const { db } = server.context
  const tables = [
    ...(['facilitator', 'facilitator_contact', 'facilitator_draft', 'link'] as const),
    ...(['consent', 'mail', 'withdrawal', 'media', 'document'] as const),
  ]
  const rows = await Promise.all(tables.map((table) => db.selectFrom(table).selectAll().execute()))
  return JSON.stringify(rows.flat().map(unpackedRow))
}

/** Starts the site, with a relay and a directory that it has joined, for the tests of a file. */
export function useProfileSite(): void {
  beforeAll(async () => {
    relay = await startRelay()
    server = await startWeb({ smtpUrl: relay.url, trustProxy: '127.0.0.1' })
    visitor = openBrowser(server.origin)
    admin = await signInByLink(server)
    await joinTestDirectory(server.context, DIRECTORY)
  })
  afterAll(async () => {
    await server.stop()
    await relay.stop()
  })
}

import { afterEach, expect } from 'vitest'
import { LEGAL_MINIMUM, NO_LEGAL_NOTICE } from '../../../node/domain/structures/legal-notice.ts'
import { emptyProfileFor } from '../../../node/domain/structures/structure-profile.ts'
import { saveCafe } from '../../../node/store/cafes/cafes.ts'
import { saveFollowing } from '../../../node/store/directory/followings.ts'
import { upsertPeer } from '../../../node/store/directory/peers.ts'
import { appendMail } from '../../../node/store/queues/mails.ts'
import { saveStructureProfile } from '../../../node/store/structures/profiles.ts'
import { saveSettings } from '../../../node/store/structures/site-settings.ts'
import { type Browser, type Fields, fieldsOf, type Page } from '../../support/browser.ts'
import { readable } from '../../support/readable.ts'
import { type Relay, startRelay } from '../../support/relay.ts'
import { startWeb, type WebServer } from '../../support/server.ts'
import { aCafe } from '../../support/some-cafes.ts'
import { aMail } from '../../support/some-mail.ts'

/** Matches an empty list; the first steps, which have tests of their own, may remain. */
const NOTHING =
  /Rien n’attend votre réponse|(?:Un premier pas reste|\d premiers pas restent) à faire/

export let server: WebServer

let relay: Relay | undefined

export async function start(settings: Parameters<typeof startWeb>[0] = {}): Promise<void> {
  server = await startWeb(settings)
}

export async function startWithRelay(): Promise<void> {
  relay = await startRelay()
  await start({ smtpUrl: relay.url })
}

export const home = async (browser: Browser) =>
  readable((await browser.get('/administration')).text)

/** Returns the rows of « À faire »: the title of each, and the target of its first link or form. */
export async function rowsOf(browser: Browser): Promise<{ title: string; leads: string }[]> {
  const text = await home(browser)
  const [, list = ''] =
    /id="a-faire"[\s\S]*?<ul class="rows">([\s\S]*?)<\/section>/.exec(text) ?? []
  const rows = list.split('<h3>').slice(1)
  expect(NOTHING.test(text)).toBe(rows.length === 0)
  const found = rows.map((row) => ({
    title: row.split('</h3>')[0] ?? '',
    leads: /(?:href|action)="([^"]+)"/.exec(row)?.[1] ?? '',
  }))
  // A row that stands for several things begins with their number.
  const things = found.reduce((sum, { title }) => sum + Number(/^\d+/.exec(title)?.[0] ?? 1), 0)
  if (things > 1) expect(text).toContain(`${things} choses attendent votre réponse.`)
  return found
}

/** One kind of pending task: how to add one, the title of its row and the target of its link. */
export type Source = {
  kind: string
  title: string
  leads: string
  add: () => Promise<unknown>
  end: End
}

/** How a person ends the task: by which button, of the row itself or of the page to which it leads. */
type End = {
  /** The action of the form of that button. */
  press: RegExp
  /** The links that lead to it from there, where it is on a page of its own. */
  via?: RegExp[]
  fields?: Fields
  /** What follows once others have answered, or the workers have done their part. */
  after?: () => Promise<unknown>
}

/** Adds each task, ends it by the button that its row or its page offers, and expects that its row is gone. */
export async function endInTurn(browser: Browser, sources: readonly Source[]): Promise<void> {
  for (const { kind, title, add, end } of sources) {
    await add()
    const row = await rowWith(browser, title)
    await pressButton(browser, { kind, row, end })
    await end.after?.()
    const left = (await rowsOf(browser)).map((each) => each.title).filter((t) => t.includes(title))
    expect([kind, left]).toEqual([kind, []])
  }
}

async function rowWith(browser: Browser, title: string): Promise<string> {
  const text = await home(browser)
  const [, list = ''] =
    /id="a-faire"[\s\S]*?<ul class="rows">([\s\S]*?)<\/section>/.exec(text) ?? []
  const row = list.split(/<li>(?=<span class="mark)/).find((each) => each.includes(title))
  if (row === undefined) throw new Error(`no row: ${title}`)
  return row
}

async function pressButton(
  browser: Browser,
  { kind, row, end }: { kind: string; row: string; end: End },
): Promise<void> {
  const of = (attribute: string) => [...row.matchAll(new RegExp(`${attribute}="([^"]+)"`, 'g'))]
  const isInRow = of('action').some(([, action = '']) => end.press.test(action))
  const [leads = ''] = of('href').at(-1)?.[1]?.split('#') ?? []
  let page = await browser.get(isInRow ? '/administration' : leads)
  for (const via of end.via ?? []) page = await browser.get(addressOn(page, 'href', via, kind))
  const action = addressOn(page, 'action', end.press, kind)
  let answer = page.text.includes(`<form method="get" action="${action}"`)
    ? await browser.get(`${action}?${queryOf(page, action, end.fields)}`)
    : await browser.submit(page, action, end.fields)
  // Some are asked about first.
  if (answer.status === 200) answer = await browser.submit(answer, action, {})
  expect([kind, answer.status]).toEqual([kind, 303])
}

/** Returns what a browser puts into the address when a form is sent by GET. */
function queryOf(page: Page, action: string, typed: Fields = {}): URLSearchParams {
  const all = Object.entries({ ...fieldsOf(page.text, action), ...typed })
  return new URLSearchParams(
    all.flatMap(([name, values]) => [values].flat().map((value) => [name, String(value)])),
  )
}

function addressOn(page: Page, attribute: 'href' | 'action', wanted: RegExp, kind: string): string {
  const all = [...page.text.matchAll(new RegExp(`${attribute}="([^"]+)"`, 'g'))]
  const found = all
    .map(([, address = '']) => address.replaceAll('&amp;', '&'))
    .find((address) => wanted.test(address))
  if (found === undefined)
    throw new Error(`${kind}: nothing leads to ${wanted}: ${all.map(([, it]) => it).join(' ')}`)
  return found
}

/** Adds the tasks one after the other, and expects one more row each time. */
export async function addInTurn(browser: Browser, sources: readonly Source[]): Promise<void> {
  expect(await rowsOf(browser)).toEqual([])
  for (const [index, { kind, title, leads, add }] of sources.entries()) {
    await add()
    const rows = await rowsOf(browser)
    expect([kind, rows.length]).toEqual([kind, index + 1])
    const row = rows.find((one) => one.title.includes(title))
    expect(row?.leads.replace(/\/[\da-f]{16}\//, '/:id/')).toBe(leads)
  }
}

export const own = (changes: object) =>
  saveCafe(
    server.context.db,
    aCafe({ organizationId: server.organization.id, title: 'Atelier', ...changes }),
  )

export const inHours = (hours: number) => server.context.now().add({ hours })

export const becomeUnreachable = (host: string) =>
  server.context.db
    .updateTable('peer')
    .set({ silent_since: '2026-11-20T00:00:00Z', failing_since: '2026-11-17T00:00:00Z' })
    .where('host', '=', `${host}.example`)
    .execute()

export const followDirectory = async (
  host: string,
  state: 'asked' | 'refused' | 'failed' | 'accepted',
) => {
  const { db, now } = server.context
  const targetUri = `https://${host}.example/actors/instance`
  await upsertPeer(db, { actorUri: targetUri, name: `Annuaire ${host}` })
  const address = `https://${host}.example`
  const following = { actor: 'instance', address, targetUri, followId: `${address}#f` }
  const asked = { isJoin: true, invitation: undefined, state, error: undefined }
  await saveFollowing(db, { ...following, ...asked }, now())
}

export const writeMail = () => {
  const { db, now } = server.context
  const mail = { ...aMail(), to: 'noa@lieu.example', expiresAt: inHours(48) }
  return appendMail(db, mail, now())
}

/** Starts a place at a public address, which needs legal information; all of it is given. */
export async function startPublicPlace(): Promise<void> {
  await start({ origin: 'https://lieu.example' })
  const { db, now } = server.context
  await answerLegal(LEGAL_MINIMUM)
  const profile = { ...emptyProfileFor('Lieu'), phone: '02 99 00 00 00' }
  await saveStructureProfile(db, { id: server.organization.id, profile }, now())
}

/** Stops after each test what it started. */
export function useToDoSite(): void {
  afterEach(async () => {
    await server.stop()
    await relay?.stop()
    relay = undefined
  })
}

export const answerLegal = (fields: readonly (keyof typeof NO_LEGAL_NOTICE)[]) => {
  const answers = Object.fromEntries(fields.map((field) => [field, '02 99 00 00 00']))
  const settings = { themeColour: undefined, sourceUrl: undefined }
  const legal = { ...NO_LEGAL_NOTICE, ...answers }
  return saveSettings(server.context.db, { ...settings, legal }, server.context.now())
}

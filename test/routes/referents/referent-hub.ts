import { afterEach, beforeEach } from 'vitest'
import type { Browser } from '../../support/browser.ts'
import { writtenMails } from '../../support/mails.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

export let hub: WebServer
export const LIST = '/administration/referents'
export const mails = () => writtenMails(hub)

/** Returns the path of a link with this pattern in the latest mail to somebody. */
export async function mailedPath(to: string, pattern: RegExp): Promise<string> {
  const written = (await mails()).filter(({ to: recipient }) => recipient === to)
  const [path] = written.flatMap(({ text }) => pattern.exec(text)?.[0] ?? [])
  if (!path) throw new Error(`no link to ${to}`)
  return path
}

export const PROPOSED = {
  name: 'Claire Morin',
  word: 'référente',
  email: 'claire@lieu.example',
  territory: 'Ille-et-Vilaine',
}

export async function propose(team: Browser, fields = {}) {
  return team.submit(await team.get(LIST), LIST, { ...PROPOSED, ...fields })
}

export const api = async (query = '') =>
  (await (await fetch(`${hub.origin}/api/v1/referents${query}`)).json()) as Record<string, unknown>

/** Starts a directory that sends mail before each test of a file. */
export function useReferentHub(): void {
  beforeEach(async () => {
    hub = await startWeb({ role: 'hub', smtpUrl: 'smtp://127.0.0.1:1', trustProxy: '127.0.0.1' })
  })
  afterEach(() => hub.stop())
}

export async function restartWithoutMail(): Promise<void> {
  await hub.stop()
  hub = await startWeb({ role: 'hub' })
}

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApiToken } from '../../../node/commands/token.ts'
import { NO_LEGAL_NOTICE } from '../../../node/domain/structures/legal-notice.ts'
import { emptyProfileFor } from '../../../node/domain/structures/structure-profile.ts'
import { publishDueCafes } from '../../../node/jobs/publish-due-cafes.ts'
import { findSiteProfile, saveStructureProfile } from '../../../node/store/structures/profiles.ts'
import { saveSettings } from '../../../node/store/structures/site-settings.ts'
import { startWeb, type WebServer } from '../../support/server.ts'
import { aBody } from '../api/api-server.ts'

const ORIGIN = 'https://cafes.mediatheque.example'

let server: WebServer
let token: string
beforeAll(async () => {
  server = await startWeb({ origin: ORIGIN })
  token = await createApiToken(server.context, 'la ville')
})
afterAll(() => server.stop())

async function send(method: string, path: string, body: unknown, headers = {}) {
  const isText = typeof body === 'string'
  const response = await fetch(`${server.origin}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': isText ? 'application/x-ndjson' : 'application/json',
      ...headers,
    },
    body: isText ? body : JSON.stringify(body),
  })
  const type = response.headers.get('content-type') ?? ''
  return { status: response.status, type, json: await response.json() }
}

const publications = async () => {
  const rows = await server.context.db.selectFrom('cafe').select('publication').execute()
  return rows.map(({ publication }) => publication)
}

async function sayWhatTheLawWants(said: boolean): Promise<void> {
  const { db, now } = server.context
  const text = said ? 'Commune de Rennes, 35000 Rennes' : undefined
  const legal = {
    ...NO_LEGAL_NOTICE,
    legalName: text,
    legalAddress: text,
    legalPhone: said ? '02 99 00 00 00' : undefined,
    publicationDirector: text,
    hostName: text,
    hostAddress: text,
    hostPhone: said ? '02 99 00 00 00' : undefined,
    dataContact: text,
  }
  await saveSettings(db, { legal, themeColour: undefined, sourceUrl: undefined }, now())
  const profile = (await findSiteProfile(db)) ?? emptyProfileFor('Médiathèque')
  const phone = said ? '02 99 00 00 00' : undefined
  await saveStructureProfile(
    db,
    { id: server.organization.id, profile: { ...profile, phone } },
    now(),
  )
}

describe('at a public address, before the law’s minimum is said', () => {
  test.each([
    ['a café', 'POST', '/cafes', aBody()],
    ['a café of one’s own key', 'PUT', '/cafes/by-reference/a1', aBody()],
    ['a café to be published later', 'POST', '/cafes', aBody({ publishAt: '2026-12-01T09:00:00' })],
  ])('%s is refused, with what is missing and where to say it', async (_, method, path, body) => {
    const { status, type, json } = await send(method, path, body)
    expect([status, type]).toEqual([409, 'application/problem+json'])
    expect(json.detail).toContain(`${ORIGIN}/administration/reglages`)
    expect(json.detail).toContain(`${ORIGIN}/administration/lieu`)
    expect(json.detail).toMatch(/nom|dénomination/i)
    expect(await publications()).toEqual([])
  })

  test('an English program reads it in English', async () => {
    const { json } = await send('POST', '/cafes', aBody(), { 'accept-language': 'en' })
    expect(json.detail).toContain('the law wants')
  })

  test('the lines of a batch are refused one by one, its drafts are kept', async () => {
    const lines = [aBody(), aBody({ draft: true, title: 'Brouillon' })]
    const body = lines.map((line) => JSON.stringify(line)).join('\n')
    const { json } = await send('POST', '/cafes/batch', body, { accept: 'application/json' })
    expect(json.results.map(({ status }: { status: number }) => status)).toEqual([409, 201])
    expect(json.results[0].detail).toContain('/administration/reglages')
    expect(await publications()).toEqual(['draft'])
  })

  test('a draft cannot be published by a PUT either', async () => {
    const draft = await send('POST', '/cafes', aBody({ draft: true }))
    expect(draft.status).toBe(201)
    const id = encodeURIComponent(draft.json.id)
    expect((await send('PUT', `/cafes/${id}`, aBody())).status).toBe(409)
    expect((await send('PUT', `/cafes/${id}`, aBody({ draft: true, title: 'Mieux' }))).status).toBe(
      200,
    )
  })
})

test('a café whose hour of publication comes while something is missing waits until it is said', async () => {
  await sayWhatTheLawWants(true)
  const later = await send('POST', '/cafes', aBody({ publishAt: '2026-11-26T09:00:00' }))
  expect([later.status, later.json.publication ?? 'scheduled']).toEqual([201, 'scheduled'])
  await sayWhatTheLawWants(false)
  server.advance({ hours: 48 })
  await publishDueCafes(server.context)
  expect(await publications()).toContain('scheduled')
  await sayWhatTheLawWants(true)
  await publishDueCafes(server.context)
  expect(await publications()).toContain('published')
})

test('a hour of publication after the start is refused', async () => {
  await sayWhatTheLawWants(true)
  const body = aBody({ publishAt: '2026-12-09T18:30:00' })
  const { status, json } = await send('POST', '/cafes', body)
  expect(status).toBe(422)
  expect(json.errors).toEqual([
    { field: 'publishAt', message: expect.stringContaining('avant le début') },
  ])
})

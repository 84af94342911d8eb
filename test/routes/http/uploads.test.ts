import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { saveCafe } from '../../../node/store/cafes/cafes.ts'
import { announce, signInByLink } from '../../support/admin.ts'
import { type Browser, openBrowser, type Page } from '../../support/browser.ts'
import { openOwnProfile } from '../../support/facilitator-profiles.ts'
import { readable } from '../../support/readable.ts'
import { startWeb, type WebServer } from '../../support/server.ts'
import { aCafe } from '../../support/some-cafes.ts'
import { readSources } from '../../support/sources.ts'
import { submitWithImage } from '../../support/uploads.ts'

let server: WebServer
let admin: Browser
let cafe: string
beforeAll(async () => {
  server = await startWeb()
  admin = await signInByLink(server)
  cafe = await announce(admin)
  await reportHeld()
})
afterAll(() => server.stop())

const HELD = '00000000-0000-4000-8000-000000000001'

/** Tells how many came to a café of yesterday; the rest of the form of a report is there from then on. */
async function reportHeld(): Promise<void> {
  const { context, organization } = server
  const startsAt = context.now().subtract({ hours: 24 })
  const when = { startsAt, endsAt: startsAt.add({ hours: 2 }) }
  await saveCafe(context.db, aCafe({ id: HELD, organizationId: organization.id, ...when }))
  const path = `/administration/cafes/${HELD}/bilan`
  await admin.submit(await admin.get(path), path, { participants: '12' })
}

/** Each field for a file: its form, its name, and what it takes. */
const UPLOADS: [form: string, field: string, kind: 'image' | 'file', megabytes: number][] = [
  ['/administration/cafes/nouveau', 'image', 'image', 10],
  ['/administration/cafes/{café}', 'image', 'image', 10],
  [`/administration/cafes/${HELD}/bilan`, 'image', 'image', 10],
  ['/administration/lieu', 'logo', 'image', 10],
  ['/administration/lieu/fichier', 'file', 'file', 10],
  ['/administration/lieux/fichier', 'file', 'file', 10],
  ['/administration/import', 'file', 'file', 5],
  ['/administration/reseau/blocages/liste', 'file', 'file', 5],
  ['/verifier', 'file', 'file', 1],
]

const TOO_LARGE = {
  image: 'Cette image est trop grande',
  file: 'Ce fichier est trop grand',
}

async function upload(form: string, field: string, bytes: Uint8Array): Promise<Page> {
  const path = form.replace('{café}', cafe)
  const browser = form.startsWith('/administration') ? admin : openBrowser(server.origin)
  const page = await browser.get(path)
  const file = { bytes, field, name: field === 'file' ? 'a.csv' : 'a.jpg' }
  // A photo of a report needs its words and a consent, which are asked for first.
  const fields = path.endsWith('/bilan') ? { 'image.alt': 'Une table', consent: 'yes' } : {}
  return submitWithImage({ server, browser }, path, { page, fields, file })
}

describe.each(UPLOADS)('%s, %s', (form, field, kind, most) => {
  test.each([0.5, 9])('says how large it may be, with %d MB more', async (more) => {
    const answer = await upload(form, field, new Uint8Array((most + more) * 1024 ** 2))
    const words = readable(answer.text)
    expect([413, 422]).toContain(answer.status)
    expect(words).toContain(TOO_LARGE[kind])
    expect(words).toContain(`${most} Mo`)
    if (kind === 'file') expect(words).not.toContain('Cette image')
  })

  test('says that an empty one is empty', async () => {
    const answer = await upload(form, field, new Uint8Array())
    expect(answer.status).toBe(422)
    expect(readable(answer.text)).toContain('Ce fichier est vide')
  })

  test('says of another kind what it takes', async () => {
    const answer = await upload(form, field, Buffer.from('%PDF-1.7 \u0000\u0001 rien'))
    const words = readable(answer.text)
    if (kind === 'file') expect(words).not.toContain('Cette image')
    else expect(words).toContain('Cette image ne peut pas être lue')
  })
})

test('the photo of a person’s own profile has the same words', async () => {
  const { link } = await openOwnProfile(server, 'lou@mail.example')
  const action = `${link}/profil`
  const browser = openBrowser(server.origin)
  const page = await browser.get(action)
  const send = async (bytes: Uint8Array) =>
    readable(
      (await submitWithImage({ server, browser }, action, { page, fields: {}, file: { bytes } }))
        .text,
    )
  expect(await send(new Uint8Array(19 * 1024 ** 2))).toContain(TOO_LARGE.image)
})

test('no other page has a field for a file', () => {
  const pages = readSources(['ui']).filter(({ code }) => code.includes('type="file"'))
  expect(pages.map(({ path }) => path)).toEqual([
    'ui/cafes/image-fields.tsx',
    'ui/components/logo.tsx',
    'ui/data/import-pages.tsx',
    'ui/data/verify-page.tsx',
    'ui/directory/block-list-page.tsx',
    'ui/facilitators/form.tsx',
    'ui/reports/report-form.tsx',
    'ui/structures/file-import.tsx',
  ])
})

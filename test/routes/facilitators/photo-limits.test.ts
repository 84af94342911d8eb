import { request } from 'node:http'
import { Hono, type Context as HonoContext } from 'hono'
import { expect, onTestFinished, test } from 'vitest'
import { createPhotoLimits } from '../../../node/routes/facilitators/photo-limits.ts'
import { insertLinkTo } from '../../../node/store/accounts/links.ts'
import { openBrowser, type Page } from '../../support/browser.ts'
import { openTestDatabase } from '../../support/database.ts'
import { publishTestFacilitator } from '../../support/facilitator-profiles.ts'
import { findHtmlErrors } from '../../support/html-errors.ts'
import { until } from '../../support/network.ts'
import { startWeb } from '../../support/server.ts'
import { jpeg, submitWithImage } from '../../support/uploads.ts'

test('one form of a profile is processed at once, four of all profiles, and one more waits', async () => {
  const { db, close } = await openTestDatabase()
  const limits = createPhotoLimits(db, (c: HonoContext) => c.req.param('id') ?? '')
  const drawn = Promise.withResolvers<void>()
  let held = 0
  const app = new Hono<{ Variables: { mayBringPhoto: boolean } }>().post(
    '/:id',
    limits.inTurn,
    async (c) => {
      if (!c.var.mayBringPhoto) return c.body(null, 429)
      held++
      await drawn.promise
      return c.body(null, 204)
    },
  )
  const send = async (id: string) => (await app.request(`/${id}`, { method: 'POST' })).status
  const first = send('a')
  const waiting = send('a')
  expect(await send('a')).toBe(429)
  expect(held).toBe(1)
  const others = ['b', 'c', 'd', 'e'].map(send)
  expect(await send('a')).toBe(429)
  expect(held).toBe(4)
  drawn.resolve()
  expect(await Promise.all([first, waiting, ...others])).toEqual(Array(6).fill(204))
  await close()
})

test('a photo that comes while others are under way is refused beside the form, which keeps what was typed', async () => {
  const server = await startWeb()
  onTestFinished(() => server.stop())
  const { db, now } = server.context
  const { id } = await publishTestFacilitator(server, { name: 'Lou D.' })
  const token = await insertLinkTo(db, { purpose: 'own-profile', subject: id }, now())
  const path = `/animation/moi/${token}/profil`
  const browser = openBrowser(server.origin)
  // Two uploads of photos never end: one is being received, the other one waits.
  const held = [1, 2].map(() => {
    const sending = request(server.origin + path, {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=x', 'content-length': 1_000_000 },
    })
    sending.on('error', () => undefined)
    sending.write('--x\r\nContent-Disposition: form-data; name="image"; filename="a.jpg"\r\n\r\n')
    return sending
  })
  onTestFinished(() => {
    for (const sending of held) sending.destroy()
  })
  const page = await browser.get(path)
  const typed = { presentation: 'Ce que je viens d’écrire.', isAdult: '1' }
  const fields = { ...typed, 'image.alt': 'Moi, au tableau' }
  const file = { bytes: await jpeg(9, 9) }
  const send = () => submitWithImage({ server, browser }, path, { page, fields, file })
  const answers: Page[] = []
  await until(async () => answers.unshift(await send()) > 0 && answers[0]?.status === 429, {
    ...{ within: 60_000, what: 'the refusal' },
  })
  const { text = '' } = answers[0] ?? {}
  expect(text).toMatch(/id="image-erreur">[^<]*D’autres photos arrivent en ce moment/)
  expect(text).toContain('Ce que je viens d’écrire.')
  expect(text).toContain('value="Moi, au tableau"')
  expect(await findHtmlErrors(text)).toEqual([])
  // A form without a photo does not wait.
  const saved = await browser.submit(page, path, typed)
  expect([saved.status, saved.location]).toEqual([303, path.replace('profil', 'apercu')])
}, 90_000)

import { describe, expect, test } from 'vitest'
import { CAFE } from '../../support/admin.ts'
import type { Fields } from '../../support/browser.ts'
import { findHtmlErrors } from '../../support/html-errors.ts'
import { jpeg, listMedia, submitWithImage } from '../../support/uploads.ts'
import {
  addressOf,
  admin,
  invite,
  PROFILE,
  publish,
  server,
  useProfileSite,
  visitor,
} from './profile-site.ts'

useProfileSite()

describe('a photo', () => {
  const named = async (link: string, fields: Fields, bytes?: Uint8Array) => {
    const page = await visitor.get(`${link}/profil`)
    const action = `${link}/profil`
    const all = { ...PROFILE, 'image.alt': 'Devant un tableau', ...fields }
    return bytes
      ? submitWithImage({ server, browser: visitor }, action, {
          page,
          fields: all,
          file: { bytes },
        })
      : visitor.submit(page, action, all)
  }
  const pictureOf = async (name: string) =>
    /"(\/media\/[\w.-]+\.jpg)/.exec((await visitor.get(await addressOf(name))).text)?.[1] ?? ''

  test('that another replaces is gone once nothing shows it', async () => {
    const link = await invite('ines@mail.example', 'Inès')
    await named(link, { name: 'Inès' }, await jpeg(640, 480))
    await publish(link)
    const first = await pictureOf('Inès')
    await named(link, { name: 'Inès' }, await jpeg(640, 400))
    expect((await visitor.get(first)).status).toBe(200)
    await publish(link)
    const second = await pictureOf('Inès')
    expect([(await visitor.get(first)).status, (await visitor.get(second)).status]).toEqual([
      404, 200,
    ])
    await visitor.submit(await visitor.get(`${link}/retrait`), `${link}/retrait`)
    expect(await listMedia(server)).toEqual([])
  })

  test('of a form that is refused is kept nowhere, whatever is wrong with it', async () => {
    const link = await invite('refus@mail.example', 'Refus')
    const { isAdult: _, ...minor } = PROFILE
    const wrongs: Fields[] = [
      { ...minor, 'image.alt': 'Moi' },
      { ...PROFILE, name: '', 'image.alt': 'Moi' },
      { ...PROFILE, ou: 'Saint-Denis', 'image.alt': 'Moi' },
      { ...PROFILE, 'image.alt': '' },
    ]
    for (const fields of wrongs) {
      const page = await visitor.get(`${link}/profil`)
      const refused = await submitWithImage({ server, browser: visitor }, `${link}/profil`, {
        page,
        fields,
        file: { bytes: await jpeg(640, 480) },
      })
      expect(refused.status).toBe(422)
      expect(refused.text).toContain('Choisissez la photo à nouveau')
      expect(await findHtmlErrors(refused.text)).toEqual([])
      expect(await server.context.db.selectFrom('media').selectAll().execute()).toEqual([])
      expect(await listMedia(server).catch(() => [])).toEqual([])
    }
    await named(link, { name: 'Refus' }, await jpeg(640, 480))
    await named(link, { name: '' })
    await publish(link)
    const kept = await visitor.get(await pictureOf('Refus'))
    expect([kept.status, kept.headers.get('cache-control')]).toEqual([200, 'private, max-age=3600'])
    await visitor.submit(await visitor.get(`${link}/retrait`), `${link}/retrait`)
  })

  test('of a person can be shown by nobody else, and a withdrawal does not wait for it', async () => {
    const link = await invite('ana@mail.example', 'Ana')
    await named(link, { name: 'Ana' }, await jpeg(640, 480))
    await publish(link)
    const media = /[0-9a-f]{32}/.exec(await pictureOf('Ana'))?.[0] ?? ''
    const other = await invite('eve@mail.example', 'Eve')
    await named(other, { name: 'Eve', 'image.media': media })
    await publish(other)
    expect((await visitor.get(await addressOf('Eve'))).text).not.toContain(media)
    const cafe = await admin.get('/administration/cafes/nouveau')
    const fields = { ...CAFE, save: 'publish', 'image.media': media, 'image.alt': 'Ana' }
    await admin.submit(cafe, '/administration/cafes/nouveau', fields)
    expect((await visitor.get('/cafes')).text).not.toContain(media)
    const done = await visitor.submit(await visitor.get(`${link}/retrait`), `${link}/retrait`)
    expect(done.status).toBe(303)
    expect(await listMedia(server)).toEqual([])
  })

  test('is read by whoever may see the part of the profile that shows it, and by nobody else', async () => {
    const link = await invite('mona@mail.example', 'Mona')
    const statuses = async (path: string) => [
      (await visitor.get(path)).status,
      (await admin.get(path)).status,
    ]
    await named(link, { name: 'Mona' }, await jpeg(640, 480))
    const form = await visitor.get(`${link}/profil`)
    const behind = /"(\/animation\/moi\/[\w-]+\/photo\/[\w.-]+\.jpg)/.exec(form.text)?.[1] ?? ''
    const photo = `/media/${behind.split('/').at(-1)}`
    expect(await statuses(photo), 'of a draft').toEqual([404, 200])
    expect((await visitor.get(behind)).status).toBe(200)
    const preview = await visitor.get(`${link}/apercu`)
    expect(preview.text).toContain(behind)
    expect(preview.text).not.toContain('"/media/')
    await publish(link)
    expect(await statuses(photo), 'published').toEqual([200, 200])

    await named(link, { name: 'Mona', 'niveau.photo': 'network' })
    await publish(link)
    expect(await statuses(photo), 'for structures').toEqual([404, 200])
    await named(link, { name: 'Mona', 'niveau.photo': '' })
    await publish(link)
    expect(await statuses(photo), 'for all again').toEqual([200, 200])

    const { db } = server.context
    const setEnd = (expires_at: string) =>
      db.updateTable('facilitator').set({ expires_at }).where('name', '=', 'Mona').execute()
    await setEnd('2020-01-01T00:00:00.000Z')
    expect(await statuses(photo), 'after the year of the agreement').toEqual([404, 200])
    await setEnd('2999-01-01T00:00:00.000Z')
    await visitor.submit(await visitor.get(link), `${link}/masquer`, {})
    expect(await statuses(photo), 'taken back').toEqual([404, 200])
    expect((await visitor.get(behind)).status).toBe(200)
    await visitor.submit(await visitor.get(`${link}/retrait`), `${link}/retrait`)
    expect(await statuses(photo), 'erased').toEqual([404, 404])
    expect((await visitor.get(behind)).status).not.toBe(200)
  })

  test('of a café is read by everybody once the café can be', async () => {
    const action = '/administration/cafes/nouveau'
    const page = await admin.get(action)
    const fields = { ...CAFE, title: 'Une photo', save: 'draft', 'image.alt': 'La salle' }
    const sent = { page, fields, file: { bytes: await jpeg(800, 600) } }
    await submitWithImage({ server, browser: admin }, action, sent)
    const { db } = server.context
    const { id, media_id } = await db
      .selectFrom('cafe')
      .select(['id', 'media_id'])
      .where('title', '=', 'Une photo')
      .executeTakeFirstOrThrow()
    const name = (await listMedia(server)).find((each) => each.startsWith(media_id ?? '?')) ?? ''
    const statuses = async () => [
      (await visitor.get(`/media/${name}`)).status,
      (await admin.get(`/media/${name}`)).status,
    ]
    expect(await statuses()).toEqual([404, 200])
    const change = async (path: string, more: Fields = {}) =>
      admin.submit(await admin.get(path), path, more)
    await change(`/administration/cafes/${id}`, { save: 'publish' })
    expect(await statuses()).toEqual([200, 200])
    await change(`/administration/cafes/${id}/supprimer`)
    expect(await statuses()).toEqual([404, 200])
  })
})

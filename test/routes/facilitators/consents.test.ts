import { describe, expect, test } from 'vitest'
import { purge } from '../../../node/jobs/purge.ts'
import {
  askAboutDirectories,
  sendConsentRenewals,
  unpublishExpired,
} from '../../../node/jobs/renew-consents.ts'
import { joinTestDirectory } from '../../support/facilitator-profiles.ts'
import { findHtmlErrors } from '../../support/html-errors.ts'
import {
  addressOf,
  changes,
  DIRECTORY,
  deliver,
  everyRow,
  fill,
  invite,
  profileOf,
  publish,
  server,
  useProfileSite,
  visitor,
} from './profile-site.ts'

useProfileSite()

describe('a directory', () => {
  const LATER = 'autre-annuaire.example'
  const consentsOf = async (name: string) => {
    const rows = await server.context.db
      .selectFrom('consent')
      .innerJoin('facilitator', 'facilitator.id', 'consent.facilitator_id')
      .select(['consent.host', 'consent.text', 'consent.ended_at'])
      .where('facilitator.name', '=', name)
      .where('consent.field', '=', 'directory')
      .orderBy('consent.host')
      .execute()
    return rows.map(({ host, text, ended_at }) => [
      host,
      text.includes(host ?? '?'),
      ended_at === null,
    ])
  }
  const questionsTo = async (to: string) => {
    await askAboutDirectories(server.context)
    const mails = (await deliver()).filter((mail) => mail.to === to)
    return mails.filter(({ text }) => text.includes('est maintenant membre de'))
  }

  test('is kept with the consent, by its host; one that is joined later is asked about once', async () => {
    const link = await invite('ida@mail.example', 'Ida')
    await fill(link, { name: 'Ida' })
    expect((await visitor.get(`${link}/apercu`)).text).not.toContain(LATER)
    // A directory that was not on the page gets no consent when a forged form names it.
    await publish(link, { directory: [DIRECTORY, LATER] })
    expect(await consentsOf('Ida')).toEqual([[DIRECTORY, true, true]])
    expect(await questionsTo('ida@mail.example')).toEqual([])

    await joinTestDirectory(server.context, LATER)
    const [question, ...more] = await questionsTo('ida@mail.example')
    expect([question?.text.includes(LATER), more]).toEqual([true, []])
    expect(await questionsTo('ida@mail.example')).toEqual([])
    const own = question?.link ?? ''
    const page = await visitor.get(own)
    expect(await findHtmlErrors(page.text)).toEqual([])
    expect(page.text).toContain(`Votre profil n’est pas dans l’annuaire ${LATER}`)
    expect(await consentsOf('Ida')).toHaveLength(1)

    const action = `${own}/annuaires`
    const until = async () => (await profileOf('Ida')).expires_at
    const end = await until()
    await visitor.submit(page, action, { host: 'nulle-part.example', answer: 'yes' })
    expect(await consentsOf('Ida')).toHaveLength(1)
    await visitor.submit(page, action, { host: LATER, answer: 'yes' })
    await visitor.submit(page, action, { host: LATER, answer: 'yes' })
    expect(await consentsOf('Ida')).toEqual([
      [DIRECTORY, true, true],
      [LATER, true, true],
    ])
    expect(await until()).toBe(end)
    await visitor.submit(page, action, { host: DIRECTORY, answer: 'no' })
    expect(await consentsOf('Ida')).toEqual([
      [DIRECTORY, true, false],
      [LATER, true, true],
    ])
    await server.context.db.deleteFrom('following').where('address', 'like', '%autre%').execute()
  })
})

describe('a correction', () => {
  test('asks for what changes alone; the rest, its end and where it goes stay as they were agreed to', async () => {
    const link = await invite('corrige@mail.example', 'Corrige')
    const { db } = server.context
    const own = async () =>
      db
        .selectFrom('facilitator')
        .select(['id', 'expires_at', 'directories', 'fediverse', 'consented_at'])
        .where('name', '=', 'Corrige')
        .executeTakeFirstOrThrow()
    const open = async () =>
      (
        await db
          .selectFrom('consent')
          .select(['field', 'at', 'text'])
          .where('facilitator_id', '=', (await own()).id)
          .where('ended_at', 'is', null)
          .orderBy('field')
          .execute()
      ).map(({ field, text }) => [field, text.includes('montre ces changements')])
    await fill(link, { name: 'Corrige', email: 'corrige@mail.example' })
    await publish(link, { directory: DIRECTORY, fediverse: '1' })
    const [before, agreed] = [await own(), await open()]
    server.advance({ hours: 1 })

    await fill(link, {
      name: 'Corrige',
      themes: 'école',
      formats: '',
      email: 'corrige@mail.example',
    })
    const preview = await visitor.get(`${link}/apercu`)
    expect(await findHtmlErrors(preview.text)).toEqual([])
    expect(preview.text).toContain('À tout le monde\u00a0: thèmes.')
    expect(preview.text).toContain(`${DIRECTORY}, Mastodon`)
    expect(preview.text).not.toContain('name="directory"')
    expect((await visitor.submit(preview, `${link}/apercu`, {})).status).toBe(422)
    await publish(link)
    expect(await own()).toEqual(before)
    expect(await open()).toEqual(
      agreed.filter(([field]) => field !== 'formats').map(([field]) => [field, field === 'themes']),
    )

    // A person who shows less than before has nothing to agree to.
    await fill(link, {
      name: 'Corrige',
      ...{ themes: 'école', formats: '', email: 'corrige@mail.example' },
      'niveau.radiusKm': 'nobody',
    })
    const less = await visitor.get(`${link}/apercu`)
    expect(less.text).toContain('vous n’avez rien à accepter')
    const done = await visitor.submit(less, `${link}/apercu`)
    expect(done.location).toContain('fait=published')
    expect((await open()).map(([field]) => field)).not.toContain('radiusKm')
    expect(await own()).toEqual(before)
  })
})

describe('after a year', () => {
  test('the person is asked a month before, and without an answer nothing stays published', async () => {
    const link = await invite('noor@mail.example', 'Noor Benali')
    await fill(link, { name: 'Noor Benali' })
    await publish(link, { directory: DIRECTORY })
    const address = await addressOf('Noor Benali')
    server.advance({ hours: 334 * 24 })
    await sendConsentRenewals(server.context)
    expect((await deliver()).filter(({ to }) => to === 'noor@mail.example')).toEqual([])
    server.advance({ hours: 2 * 24 })
    await sendConsentRenewals(server.context)
    await sendConsentRenewals(server.context)
    const asked = (await deliver()).filter(({ to }) => to === 'noor@mail.example')
    expect(asked).toHaveLength(1)
    expect(asked[0]?.text).toContain('est publié jusqu’au')
    server.advance({ hours: 30 * 24 })
    expect((await visitor.get(address)).status).toBe(404)
    await unpublishExpired(server.context)
    const [told] = (await deliver()).filter(({ to }) => to === 'noor@mail.example')
    expect(told?.text).toContain('n’est plus publié')
    const { id: facilitatorId } = await profileOf('Noor Benali')
    const left = { type: 'facilitator-changed', facilitatorId, leftDirectory: true }
    expect(await changes()).toContainEqual(expect.objectContaining(left))
    await publish(told?.link ?? '')
    expect((await visitor.get(address)).status).toBe(200)
    server.advance({ hours: 366 * 24 })
    await unpublishExpired(server.context)
    server.advance({ hours: 91 * 24 })
    await purge(server.context)
    expect(await everyRow()).not.toMatch(/Noor Benali|noor@/)
    expect((await visitor.get(address)).status).toBe(410)
  })
})

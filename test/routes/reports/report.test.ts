import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { askForReports } from '../../../node/jobs/reports/ask-for-reports.ts'
import { deleteUnusedMedia } from '../../../node/store/files/media.ts'
import { findMissingReports } from '../../../node/store/reports/missing-reports.ts'
import { findReport } from '../../../node/store/reports/reports.ts'
import type { Page } from '../../support/browser.ts'
import { findHtmlErrors } from '../../support/html-errors.ts'
import { readable } from '../../support/readable.ts'
import { startRegistering } from '../../support/registering.ts'
import { listMedia, submitWithImage, telephoneJpeg } from '../../support/uploads.ts'

/** What is told of a café after it took place: by the team, and by the link of a mail without signing in. */

let site: Awaited<ReturnType<typeof startRegistering>>
let server: (typeof site)['server']
let visitor: (typeof site)['visitor']
let admin: (typeof site)['admin']
beforeAll(async () => {
  site = await startRegistering()
  ;({ server, visitor, admin } = site)
})
afterAll(() => site.stop())

const kept = (cafe: string) => findReport(server.context.db, cafe)
const path = (cafe: string) => `/administration/cafes/${cafe}/bilan`

/** Announces a café of this evening, and returns its id once it is over. */
async function pastCafe(title: string, seats = 12): Promise<string> {
  const start = server.context.now().toZonedDateTimeISO('Europe/Paris').add({ hours: 2 })
  const when = {
    date: start.toPlainDate().toString(),
    time: start.toPlainTime().toString().slice(0, 5),
  }
  const cafe = await site.aCafe(seats, title, when)
  server.advance({ hours: 5 })
  return cafe
}

async function valid(page: Page): Promise<Page> {
  expect(await findHtmlErrors(page.text)).toEqual([])
  return page
}

test('it can be told that a café did not take place, and corrected', async () => {
  const cafe = await pastCafe('Café sans personne')
  const form = await admin.get(path(cafe))
  await admin.submit(form, path(cafe), { held: 'no' })
  expect(await kept(cafe)).toMatchObject({ isHeld: false, participants: undefined })
  const again = await valid(await admin.get(`${path(cafe)}?corriger=1`))
  await admin.submit(again, path(cafe), { participants: '4' })
  expect(await kept(cafe)).toMatchObject({ isHeld: true, participants: 4 })
})

test('what La Coop asks of a workshop is there to copy, once the number is known', async () => {
  const cafe = await pastCafe('Café pour La Coop')
  expect((await admin.get(path(cafe))).text).not.toContain('Pour La Coop')
  await admin.submit(await admin.get(path(cafe)), path(cafe), { participants: '23' })
  const { text } = await valid(await admin.get(path(cafe)))
  const value = (name: string) =>
    new RegExp(`<input type="text" id="coop-${name}" value="([^"]*)"`).exec(text)?.[1]
  expect(value('participants')).toBe('23')
  expect(value('title')).toBe('Café pour La Coop')
  expect(value('duration')).toMatch(/^1\sh\s30$/)
  expect(value('date')).toMatch(/^\d\d\/\d\d\/20\d\d$/)
  expect(value('theme')).toBe('Intelligence artificielle (IA)')
  expect(text.match(/data-copy="coop-/g)).toHaveLength(6)
})

test('an unusual number is asked back before it counts', async () => {
  const cafe = await pastCafe('Café très plein')
  await admin.submit(await admin.get(path(cafe)), path(cafe), { participants: '2000' })
  expect(await kept(cafe)).toMatchObject({ participants: 2000, isCounted: false })
  const asked = await valid(await admin.get(path(cafe)))
  expect(readable(asked.text)).toMatch(/Est-ce bien 2\s000 \?/)
  expect(readable((await admin.get('/administration')).text)).toContain('Il manque un bilan')
  await admin.submit(asked, path(cafe), { step: 'confirm' })
  expect(await kept(cafe)).toMatchObject({ participants: 2000, isCounted: true })
})

describe('what is wrong is said beside the field, and what was typed stays', () => {
  let cafe: string
  beforeAll(async () => {
    cafe = await pastCafe('Café des erreurs')
  })

  test.each(['', '-3', 'douze', '1000000000', '1.5'])(
    'a number that is “%s”',
    async (participants) => {
      const page = await valid(
        await admin.submit(await admin.get(path(cafe)), path(cafe), { participants }),
      )
      expect(page.status).toBe(422)
      expect(page.text).toContain('id="participants-erreur"')
      expect(await kept(cafe)).toBeUndefined()
    },
  )

  test('a question with a name, a number or an address', async () => {
    await admin.submit(await admin.get(path(cafe)), path(cafe), { participants: '9' })
    const page = await valid(
      await admin.submit(await admin.get(path(cafe)), path(cafe), {
        'question.0': 'Qui décide ?',
        'question.2': 'Que dit Mme Martin ?',
        words: 'Gardé <b>tel quel</b>',
      }),
    )
    expect(page.status).toBe(422)
    expect(page.text).toContain('id="question-2-erreur"')
    expect(readable(page.text)).toContain('Retirez le nom de la personne')
    expect(page.text).toContain('Gardé &lt;b&gt;tel quel&lt;/b&gt;')
    expect(await kept(cafe)).toMatchObject({ questions: [], words: undefined })
  })

  test('more lines are given without saving', async () => {
    const more = await valid(
      await admin.submit(await admin.get(path(cafe)), path(cafe), {
        'question.0': 'Qui ?',
        more: '1',
      }),
    )
    expect(more.text).toContain('name="question.5"')
    expect(more.text).toContain('value="Qui ?"')
    expect(await kept(cafe)).toMatchObject({ questions: [] })
  })

  test('what a colleague saved meanwhile is not overwritten unseen', async () => {
    const mine = await admin.get(path(cafe))
    await admin.submit(await admin.get(path(cafe)), path(cafe), { format: 'débat' })
    const stale = await valid(await admin.submit(mine, path(cafe), { words: 'Le mien' }))
    expect([stale.status, stale.text.includes('Le mien')]).toEqual([409, true])
    expect(await kept(cafe)).toMatchObject({ format: 'débat', words: undefined })
    await admin.submit(stale, path(cafe), {})
    expect(await kept(cafe)).toMatchObject({ words: 'Le mien' })
  })
})

test('a photo needs the consent of who is on it, shows nothing of where it was taken, and goes for ever', async () => {
  const cafe = await pastCafe('Café en photo')
  await admin.submit(await admin.get(path(cafe)), path(cafe), { participants: '7' })
  const files = () => listMedia(server).catch((): string[] => [])
  const bytes = await telephoneJpeg()
  const send = async (fields: Record<string, string>) =>
    submitWithImage({ server, browser: admin }, path(cafe), {
      page: await admin.get(path(cafe)),
      ...{ fields, file: { bytes } },
    })
  const before = await files()
  const refused = await send({ 'image.alt': 'Une table' })
  expect(refused.status).toBe(422)
  expect(refused.text).toContain('id="consent-erreur"')
  expect(await files()).toEqual(before)
  await send({ 'image.alt': 'Une table', consent: 'yes' })
  const { picture, isPicturePublic } = (await kept(cafe)) ?? {}
  expect([picture?.length, isPicturePublic]).toEqual([32, false])
  const file = (await files()).find((name) => name.startsWith(picture ?? '?')) ?? ''
  expect((await visitor.get(`/media/${file}`)).status).toBe(404)
  expect((await admin.get(`/media/${file}`)).status).toBe(200)
  await admin.submit(await admin.get(path(cafe)), path(cafe), { publishPhoto: 'photo' })
  expect((await visitor.get(`/media/${file}`)).status).toBe(200)
  await deleteUnusedMedia(server.context.db, server.context.now().add({ hours: 48 }))
  expect((await visitor.get(`/media/${file}`)).status).toBe(200)
  const asked = await valid(await admin.get(`${path(cafe)}/effacer`))
  await admin.submit(asked, `${path(cafe)}/effacer`, {})
  expect(await kept(cafe)).toBeUndefined()
  expect(await files()).toEqual(before)
  await admin.submit(await admin.get(path(cafe)), path(cafe), { participants: '7' })
  expect(await kept(cafe)).toMatchObject({ picture: undefined, questions: [] })
})

test('a café that is off, a draft or to come has no report', async () => {
  const cafe = await site.aCafe(5, 'Café à venir')
  const early = await valid(await admin.get(path(cafe)))
  expect(readable(early.text)).toContain('Ce café n’a pas encore commencé')
  const csrf = /name="csrf" value="([^"]+)"/.exec(early.text)?.[1] ?? ''
  const sent = { csrf, step: 'number', participants: '5', version: '-' }
  expect((await admin.post(path(cafe), sent)).status).toBe(409)
  expect(await kept(cafe)).toBeUndefined()
})

const missing = async () => {
  const { db, now } = server.context
  const { id: organizationId } = server.organization
  return (await findMissingReports(db, { organizationId, now: now() })).total
}

test('what was deleted is asked for no more', async () => {
  const cafe = await pastCafe('Café dont on ne dit rien')
  const before = await missing()
  await admin.submit(await admin.get(path(cafe)), path(cafe), { participants: '7' })
  await admin.submit(await admin.get(`${path(cafe)}/effacer`), `${path(cafe)}/effacer`, {})
  expect([await kept(cafe), await missing()]).toEqual([undefined, before - 1])
  server.advance({ hours: 24 })
  await askForReports(server.context)
  const subjects = (await site.deliver()).map(({ subject }) => subject)
  expect(subjects.join()).not.toContain('Café dont on ne dit rien')
})

test('a report of a former date is shown nowhere, and asked for anew after the new one', async () => {
  const cafe = await pastCafe('Café déplacé')
  await admin.submit(await admin.get(path(cafe)), path(cafe), {
    participants: '11',
    'question.0': 'Qui décide ?',
  })
  await admin.submit(await admin.get(path(cafe)), path(cafe), { 'question.0': 'Qui décide ?' })
  const shown = async () => readable((await visitor.get(`/cafes/${cafe}`)).text)
  const asked = async () => (await visitor.get('/api/v1/questions')).text
  expect(await shown()).toContain('11 personnes')
  const before = await missing()
  const form = `/administration/cafes/${cafe}`
  const date = server.context.now().toZonedDateTimeISO('Europe/Paris').add({ days: 3 })
  const asksBack = await admin.submit(await admin.get(form), form, {
    date: date.toPlainDate().toString(),
  })
  await admin.submit(asksBack, form, { confirmed: '1' })
  expect(await shown()).not.toContain('11 personnes')
  expect(await asked()).not.toContain('Qui décide')
  server.advance({ hours: 24 * 4 })
  expect(await shown()).not.toContain('11 personnes')
  expect(await missing()).toBe(before + 1)
  await askForReports(server.context)
  expect((await site.deliver()).map(({ subject }) => subject).join()).toContain('Café déplacé')
  const again = await valid(await admin.get(path(cafe)))
  expect(again.text).toContain('value="11"')
  await admin.submit(again, path(cafe), { participants: '9' })
  expect([await missing(), (await shown()).includes('9 personnes')]).toEqual([before, true])
  // The next mail that may be one of several a day leaves tomorrow; it is the hour of before these two cafés.
  server.advance({ hours: 24 + 14 })
  await site.deliver()
})

test('the morning after, a mail asks how many came, and its link needs no account', async () => {
  const cafe = await pastCafe('Café du soir')
  await askForReports(server.context)
  expect(await site.deliver()).toEqual([])
  server.advance({ hours: 24 })
  await askForReports(server.context)
  const [mail, ...others] = await site.deliver()
  expect([mail?.subject, others]).toEqual(['Combien étiez-vous ? Café du soir', []])
  await askForReports(server.context)
  expect(await site.deliver()).toEqual([])
  const link = /\/bilans\/[\w-]{43}/.exec(mail?.text ?? '')?.[0] ?? ''
  expect(mail?.text).toContain(`${link}?n=12`)
  // Whoever looks changes nothing, programs that check mails included.
  const asked = await valid(await visitor.get(`${link}?n=12`))
  expect(asked.text).toContain('value="12"')
  expect(await kept(cafe)).toBeUndefined()
  const home = readable((await admin.get('/administration')).text)
  expect(home).toContain('Il manque un bilan')
  const saved = await visitor.submit(asked, link, {})
  const thanks = await valid(await visitor.get(saved.location ?? ''))
  expect(readable(thanks.text)).toContain('12 personnes, c’est compté.')
  expect(await kept(cafe)).toMatchObject({ participants: 12, isCounted: true, isHeld: true })
  expect(readable((await admin.get('/administration')).text)).not.toContain('Il manque un bilan')
  // Thirty days after the café, whoever has the link reads why it opens nothing.
  server.advance({ hours: 24 * 30 })
  const late = await valid(await visitor.get(link))
  expect([late.status, readable(late.text).includes('Ce lien ne sert plus')]).toEqual([410, true])
  expect(
    (await visitor.post(link, { step: 'number', participants: '99', version: '-' })).status,
  ).toBe(410)
  expect(await kept(cafe)).toMatchObject({ participants: 12 })
})

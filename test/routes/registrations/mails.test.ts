import ICAL from 'ical.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { StatusChange } from '../../../node/domain/cafes/status-change.ts'
import { sendReminders } from '../../../node/jobs/registrations/send-reminders.ts'
import { CAFE, revise } from '../../support/admin.ts'
import { findHtmlErrors } from '../../support/html-errors.ts'
import { cancelCafe, changeStatus } from '../../support/own-cafes.ts'
import { readable } from '../../support/readable.ts'
import { startRegistering } from '../../support/registering.ts'

let site: Awaited<ReturnType<typeof startRegistering>>
beforeAll(async () => {
  site = await startRegistering()
})
afterAll(() => site.stop())

/** Moves the clock to a time, which is later. */
const goTo = (time: string) => {
  const { context, advance } = site.server
  advance(context.now().until(Temporal.Instant.from(time)))
}

/** Reads the one event of a calendar with another reader than ours. */
function readEvent(text: string | undefined) {
  const calendar = new ICAL.Component(ICAL.parse(text ?? ''))
  const event = calendar.getFirstSubcomponent('vevent')
  const textOf = (name: string) => String(event?.getFirstPropertyValue(name))
  return {
    method: String(calendar.getFirstPropertyValue('method')),
    uid: textOf('uid'),
    sequence: Number(textOf('sequence')),
    status: textOf('status'),
    start: textOf('dtstart'),
    text: text?.replaceAll(/\r\n /g, '') ?? '',
  }
}

const setStatus = (id: string, statusChange: StatusChange, some: object = {}) =>
  changeStatus(site.server.context.db, { id, statusChange, ...some }, site.server.context.now())

/** Lets a notice rest, and sends what waits. */
const deliverNotices = () => {
  site.server.advance({ minutes: 3 })
  return site.deliver()
}

const remind = async () => {
  await sendReminders(site.server.context)
  return site.deliver()
}

describe('the mails', () => {
  test('of a confirmation hold the café for a calendar, and words for links', async () => {
    const cafe = await site.aCafe(5, 'Café du calendrier')
    await site.register(cafe, 'ics@mail.example')
    const [mail] = await site.deliver()
    expect(mail?.subject).toBe('Votre place est gardée : Café du calendrier')
    const event = readEvent(mail?.calendar)
    const page = readEvent((await site.visitor.get(`/cafes/${cafe}.ics`)).text)
    expect([event.method, event.uid, event.start]).toEqual([
      'PUBLISH',
      page.uid,
      '2026-12-09T17:30:00Z',
    ])
    const at = `${site.server.origin}${mail?.link}`
    expect(mail?.html).toContain(
      `<a href="${at}">Vous ne pouvez plus venir\u202f? Rendez votre place, quelqu’un l’attend peut-être</a>`,
    )
    expect(mail?.html.replaceAll(/<[^>]*>/g, '')).not.toContain(at)
    expect(mail?.text).toContain(at)
  })

  test('tell the link of an online café to who comes online, and to nobody else', async () => {
    const secret = 'https://visio.example/pour-les-inscrits'
    const cafe = await site.aCafe(5, 'Café des deux côtés', {
      ...{ attendanceMode: 'mixed', onlineUrl: secret, onlineFor: 'registrants' },
    })
    await site.register(cafe, 'salle@mail.example', { cote: 'onsite' })
    const [here] = await site.deliver()
    await site.register(cafe, 'ecran@mail.example', { cote: 'online' })
    const [there] = await site.deliver()
    const saying = [here, there].map((mail) => JSON.stringify(mail).includes(secret))
    expect(saying).toEqual([false, true])
    expect(readEvent(there?.calendar).text).toContain(secret)
  })
})

test('a café on site and online says which side is full, and keeps its two numbers', async () => {
  const cafe = await site.aCafe(1, 'Café à deux jauges', {
    ...{ attendanceMode: 'mixed', onlineUrl: 'https://visio.example/deux-jauges' },
    'registration.onlineCapacity': '2',
  })
  await site.register(cafe, 'seule@mail.example', { cote: 'onsite' })
  const words = async (path: string) => readable((await site.visitor.get(path)).text)
  expect(await words(`/cafes/${cafe}`)).toContain('Complet sur place, encore des places en ligne.')
  expect(await words(`/cafes/${cafe}/inscription`)).toContain(
    'Sur place (complet : vous serez sur la liste d’attente)',
  )
  await revise(site.admin, cafe, { title: 'Café à deux jauges encore' })
  const form = await site.admin.get(`/administration/cafes/${cafe}`)
  expect(form.text).toMatch(/name="registration.onlineCapacity"[^>]*value="2"/)
  await site.register(cafe, 'ligne@mail.example', { cote: 'online', places: '2' })
  expect(await words(`/cafes/${cafe}`)).toContain('Ce café est complet.')
  await revise(site.admin, cafe, { 'registration.capacity': '3' })
  expect(await words(`/cafes/${cafe}`)).toContain('encore des places sur place')
  const saved = await revise(site.admin, cafe, { 'registration.onlineCapacity': '1' })
  const home = readable((await site.admin.get(saved.location ?? '')).text)
  expect(home).toContain('personne n’est retiré de la liste')
  await site.deliver()
})

describe('a café that changes', () => {
  test('is told once to all who have seats or wait, with the same entry for their calendars', async () => {
    const cafe = await site.aCafe(1, 'Café qui bouge')
    await site.register(cafe, 'vient@mail.example')
    const [confirmed] = await site.deliver()
    await site.register(cafe, 'attend@mail.example')
    await site.ask(cafe, { courriel: 'inconnu@mail.example' }, '203.0.113.200')
    await site.deliver()
    await revise(site.admin, cafe, { date: '2026-12-15' })
    await revise(site.admin, cafe, { date: '2026-12-16' })
    expect(await site.deliver()).toEqual([])
    const told = await deliverNotices()
    expect(told.map(({ to, subject }) => [to, subject])).toEqual([
      ['vient@mail.example', 'Nouvelle date : Café qui bouge'],
      ['attend@mail.example', 'Nouvelle date : Café qui bouge'],
    ])
    const [seat, waiting] = told
    expect(seat?.text).toContain('aura lieu le mercredi 16 décembre 2026 à 18 h 30 et non')
    expect(seat?.text).toContain('Votre place est gardée.')
    expect(waiting?.text).toContain('toujours sur la liste d’attente')
    const [first, then] = [confirmed, seat].map((mail) => readEvent(mail?.calendar))
    expect(then?.uid).toBe(first?.uid)
    expect(then?.sequence).toBeGreaterThan(first?.sequence ?? Number.NaN)
    expect(then?.start).toBe('2026-12-16T17:30:00Z')
    expect(await deliverNotices()).toEqual([])
  })

  test('and is as before when the mail would leave is told to nobody', async () => {
    const cafe = await site.aCafe(5, 'Café corrigé')
    await site.register(cafe, 'calme@mail.example')
    await site.deliver()
    await revise(site.admin, cafe, { time: '19:30' })
    await revise(site.admin, cafe, { time: '18:30' })
    await revise(site.admin, cafe, { title: 'Café corrigé encore' })
    expect(await deliverNotices()).toEqual([])
  })

  test('again and again tells the last state, each hour at most once it has told much', async () => {
    const cafe = await site.aCafe(5, 'Café qui hésite')
    await site.register(cafe, 'patiente@mail.example')
    await site.deliver()
    const told: number[] = []
    for (let n = 0; n < 8; n++) {
      await revise(site.admin, cafe, { date: `2026-12-${20 + n}` })
      told.push((await deliverNotices()).length)
    }
    expect(told).toEqual([1, 1, 1, 1, 1, 1, 0, 0])
    site.server.advance({ hours: 1 })
    const [last] = await site.deliver()
    expect(readable(last?.text ?? '')).toContain('27 décembre')
    await revise(site.admin, cafe, { date: '2026-12-28' })
    expect(await deliverNotices()).toEqual([])
    await setStatus(cafe, 'cancelled', { note: 'La salle est fermée.' })
    expect((await deliverNotices()).map(({ subject }) => subject)).toEqual([
      'Annulé : Café qui hésite',
    ])
  })

  test('while the relay is down is one mail all the same', async () => {
    const cafe = await site.aCafe(5, 'Café sans relais')
    await site.register(cafe, 'panne@mail.example')
    await site.deliver()
    site.relay.refuseNext(451)
    await revise(site.admin, cafe, { time: '19:30' })
    expect(await deliverNotices()).toEqual([])
    await revise(site.admin, cafe, { time: '20:00' })
    site.server.advance({ minutes: 30 })
    const told = await site.deliver()
    expect(told.map(({ subject }) => subject)).toEqual(['Nouvel horaire : Café sans relais'])
    expect(told[0]?.text).toContain('à 20 h')
  })

  test.each([
    ['cancelled', 'Annulé', 'CANCELLED', 'Vous n’avez rien à faire'],
    ['postponed', 'Reporté', 'TENTATIVE', 'Votre inscription vaut pour la nouvelle date'],
  ] as const)(
    'to %s says so, and that it takes place after all',
    async (state, title, status, words) => {
      const cafe = await site.aCafe(5, `Café ${state}`)
      await site.register(cafe, `${state}@mail.example`)
      await site.deliver()
      await setStatus(cafe, state, { note: 'La salle est fermée.' })
      const [mail] = await deliverNotices()
      expect(mail?.subject).toBe(`${title} : Café ${state}`)
      expect(mail?.text).toContain('La salle est fermée.')
      expect(mail?.text).toContain(words)
      expect(readEvent(mail?.calendar).status).toBe(status)
      await setStatus(cafe, 'as-planned')
      const [again] = await deliverNotices()
      expect(again?.subject).toBe(`Maintenu : Café ${state}`)
      expect(again?.text).toContain('Votre place est gardée.')
    },
  )

  test('to an online one gives the link, and each other link after it', async () => {
    const cafe = await site.aCafe(5, 'Café qui passe en ligne')
    await site.register(cafe, 'loin@mail.example')
    await site.deliver()
    await setStatus(cafe, 'moved-online', { onlineUrl: 'https://visio.example/un' })
    const [mail] = await deliverNotices()
    expect(mail?.subject).toBe('En ligne : Café qui passe en ligne')
    expect(mail?.text).toContain('Pour se connecter : https://visio.example/un')
    await setStatus(cafe, 'moved-online', { onlineUrl: 'https://visio.example/deux' })
    const [next] = await deliverNotices()
    expect(next?.subject).toBe('Nouveau lien : Café qui passe en ligne')
    expect(next?.text).toContain('Pour se connecter : https://visio.example/deux')
  })

  test('that is deleted says that nothing of the person is kept', async () => {
    const cafe = await site.aCafe(5, 'Café de trop')
    await site.register(cafe, 'efface@mail.example')
    await site.deliver()
    const path = `/administration/cafes/${cafe}/supprimer`
    await site.admin.submit(await site.admin.get(path), path)
    const [mail] = await deliverNotices()
    expect([mail?.to, mail?.subject]).toEqual([
      'efface@mail.example',
      'Ce café n’aura pas lieu : Café de trop',
    ])
  })
})

test('who has no mailbox is told by the team, which reads what to say', async () => {
  const cafe = await site.aCafe(5, 'Café au téléphone')
  await site.ask(cafe, { telephone: '06 39 98 00 77' }, '203.0.113.201')
  await revise(site.admin, cafe, { time: '19:00' })
  expect(await deliverNotices()).toEqual([])
  const path = '/administration/courriels'
  const list = await site.admin.get(path)
  const text = readable(list.text)
  for (const words of [
    '06 39 98 00 77',
    'À dire par téléphone',
    'commencera à 19 h et non à 18 h 30',
  ])
    expect(text).toContain(words)
  expect(text).not.toContain('fichier joint')
  expect(await findHtmlErrors(list.text)).toEqual([])
  const [, id] = /courriels\/([\w-]+)\/preparer/.exec(list.text) ?? []
  const ready = await site.admin.submit(list, `${path}/${id}/preparer`)
  expect(readable(ready.text)).toMatch(/\/inscriptions\/[a-z2-9]{5}(-[a-z2-9]{5}){2}/)
  await site.admin.submit(ready, `${path}/${id}/remis`)
  const after = await site.admin.get(`${path}?etat=a-envoyer`)
  expect(readable(after.text)).not.toContain('06 39 98 00 77')
})

test('an offer that follows from fewer seats is mailed to who asked for fewer', async () => {
  const cafe = await site.aCafe(2, 'Café aux offres')
  const first = await site.register(cafe, 'deux@mail.example', { places: '2' })
  const link = await site.register(cafe, 'encore@mail.example', { places: '2' })
  await site.visitor.post(`${first}/places`, { places: '1' })
  await site.deliver()
  await site.visitor.post(`${link}/places`, { places: '1' })
  expect((await site.deliver()).map(({ to, subject }) => [to, subject])).toEqual([
    ['encore@mail.example', 'Une place s’est libérée : Café aux offres'],
  ])
})

describe('the questions of the team', () => {
  const asked = {
    question1: 'Avez-vous déjà posé une question à une IA ?',
    'question1.why': 'Pour choisir les exemples.',
    question2: 'Avec quoi venez-vous ?',
    'question2.why': 'Pour les tables.',
    'question2.answers': 'Un ordinateur\nUn téléphone\nRien',
  }

  test('are shown with why, passed or answered from their list, and counted for the team', async () => {
    const cafe = await site.aCafe(9, 'Café des questions', asked)
    const page = await site.visitor.get(`/cafes/${cafe}/inscription`)
    for (const words of ['Avez-vous déjà posé', 'Pour choisir les exemples.', 'Rien', 'Je passe'])
      expect(readable(page.text)).toContain(words)
    expect(await findHtmlErrors(page.text)).toEqual([])
    const answers = { question1: 'Oui', question2: 'Une réponse à moi' }
    const link = await site.register(cafe, 'repond@mail.example', { ...answers, places: '2' })
    await site.register(cafe, 'passe@mail.example', { question2: 'Rien' })
    const own = readable((await site.visitor.get(link)).text)
    expect([own.includes('Avez-vous déjà posé'), own.includes('à moi')]).toEqual([true, false])
    const data = await site.visitor.get(`${link}/donnees.json`)
    expect(JSON.parse(data.text)).toMatchObject({
      answers: [{ question: asked.question1, answer: 'Oui' }],
    })
    const team = await site.admin.get(`/administration/cafes/${cafe}/inscrits`)
    expect(readable(team.text)).toContain('Oui : 2.')
    expect(readable(team.text)).toContain('Avec quoi venez-vous ? Rien : 1.')
    await site.visitor.post(`${link}/effacer`, {})
    const { db } = site.server.context
    const left = await db.selectFrom('registration_answer').select('answer').execute()
    expect(left).toEqual([{ answer: 'Rien' }])
  })

  test('stay when the café is edited, and need a reason and answers to choose from', async () => {
    const cafe = await site.aCafe(9, 'Café des questions gardées', asked)
    await revise(site.admin, cafe, { title: 'Café des questions toujours gardées' })
    const path = `/administration/cafes/${cafe}`
    const form = await site.admin.get(path)
    expect(form.text).toContain('Un ordinateur\nUn téléphone\nRien</textarea>')
    const wrong = await site.admin.submit(form, path, {
      ...{ save: 'publish', question1: 'Pourquoi ?', 'question1.why': '' },
      'question2.answers': 'Une seule',
    })
    expect(wrong.status).toBe(422)
    expect(readable(wrong.text)).toContain('Donnez de deux à six réponses.')
    expect(wrong.text).toMatch(/href="#question1.why"/)
  })
})

describe('a series', () => {
  const NEW = '/administration/cafes/nouveau'

  /** Plans three Thursdays with two seats each, and returns the cafés of its dates in their order. */
  async function planSeries(title: string) {
    const { db } = site.server.context
    const fields = {
      ...{ ...CAFE, title, date: '2026-12-10', dates: 'several', repeats: 'weekly' },
      ...{ ends: 'date', lastDay: '2026-12-24', 'registration.mode': 'local' },
      ...{ 'registration.capacity': '2', 'registration.wholeSeries': '1', save: 'publish' },
    }
    const seen = await site.admin.submit(await site.admin.get(NEW), NEW, fields)
    const saved = await site.admin.submit(seen, NEW, { save: 'publish' })
    const series = /\/series\/([0-9a-f-]{36})/.exec(saved.location ?? '')?.[1] ?? ''
    const rows = await db
      .selectFrom('cafe')
      .select('id')
      .where('title', '=', title)
      .orderBy('starts_at')
      .execute()
    return { series, cafes: rows.map(({ id }) => id) }
  }

  test('has one form, one mail and one link for all dates, each with its own seats', async () => {
    const { series, cafes } = await planSeries('Trois jeudis')
    expect(cafes).toHaveLength(3)
    const page = await site.visitor.get(`/series/${series}`)
    expect(page.text).toContain(`/cafes/${cafes[0]}/inscription`)
    const [first = '', second = '', third = ''] = cafes
    const form = await site.visitor.get(`/cafes/${first}/inscription`)
    expect(readable(form.text)).toContain('Toutes les dates à venir (3)')
    expect(await findHtmlErrors(form.text)).toEqual([])
    await site.register(second, 'complet@mail.example', { places: '2' })
    await site.deliver()
    await site.ask(first, { courriel: 'tout@mail.example', dates: 'toutes' }, '203.0.113.210')
    const asked = await site.deliver()
    expect(asked).toHaveLength(1)
    expect(asked[0]?.text).toContain('à 3 dates, jusqu’au jeudi 24 décembre')
    const link = asked[0]?.link ?? ''
    await site.visitor.post(link, {})
    const [mail, ...others] = await site.deliver()
    expect([mail?.subject, others]).toEqual(['Vos dates : Trois jeudis', []])
    expect(mail?.text.match(/Votre place est gardée/g)).toHaveLength(2)
    expect(mail?.text.match(/liste d’attente/g)).toHaveLength(1)
    expect(mail?.calendar?.match(/BEGIN:VEVENT/g)).toHaveLength(2)
    const own = await site.visitor.get(link)
    expect(await findHtmlErrors(own.text)).toEqual([])
    const group = [...own.text.matchAll(/name="inscription" value="([^"]+)"/g)].map(([, id]) => id)
    expect(group).toHaveLength(2)
    const { db } = site.server.context
    const states = async () =>
      Promise.all(
        [first, second, third].map(async (cafe) =>
          (
            await db
              .selectFrom('registration')
              .select('state')
              .where('cafe_id', '=', cafe)
              .where('email', '=', 'tout@mail.example')
              .execute()
          ).map(({ state }) => state),
        ),
      )
    expect(await states()).toEqual([['confirmed'], ['waiting'], ['confirmed']])
    await site.visitor.post(`${link}/annuler`, { inscription: group[0] ?? '' })
    expect(await states()).toEqual([['cancelled'], ['waiting'], ['confirmed']])
    await site.ask(first, { courriel: 'tout@mail.example', dates: 'toutes' }, '203.0.113.211')
    expect((await states()).map((all) => all.length)).toEqual([2, 1, 1])
    await site.deliver()
    await site.visitor.post(`${link}/effacer`, {})
    expect((await states()).map((all) => all.length)).toEqual([1, 0, 0])
  })

  test('has no seat at a date that is cancelled before the address is proven', async () => {
    const [first = '', second = ''] = (await planSeries('Deux jeudis sur trois')).cafes
    await site.ask(first, { courriel: 'jeudis@mail.example', dates: 'toutes' }, '203.0.113.212')
    const [asked] = await site.deliver()
    const { context } = site.server
    await cancelCafe(context.db, { id: second, reason: undefined }, context.now())
    await site.visitor.post(asked?.link ?? '', {})
    const rows = context.db.selectFrom('registration').select(['cafe_id', 'state'])
    const states = await rows.where('email', '=', 'jeudis@mail.example').execute()
    expect(states.filter(({ state }) => state === 'confirmed')).toHaveLength(2)
    expect(states.find(({ cafe_id }) => cafe_id === second)?.state).toBe('unproven')
    await site.deliver()
  })

  test('that does not offer it takes the one date alone', async () => {
    const cafe = await site.aCafe(5, 'Une date seule')
    const form = await site.visitor.get(`/cafes/${cafe}/inscription`)
    expect(form.text).not.toContain('name="dates"')
    await site.ask(cafe, { courriel: 'seul@mail.example', dates: 'toutes' }, '203.0.113.212')
    expect((await site.deliver())[0]?.subject).toBe('Confirmez votre inscription : Une date seule')
  })
})

describe('a reminder', () => {
  test('leaves on the eve, once, for who had registered before it was due', async () => {
    const cafe = await site.aCafe(5, 'Café de demain', { date: '2026-12-20' })
    await site.register(cafe, 'avant@mail.example')
    await site.deliver()
    goTo('2026-12-19T06:59:00Z')
    expect(await remind()).toEqual([])
    goTo('2026-12-19T07:00:00Z')
    await site.register(cafe, 'apres@mail.example')
    await site.deliver()
    const told = await remind()
    expect(told.map(({ to, subject }) => [to, subject])).toEqual([
      ['avant@mail.example', 'C’est demain : Café de demain'],
    ])
    expect(readEvent(told[0]?.calendar).status).toBe('CONFIRMED')
    expect(await remind()).toEqual([])
  })

  test('that a machine missed leaves as long as it is of use, of several only the last', async () => {
    const some = { date: '2027-01-10', 'registration.reminders': ['week', 'eve', 'morning'] }
    const cafe = await site.aCafe(5, 'Café aux trois rappels', some)
    await site.register(cafe, 'trois@mail.example')
    await site.deliver()
    goTo('2027-01-09T20:00:00Z')
    expect((await remind()).map(({ subject }) => subject)).toEqual([
      'C’est demain : Café aux trois rappels',
    ])
    goTo('2027-01-10T16:45:00Z')
    expect(await remind()).toEqual([])
  })

  test('is of nobody where none is chosen, nor of a café that does not take place', async () => {
    const cafe = await site.aCafe(5, 'Sans rappel', {
      ...{ date: '2027-01-20', 'registration.reminders': [] },
    })
    await site.register(cafe, 'sans@mail.example')
    const off = await site.aCafe(5, 'Pas lieu', { date: '2027-01-20' })
    await site.register(off, 'off@mail.example')
    await setStatus(off, 'cancelled')
    await deliverNotices()
    goTo('2027-01-19T08:00:00Z')
    expect(await remind()).toEqual([])
  })
})

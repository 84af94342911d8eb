import { describe, expect, test } from 'vitest'
import { toInstant } from '../../../node/domain/cafes/import.ts'
import { cafeOf, cafesOf, fixture, read, readICalendar, reading, startOf } from './calendars.ts'

describe('calendars of other software', () => {
  test('Outlook’s Windows zone, Word’s HTML and escaped place become a café of Rennes at half past six', () => {
    const cafe = cafeOf(read('outlook.ics'))
    expect(startOf(cafe)).toBe('2026-12-03T17:30:00Z')
    expect(cafe.start).toMatchObject({ timezone: 'Europe/Paris' })
    expect(cafe.title).toBe('Café IA : comment ça marche ?')
    expect(cafe.descriptionMarkdown).toBe(
      "Une heure et demie pour parler ensemble de l'**intelligence artificielle**.\n\nAucune connaissance n'est demandée; venez avec vos questions.",
    )
    expect(cafe.place).toMatchObject({
      name: 'Médiathèque des Tilleuls',
      streetAddress: '14 rue des Tilleuls',
      postalCode: '35000',
      commune: 'Rennes',
    })
    expect(cafe.themes).toEqual(['Numérique'])
    expect(JSON.stringify(cafe)).not.toMatch(/Solène|@/)
  })

  test('Exchange’s series keeps its hour over the change of the clocks, its exception and its moved date', () => {
    const rows = readICalendar(fixture('exchange.ics'), {
      ...reading,
      now: Temporal.Instant.from('2026-10-14T00:00:00Z'),
    })
    expect(cafesOf(rows).map(startOf)).toEqual([
      '2026-10-15T11:30:00Z',
      '2026-10-22T11:30:00Z',
      '2026-10-29T12:30:00Z',
      '2026-11-05T12:30:00Z',
      '2026-11-26T12:30:00Z',
      '2026-12-03T12:30:00Z',
      '2026-12-10T12:30:00Z',
      '2026-12-17T12:30:00Z',
      '2026-11-18T15:00:00Z',
    ])
    const moved = cafesOf(rows).find((cafe) => cafe.title.includes('mercredi'))
    expect(moved).toMatchObject({
      recurrenceId: '20261119T123000Z',
      place: { name: 'Médiathèque de Die' },
    })
    expect(new Set(cafesOf(rows).map(({ series }) => series)).size).toBe(1)
    expect(rows.flatMap(({ withdrawn }) => withdrawn?.recurrenceId ?? [])).toEqual([
      '20261112T123000Z',
    ])
  })

  test('a private event of Exchange is not imported, and nothing of it is shown', () => {
    const rows = read('exchange.ics').filter(({ row }) => row === 3)
    expect(rows).toEqual([
      {
        ...{ row: 3, uid: expect.any(String), raw: '' },
        problems: [{ field: 'class', code: 'invalid', detail: 'PRIVATE' }],
      },
    ])
  })

  test('Google’s UTC times bear the calendar’s zone, its HTML becomes Markdown, its cancelled date is cancelled', () => {
    const cafes = cafesOf(read('google.ics'))
    const [single] = cafes
    expect(single?.start).toMatchObject({ kind: 'instant', timezone: 'Europe/Paris' })
    expect(single?.descriptionMarkdown).toBe(
      'On essaie **trois outils**, puis on en parle.\n- texte\n- image\n\n[Le programme](https://lafabrique.example/cafe-ia)',
    )
    const cancelled = cafes.filter(({ status }) => status === 'cancelled')
    expect(cancelled).toHaveLength(1)
    expect(cancelled[0]).toMatchObject({
      recurrenceId: '20261112T123000Z',
      place: { commune: 'Valence' },
    })
    expect(cafes.at(-1)).toMatchObject({
      title: 'Journée portes ouvertes',
      allDay: true,
      start: { kind: 'date' },
    })
  })

  test('Nextcloud’s tentative café of Saint-Denis is at nine there, and Martinique’s Wednesdays keep their added date', () => {
    const [reunion, ...martinique] = cafesOf(read('nextcloud.ics'))
    expect(reunion).toMatchObject({ status: 'tentative', sequence: 4 })
    expect(reunion && startOf(reunion)).toBe('2026-12-10T05:00:00Z')
    expect(reunion?.descriptionMarkdown).toBe('Un café au bureau de poste, **ouvert à tous**.')
    expect(martinique.map(startOf)).toEqual([
      '2026-12-02T14:00:00Z',
      '2026-12-16T14:00:00Z',
      '2027-01-06T14:00:00Z',
      '2027-02-03T14:00:00Z',
    ])
    expect(martinique[0]?.end && toInstant(martinique[0].end, 'UTC').toString()).toBe(
      '2026-12-02T15:30:00Z',
    )
  })

  test('Apple’s place on two lines and its point are understood, its emoji are whole', () => {
    expect(cafeOf(read('apple.ics'))).toMatchObject({
      title: 'Café IA 🤖 & jeux',
      url: 'https://bibliotheque.example/agenda/cafe-ia',
      place: {
        name: 'Bibliothèque Simone-Veil',
        streetAddress: '5 Rue de l’Église',
        commune: 'Nantes',
        latitude: 47.218371,
        longitude: -1.553621,
      },
    })
  })

  test('OpenAgenda’s dates have their own identity, point, image and cancellation', () => {
    const cafes = cafesOf(read('openagenda.ics'))
    expect(cafes.map(({ uid, status }) => [uid, status])).toEqual([
      ['41287650-0@openagenda.com', 'scheduled'],
      ['41287650-1@openagenda.com', 'cancelled'],
    ])
    expect(cafes[0]).toMatchObject({
      place: { latitude: 47.996, longitude: -4.097 },
      image: { url: 'https://cdn.openagenda.example/main/9f8e7d6c.jpg', alt: undefined },
    })
  })

  test('Mobilizon’s postcode and town apart are put together', () => {
    expect(cafeOf(read('mobilizon.ics'))).toMatchObject({
      place: { name: 'Maison de quartier', postalCode: '35000', commune: 'Rennes' },
      start: { kind: 'local', timezone: 'Europe/Paris' },
      themes: ['IA', 'éducation populaire'],
    })
  })

  test('Gancio’s events are the same at the next download although their UIDs are not', () => {
    const identities = (name: string) => cafesOf(read(name)).map(({ uid, title }) => [uid, title])
    expect(identities('gancio.ics')).toEqual(identities('gancio-next-day.ics'))
    expect(identities('gancio.ics').map(([, title]) => title)).toEqual([
      'Café IA et soupe partagée',
      'Ciné-débat',
    ])
    expect(cafesOf(read('gancio.ics'))[0]).toMatchObject({
      place: { name: 'Le Hangar', streetAddress: '12 chemin des Prés', commune: 'Grenoble' },
      descriptionMarkdown: 'Apportez un légume et **une question**.',
    })
  })

  test('of a hand-written file the good rows are kept and each bad one says why', () => {
    const rows = read('hand-written.ics')
    expect(rows.map((row) => row.problems?.map(({ field, code }) => `${field} ${code}`))).toEqual([
      undefined,
      ['endsAt ends_before_start'],
      ['title required'],
      ['startsAt not_a_date'],
      ['price price_refused'],
      undefined,
    ])
    const [cancelled, online] = cafesOf(rows)
    expect(cancelled).toMatchObject({ title: 'Café IA à la mairie', status: 'cancelled' })
    expect(cancelled && startOf(cancelled)).toBe('2026-12-04T13:00:00Z')
    expect(online).toMatchObject({
      attendanceMode: 'online',
      onlineUrl: 'https://visio.example/cafe-ia',
      place: { name: undefined },
    })
  })

  test('every fixture read twice gives the same identities', () => {
    for (const name of ['outlook', 'exchange', 'google', 'nextcloud', 'apple', 'hand-written']) {
      const identities = () =>
        cafesOf(read(`${name}.ics`)).map(({ uid, recurrenceId }) => `${uid} ${recurrenceId}`)
      expect(identities()).toEqual(identities())
      expect(new Set(identities()).size).toBe(identities().length)
    }
  })
})

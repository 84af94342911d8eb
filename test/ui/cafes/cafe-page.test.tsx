import { describe, expect, test } from 'vitest'
import type { Cafe } from '../../../node/domain/cafes/cafe.ts'
import { describeSmallFrance } from '../../../node/routes/search/france-map.ts'
import { CafePage, type CafePageProps } from '../../../ui/cafes/cafe-page.tsx'
import { CafeList } from '../../../ui/cafes/card.tsx'
import { CafeListPage } from '../../../ui/cafes/list-page.tsx'
import { messagesFor } from '../../../ui/locales/messages.ts'
import type { CafeGroup } from '../../../ui/search/cafe-groups.tsx'
import { HomePage } from '../../../ui/search/home-page.tsx'
import { SearchPage } from '../../../ui/search/search-page.tsx'
import type { Suggestion } from '../../../ui/search/suggestions.ts'
import { NO_SEARCH, type SearchValues } from '../../../ui/search/values.ts'
import { readable } from '../../support/readable.ts'
import { aCafe, aPeer, HUB, hoursAgo, listed, minutesAgo, NODE, NOW } from '../gallery/sample.ts'

/** Returns the page with ordinary spaces. */
const seen = (page: { toString(): string }) => readable(page.toString())

const page = (changes: Partial<Cafe>, props: Partial<CafePageProps> = {}) =>
  seen(
    <CafePage site={NODE} cafe={aCafe(changes)} now={NOW} calendarHref="/cafes/1.ics" {...props} />,
  )

const list = (...cafes: Cafe[]) =>
  seen(
    <CafeListPage
      site={NODE}
      cafes={cafes.map((cafe) => listed(cafe))}
      period="upcoming"
      now={NOW}
    />,
  )

const textOf = (html: string) => html.replace(/<[^>]*>/gu, '')

/** Returns the text of the first link in a card's heading, as a screen reader reads it. */
const cardLink = (html: string) => textOf(/<h[23]><a [^>]*>(.*?)<\/a>/su.exec(html)?.[1] ?? '')

describe('a café’s page', () => {
  test('invites, then gives date, place and how to take part, in this order', () => {
    const html = page({ summary: 'On en parle simplement.' }).split('</head>').at(-1) ?? ''
    const order = [
      '</h1>',
      'class="lead"',
      'Gratuit',
      'Jeudi 3 décembre 2026',
      '18 h 30 – 20 h (heure de Paris)',
      '12 quai du Canal',
      'Venez librement',
      'Ajouter à mon agenda',
      'Ce qui vous attend',
      'On essaie deux outils',
      'Qui vous accueille',
    ].map((words) => html.indexOf(words))
    expect(order).not.toContain(-1)
    expect(order).toEqual(order.toSorted((a, b) => a - b))
  })

  test('tells the time of the place, under its own name, with an offset for programs', () => {
    const html = seen(
      <CafePage
        site={NODE}
        cafe={aCafe({}, '2026-12-08T17:30[Indian/Reunion]')}
        now={NOW}
        calendarHref="/c.ics"
      />,
    )
    expect(html).toContain('17 h 30 – 19 h (heure de La Réunion)')
    expect(html).toContain('datetime="2026-12-08T17:30+04:00"')
  })

  test('says that it is cancelled before the title, and offers nothing more to do', () => {
    const html = page({
      status: 'cancelled',
      statusNote: 'La salle est inondée.',
      registration: {
        mode: 'external',
        url: 'https://inscription.example/1',
        capacity: 15,
        seatsLeft: 6,
        waitlist: false,
      },
    })
    expect(textOf(/<h1>.*?<\/h1>/su.exec(html)?.[0] ?? '')).toBe('Annulé : L’IA au travail')
    expect(html).toContain('<title>Annulé : L’IA au travail')
    expect(html).toContain('La salle est inondée.')
    expect(html).not.toContain('inscription.example')
    expect(html).not.toContain('Ajouter à mon agenda')
  })

  test('gives the old date beside the new one', () => {
    const html = page({
      status: 'rescheduled',
      previousStartsAt: Temporal.Instant.from('2026-12-01T17:00:00Z'),
    })
    expect(html).toContain('Nouvelle date : ')
    expect(html).toContain('au lieu du mardi 1er décembre 2026 à 18 h')
  })

  test('shows the way there while somebody may go, and the address always', () => {
    const way = /Y aller|href="geo:/u
    expect(page({})).toMatch(way)
    for (const status of ['cancelled', 'postponed'] as const) {
      const html = page({ status })
      expect([status, way.test(html)]).toEqual([status, false])
      expect(html).toContain('12 quai du Canal')
    }
  })

  test('of a postponed café gives no date as if it held', () => {
    const html = page({ status: 'postponed' })
    expect(html).toContain('Date à venir')
    expect(html).not.toContain('datetime=')
  })

  test('of another site names who announces it, leads there, and never says « confirmé » of a machine', () => {
    const html = page({}, { site: HUB, source: aPeer() })
    expect(html).toContain('Annoncé par <strong>Tiers-lieu L’Usine</strong>')
    expect(html).toContain('Annoncé ou modifié par le lieu ')
    expect(html).not.toContain('répond')
    expect(html).toContain('rel="canonical" href="https://canal.example/cafes/')
    expect(html).not.toMatch(/confirm/iu)
  })

  test('warns once the place’s site is marked as silent, and says nothing of a restart', () => {
    const lost = page({}, { source: aPeer({ silentSince: hoursAgo(73) }) })
    expect(lost).toContain(
      'Le site du lieu ne répond plus depuis 3 jours : appelez avant de vous déplacer',
    )
    const restarted = page({}, { source: aPeer({ failingSince: minutesAgo(12) }) })
    expect(restarted).not.toContain('répond')
  })

  test.each([
    [{ mode: 'none' }, 'Venez librement'],
    [{ mode: 'local' }, `href="/cafes/${aCafe().id}/inscription"`],
    [{ mode: 'external', url: 'https://ailleurs.example/' }, 'href="https://ailleurs.example/"'],
    [{ mode: 'phone' }, 'href="tel:0299000000"'],
  ] as const)('tells how to take part: %o', (registration, words) => {
    const { registration: usual } = aCafe()
    expect(page({ registration: { ...usual, ...registration } })).toContain(words)
  })

  test('never links to anything but the web, whatever another site wrote', () => {
    const { registration } = aCafe()
    const html = page(
      {
        attendanceMode: 'mixed',
        onlineUrl: 'javascript:alert(1)',
        url: 'javascript:alert(2)',
        organizer: { uri: 'x', name: 'x', url: 'javascript:alert(3)' },
        registration: { ...registration, mode: 'external', url: 'data:text/html,x' },
      },
      { source: aPeer() },
    )
    expect(html).not.toMatch(/href="(?:javascript|data):/u)
  })
})

describe('the main action', () => {
  const action = (changes: Partial<Cafe>, props: Partial<CafePageProps> = {}) =>
    /<p class="main-action"><a [^>]*href="([^"]*)"/u.exec(page(changes, props))?.[1]
  const { registration } = aCafe()
  const external = { ...registration, mode: 'external', url: 'https://a.example/1' } as const

  test.each<[string, Partial<Cafe>, string | undefined]>([
    ['keeps the date', {}, '/cafes/1.ics'],
    ['signs up', { registration: external }, 'https://a.example/1'],
    ['calls', { registration: { ...registration, mode: 'phone' } }, 'tel:0299000000'],
    [
      'keeps the date where no seat is left',
      { registration: { ...external, capacity: 3, seatsLeft: 0 } },
      '/cafes/1.ics',
    ],
    [
      'does nothing where it is cancelled',
      { status: 'cancelled', registration: external },
      undefined,
    ],
  ])('%s', (_, changes, href) => {
    expect(action(changes)).toBe(href)
  })

  test('signs up here, or at the place where its own form is there', () => {
    const changes = { registration: { ...registration, mode: 'local' } } as const
    expect(action(changes, { site: HUB, source: aPeer() })).toBe(aCafe().url)
    expect(action(changes)).toBe(`/cafes/${aCafe().id}/inscription`)
  })
})

describe('other cafés nearby', () => {
  const all = { href: '/?ou=Rennes', town: 'Rennes' }

  test('is shown below, with a way to the others', () => {
    const nearby = { cafes: [listed(aCafe({ id: 'b', title: 'Un autre' }))], all, directories: [] }
    const html = page({}, { site: HUB, source: aPeer(), nearby })
    expect(html).toMatch(/D’autres cafés près d’ici.*Un autre.*Tous les cafés autour de Rennes/su)
  })

  test('comes before the details of a cancelled café, after those of one that takes place', () => {
    const nearby = { cafes: [listed(aCafe({ id: 'b', title: 'Un autre' }))], all, directories: [] }
    const props = { site: HUB, source: aPeer(), nearby }
    const isFirst = (html: string) => html.indexOf('Un autre') < html.indexOf('facts-card')
    expect(isFirst(page({ status: 'cancelled' }, props))).toBe(true)
    expect(isFirst(page({ status: 'postponed' }, props))).toBe(false)
    expect(isFirst(page({}, props))).toBe(false)
  })

  test('is said not to be there where nobody can come to this one', () => {
    const props = { site: HUB, source: aPeer(), nearby: { cafes: [], all, directories: [] } }
    expect(page({ status: 'cancelled' }, props)).toContain(
      'Aucun autre café n’est annoncé près d’ici',
    )
    expect(page({}, props)).not.toContain('D’autres cafés')
  })
})

describe('a map of the towns around', () => {
  const town = (name: string, eastKm: number, northKm: number, population: number) => ({
    ...{ name, population, x: 0.5 + eastKm / 24, y: 220 / 960 - northKm / 24 },
  })
  const map = (towns: ReturnType<typeof town>[]) => {
    const window = { left: 0, top: 0, size: 1, tall: 220 / 480 }
    const circle = { x: 0.5, y: 220 / 960, radius: 0, km: 0 }
    const drawn = { window, circle, towns, kmWide: 24, label: 'Die' }
    const around = { ...drawn, outlines: [], neighbours: [], points: [] }
    return /<div class="drawn-map local-map".*?<\/svg>/su.exec(page({}, { around }))?.[0] ?? ''
  }

  test('says in words which towns it shows', () => {
    const html = map([town('Rennes', 1, 0, 220_000), town('Pacé', -6, 3, 11_000)])
    expect(html).toContain('aria-label="Carte : le lieu et, autour, Rennes et Pacé"')
    expect(map([])).toContain('aria-label="Carte : le lieu"')
  })

  test('writes no name on another one, on the pin or over its edge', () => {
    const html = map([
      town('Grande-Ville', 6, 0, 40_000),
      town('Même-Endroit', 6, -0.1, 30_000),
      town('Sous-la-Pointe', 0, 0.1, 2_000),
      town('Nom-Très-Long-Au-Bord-De-La-Carte', -11.9, 0, 1_000),
    ])
    const labels = [
      ...html.matchAll(/<text x="([\d.]+)" y="([\d.]+)" text-anchor="(\w+)">([^<]*)</gu),
    ]
    expect(labels.map(([, , , , name]) => name)).toContain('Grande-Ville')
    const boxes = labels.map(([, x, y, anchor, name = '']) => {
      const width = name.length * 7.6
      const left = Number(x) - { start: 0, middle: width / 2, end: width }[anchor as 'start']
      return { left, right: left + width, top: Number(y) - 12, bottom: Number(y) + 4 }
    })
    for (const [at, box] of boxes.entries()) {
      expect(box.left).toBeGreaterThan(0)
      expect(box.right).toBeLessThan(480)
      for (const other of boxes.slice(at + 1))
        expect(
          box.left < other.right &&
            box.right > other.left &&
            box.top < other.bottom &&
            box.bottom > other.top,
        ).toBe(false)
    }
  })
})

describe('the hosts', () => {
  const NAME = 'Médiathèque du Canal'
  const hosts = (changes: Partial<Cafe>, props: Partial<CafePageProps>) =>
    textOf(/aria-labelledby="accueil">(.*?)<\/section>/su.exec(page(changes, props))?.[1] ?? '')

  test('name the organiser once, where the site that announces bears the same name', () => {
    const organizer = { ...aCafe().organizer, name: NAME }
    const own = hosts({ organizer }, { source: { ...aPeer(), name: NAME } })
    expect(own.split(NAME)).toHaveLength(2)
    expect(own).toContain(`Annoncé sur ${aPeer().host}.`)
    const other = hosts({ organizer }, { source: aPeer() })
    expect(other).toContain(NAME)
    expect(other).toContain('Annoncé par')
  })

  test('name the structure for which a directory announces, and its text does not say so again', () => {
    const html = page({
      announcedFor: 'Amicale laïque',
      descriptionHtml:
        '<p>Organisé par <strong>Amicale laïque</strong>. Annoncé à sa demande par l’annuaire.</p>\n<p>Venez.</p>',
    })
    expect(html.split('Amicale laïque')).toHaveLength(2)
    expect(html).toContain('<p>Venez.</p>')
  })
})

test('no line of a title ends before « : », nor within hours', () => {
  const title = 'IA : de 18 h 30 – 20 h, et vous ?'
  const html = (
    <CafePage site={NODE} cafe={aCafe({ title })} now={NOW} calendarHref="/1.ics" />
  ).toString()
  expect(/<h1>(.*?)<\/h1>/u.exec(html)?.[1]).toBe(
    'IA\u00a0: de 18\u00a0h\u00a030\u00a0–\u2060\u00a020\u00a0h, et vous\u202f?',
  )
})

describe('a list of cafés', () => {
  const daysOf = (html: string) =>
    [...html.matchAll(/<p class="when">(.*?)<\/p>/gsu)].map(([, words = '']) => textOf(words))

  test('says on each card when it is, by the clock of the place, and says today and tomorrow', () => {
    const html = list(
      aCafe({ id: 'a' }, '2026-11-25T18:30[Europe/Paris]'),
      aCafe({ id: 'b' }, '2026-11-26T18:30[Europe/Paris]'),
      aCafe({ id: 'c' }, '2026-12-04T09:00[Pacific/Noumea]'),
      aCafe({ id: 'd' }, '2027-01-01T18:00[Europe/Paris]'),
      aCafe({ id: 'e', status: 'postponed' }, '2027-01-02T18:00[Europe/Paris]'),
    )
    expect(daysOf(html)).toEqual([
      'Aujourd’hui, 18 h 30 – 20 h',
      'Demain, 18 h 30 – 20 h',
      'Vendredi 4 décembre, 9 h – 10 h 30 heure de la Nouvelle-Calédonie',
      'Vendredi 1er janvier 2027, 18 h – 19 h 30',
      'Date à venir',
    ])
  })

  test('is one design: the cards of each list have the same parts, in the same order', () => {
    const cafes = [listed(aCafe({}), { distanceKm: 3 })]
    const shared = { cafes, level: 3, now: NOW, t: messagesFor('fr') } as const
    const partsOf = (html: { toString(): string }) =>
      [...html.toString().matchAll(/<(h3|p)(?: class="([^"]*)")?>/gu)].map(
        ([, tag, name]) => name ?? tag,
      )
    for (const list of [
      <CafeList {...shared} />,
      <CafeList {...shared} first={1} />,
      <CafeList {...shared} isGrid />,
    ])
      expect(partsOf(list)).toEqual(['h3', 'when', 'place', 'km', 'how'])
  })

  test.each([
    [{ status: 'cancelled' }, 'Annulé : L’IA au travail'],
    [{ status: 'postponed' }, 'Reporté : L’IA au travail'],
    [{ status: 'moved-online' }, 'En ligne : L’IA au travail'],
    [{ status: 'scheduled' }, 'L’IA au travail'],
  ] as const)('begins a café’s link with its state: %o', (state, words) => {
    expect(cardLink(list(aCafe(state)))).toBe(words)
  })

  test('says « Complet » of a full café, « Annulé » of a full one that is cancelled', () => {
    const registration = {
      mode: 'phone',
      url: undefined,
      capacity: 12,
      seatsLeft: 0,
      waitlist: false,
    } as const
    expect(cardLink(list(aCafe({ registration })))).toBe('Complet : L’IA au travail')
    expect(cardLink(list(aCafe({ registration, status: 'cancelled' })))).toMatch(/^Annulé : /u)
  })

  test.each(['none', 'phone', 'external', 'local'] as const)(
    'offers no way in where no seat is left (%s), but whom to ask',
    (mode) => {
      const url = 'https://inscriptions.example/1'
      const full = { mode, url, capacity: 12, seatsLeft: 0, waitlist: false }
      const changes = { registration: full, phone: '02 99 12 34 56' }
      const html = page(changes)
      expect(html).toContain('Il n’y a plus de place.')
      expect(html).toContain('Une question ?')
      for (const way of ['Venez librement', 'Inscription', 'S’inscrire', url])
        expect(html).not.toContain(way)
      expect(list(aCafe(changes))).not.toMatch(/Entrée libre|[Ii]nscription/u)
      const waiting = page({ ...changes, registration: { ...full, waitlist: true } })
      expect(waiting).toContain('Complet : il reste la liste d’attente.')
      expect(waiting.includes(url)).toBe(mode === 'external')
    },
  )

  test('does not call a cancelled café open', () => {
    expect(list(aCafe())).toContain('Entrée libre')
    expect(list(aCafe({ status: 'cancelled' }))).not.toContain('Entrée libre')
  })
})

describe('the search', () => {
  const search = (
    values: Partial<typeof NO_SEARCH>,
    cafes: Cafe[],
    radiusKm?: number,
    more: { groups?: CafeGroup[]; suggestions?: Suggestion[] } = {},
  ) =>
    seen(
      <SearchPage
        site={HUB}
        values={{ ...NO_SEARCH, ...values }}
        outcome={{
          type: 'found',
          place: radiusKm === undefined ? undefined : 'Die (26)',
          radiusKm,
          cafes: cafes.map((cafe) => listed(cafe, { distanceKm: 1.23, approximate: true })),
          nextHref: undefined,
          ...more,
        }}
        now={NOW}
      />,
    )

  test('begins with what it is about; the home says how many cafés are to come', async () => {
    const map = await describeSmallFrance({ towns: [] })
    const home = { cafes: [listed(aCafe())], total: 1, departements: [], regions: [], map }
    const html = seen(<HomePage site={HUB} {...home} online={undefined} now={NOW} />)
    expect(html).toContain('<h1>Parlons de l’IA, autour d’un café</h1>')
    expect(html).toContain('1 café à venir.')
    expect(search({ ou: 'Die', rayon: '10' }, [], 10)).toContain('<h1>Aucun café à moins')
  })

  test('counts as French does: aucun café, 1 café, 2 cafés', () => {
    const asked = { ou: 'Die', rayon: '10' }
    const heading = (cafes: Cafe[]) => /<h1>(.*?)<\/h1>/su.exec(search(asked, cafes, 10))?.[1]
    expect(heading([])).toBe('Aucun café à moins de 10 km de Die (26)')
    expect(heading([aCafe()])).toBe('1 café à moins de 10 km de Die (26)')
    expect(heading([aCafe(), aCafe()])).toBe('2 cafés à moins de 10 km de Die (26)')
  })

  test.each<[Partial<SearchValues>, string]>([
    [{}, 'Aucun café à moins'],
    [{ q: 'poterie' }, 'Aucun café de cette recherche à moins'],
    [{ quand: 'ce-week-end' }, 'Rien ce week-end à moins'],
    [{ quand: 'ce-week-end', q: 'poterie' }, 'Aucun café de cette recherche ce week-end à moins'],
    [{ mode: 'en-ligne' }, 'Aucun café de cette recherche à moins'],
    [{ langue: 'en' }, 'Aucun café de cette recherche à moins'],
    [{ acces: 'lsf' }, 'Aucun café de cette recherche à moins'],
    [{ passes: '1' }, 'Aucun café de cette recherche à moins'],
    [{ du: '2026-12-01' }, 'Rien à partir du 1er décembre 2026 à moins'],
  ])('denies only the cafés that were asked for: %j', (narrowed, heading) => {
    const html = search({ ou: 'Die', rayon: '10', ...narrowed }, [], 10)
    expect(html).toContain(`<h1>${heading} de 10 km de Die (26)</h1>`)
  })

  test('says how far, and when that is only about', () => {
    expect(search({ ou: 'Die', rayon: '10' }, [aCafe()], 10)).toContain('moins de 2 km')
  })

  test('offers a way on when it finds nothing, each taking one condition away', () => {
    const asked = { ou: 'Die', rayon: '10', q: 'poterie' }
    const html = search(asked, [], 10, { suggestions: ['online', 'words'] })
    expect(html).not.toContain('chercher à')
    expect(html).toContain('href="/?ou=Die&amp;rayon=10"')
    expect(html).toContain('href="/?q=poterie&amp;mode=en-ligne"')
  })

  test('a format begins with a capital in each list, however it was typed', () => {
    const cafe = aCafe({ format: 'débat mouvant' })
    expect(list(cafe)).toContain('<p class="how">Débat mouvant')
    expect(search({ ou: 'Die' }, [cafe], 30)).toContain('<p class="how">Débat mouvant · ')
  })

  test('finding nothing, shows what is farther, how far, and the circle that holds it', () => {
    const nearest = listed(aCafe({ title: 'Le plus près' }), { distanceKm: 41 })
    const farther = {
      kind: 'farther',
      nearestKm: 41,
      radiusKm: 50,
      href: '/?ou=Die&rayon=50',
    } as const
    const html = search({ ou: 'Die', rayon: '10' }, [], 10, {
      groups: [{ ...farther, cafes: [nearest] }],
    })
    expect(html).toMatch(/<h2[^>]*>Plus loin<\/h2>.*à 41 km de Die \(26\)\..*Le plus près.*41 km/su)
    expect(html).toContain('href="/?ou=Die&amp;rayon=50">Les cafés à moins de 50 km de Die (26)<')
  })

  test('keeps what was typed and says beside the field what is wrong', () => {
    const html = seen(
      <SearchPage
        site={HUB}
        values={{ ...NO_SEARCH, ou: 'Trifouilly', q: 'école' }}
        outcome={{ type: 'problems', problems: [{ field: 'ou', code: 'unknown_place' }] }}
        now={NOW}
      />,
    )
    expect(html).toMatch(/<input id="ou"[^>]*value="Trifouilly"[^>]*aria-invalid="true"/u)
    expect(html).toMatch(
      /aria-describedby="ou-erreur".*<p class="error" id="ou-erreur">Cette commune/su,
    )
    expect(html).toMatch(/<input id="q"[^>]*value="école"/u)
  })

  test('unfolds the filters only to show what is wrong in them; what is on is said beside', () => {
    const folded = search({ q: 'école', du: '2026-12-03' }, [aCafe()])
    expect(folded).toContain('<details class="filter-panel">')
    expect(folded).toMatch(/<a class="chip is-on"[^>]*aria-label="« école » \(retirer\)"/u)
    expect(folded).toMatch(/aria-label="Du 3 décembre 2026 \(retirer\)"/u)
    const wrong = seen(
      <SearchPage
        site={HUB}
        values={{ ...NO_SEARCH, du: '2026-02-31' }}
        outcome={{ type: 'problems', problems: [{ field: 'du', code: 'not_a_date' }] }}
        now={NOW}
      />,
    )
    expect(wrong).toMatch(/<details class="filter-panel" open/u)
    // Browsers show nothing in a field for dates whose value is none.
    expect(wrong).toMatch(/<input id="du" name="du" type="text" value="2026-02-31"/u)
    const words = wrong.replaceAll(/<[^>]*>/gu, ' ')
    expect(words).toContain('Dates à corriger')
    expect(words).not.toContain('2026-02-31')
  })
})

import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ImportedCafe } from '../../../node/domain/cafes/import.ts'
import { readCsv } from '../../../node/formats/csv/read.ts'
import { times } from '../../support/full.ts'

const fixture = (name: string): Buffer =>
  readFileSync(new URL(`../../fixtures/csv/${name}`, import.meta.url))

/** Reads a table of one row from `header: cell` pairs; a title and a date are added where the pairs have none. */
const readOne = (cells: Record<string, string>) => {
  const all = { Titre: 'Café IA', Date: '03/12/2026', Heure: '18h30', ...cells }
  const quote = (text: string) => `"${text.replaceAll('"', '""')}"`
  const line = (items: string[]) => items.map(quote).join(';')
  const { rows } = readCsv(`${line(Object.keys(all))}\n${line(Object.values(all))}\n`)
  if (!rows[0]) throw new Error('no row')
  return rows[0]
}
const cafeWith = (cells: Record<string, string>): ImportedCafe => {
  const { cafe, problems } = readOne(cells)
  if (!cafe) throw new Error(JSON.stringify(problems))
  return cafe
}
const startOf = (cafe: ImportedCafe): string =>
  cafe.start.kind === 'local'
    ? cafe.start.dateTime.toString({ smallestUnit: 'minute' })
    : cafe.start.kind

describe('tables as people send them', () => {
  test('Excel’s Windows-1252 with semicolons: good rows are kept, each bad one names its column', () => {
    const { rows, warnings } = readCsv(fixture('excel-windows-1252.csv'))
    expect(warnings).toEqual([{ field: 'file', code: 'unknown_field', detail: 'Remarque interne' }])
    expect(
      rows.map(({ row, problems }) => [row, problems?.map((p) => `${p.code} ${p.detail}`)]),
    ).toEqual([
      [2, undefined],
      [3, undefined],
      [4, ['price_refused Tarif: 5 €']],
      [5, ['required Heure de début']],
      [6, ['not_a_date Date: vendredi 3 décembre 2026', 'number_out_of_range Places: beaucoup']],
      [7, ['required Titre']],
    ])
    expect(rows[0]?.cafe).toMatchObject({
      uid: 'TIL-01',
      title: 'Café IA : les images',
      summary: 'Vrai ou faux ?',
      capacity: 15,
      themes: ['image', 'désinformation'],
      audiences: ['Tout public'],
      registration: { mode: 'external', url: 'https://tilleuls.example/images' },
      place: { name: 'Médiathèque des Tilleuls', postalCode: '35000', commune: 'Rennes' },
    })
    expect(rows[1]?.cafe).toMatchObject({
      title: 'Café IA "spécial" ; écoles',
      end: undefined,
      phone: '02 99 00 00 00',
      registration: { mode: 'phone' },
      place: { commune: 'Rennes' },
    })
  })

  test('commas, date and time in one column, an address on one line, words where a link was expected', () => {
    const [first, second] = readCsv(fixture('google-sheets.csv')).rows
    expect(first?.cafe).toMatchObject({
      status: 'cancelled',
      durationMinutes: 90,
      descriptionMarkdown: 'Inscription\u00a0: Auprès de l’accueil',
      place: { name: 'Espace Jaurès', streetAddress: '3 place de la Gare', commune: 'Valence' },
    })
    expect(first?.cafe && startOf(first.cafe)).toBe('2026-12-07T14:00')
    expect(second?.cafe?.start).toMatchObject({ kind: 'instant', timezone: undefined })
    expect(second?.cafe?.start.kind === 'instant' && String(second.cafe.start.instant)).toBe(
      '2026-12-08T05:30:00Z',
    )
    expect(second?.cafe?.registration.mode).toBe('none')
  })

  test('tabs, UTF-16, a title above the header, an evening that ends after midnight', () => {
    const [row] = readCsv(fixture('tabs-utf16.csv')).rows
    expect(row?.row).toBe(3)
    expect(row?.cafe && startOf(row.cafe)).toBe('2026-12-04T22:30')
    expect(row?.cafe?.end?.kind === 'local' && row.cafe.end.dateTime.toString()).toBe(
      '2026-12-05T00:30:00',
    )
    expect(row?.cafe?.place.commune).toBe('Die')
  })

  test('a row without a reference is the same at the next reading, however its date is written', () => {
    const uid = (day: string, hour: string) =>
      cafeWith({ Date: day, Heure: hour, Lieu: 'Mairie' }).uid
    expect(uid('03/12/2026', '18h30')).toBe(uid('jeudi 3 décembre 2026', '18:30'))
    expect(uid('03/12/2026', '18h30')).not.toBe(uid('04/12/2026', '18h30'))
  })
})

describe('headers', () => {
  test.each([
    ['TITRE', 'DATE', 'HEURE DE DEBUT'],
    ['titre', 'date', 'Heure de début'],
    [' Titre (obligatoire) ', 'Date', 'heure_debut'],
    ['Nom de l’événement', 'Jour', 'Horaire'],
  ])('%s, %s, %s are understood', (title, date, start) => {
    const { rows, warnings } = readCsv(`${title},${date},${start}\nCafé,03/12/2026,18h30\n`)
    expect(warnings).toEqual([])
    expect(rows[0]?.cafe?.title).toBe('Café')
  })

  test('a table without a title column is one problem of the file', () => {
    for (const text of ['a;b\n1;2\n', '', 'bonjour', '"', '\0\0\0'])
      expect(readCsv(text).rows).toMatchObject([{ row: 0, problems: [{ field: 'file' }] }])
  })

  test('"sep=;" of Excel is no header, and lines are counted in the file', () => {
    const { rows } = readCsv('sep=;\r\nTitre;Date;Heure\r\n"Café\nIA";03/12/2026;18h30\r\nB;;\r\n')
    expect(rows.map(({ row }) => row)).toEqual([3, 5])
    expect(rows[0]?.cafe?.title).toBe('Café IA')
  })
})

test('of a table without end five thousand rows are kept, and that is said', () => {
  const { rows } = readCsv(`Titre;Date;Heure\n${'Café;03/12/2026;18h30\n'.repeat(6000)}`)
  expect(rows).toHaveLength(5001)
  expect(rows.at(-1)?.problems).toEqual([{ field: 'file', code: 'too_long', detail: '5000' }])
})

describe('times', () => {
  test.each([
    ['03/12/2026', '18h30'],
    ['3/12/26', '18 h 30'],
    ['2026-12-03', '18:30'],
    ['3 décembre 2026', '18.30'],
    ['jeudi 3 décembre 2026', '18H30'],
    ['Jeudi 3 déc. 2026', '18:30:00'],
    ['03.12.2026', '18h30 - 20h'],
    ['le 3 décembre 2026', 'de 18 h 30 à 20 h'],
  ])('%s, %s', (day, hour) => {
    expect(startOf(cafeWith({ Date: day, Heure: hour }))).toBe('2026-12-03T18:30')
  })

  test.each([
    ['Date', '31/02/2026', 'not_a_date'],
    ['Date', '12/31/2026', 'not_a_date'],
    ['Date', 'bientôt', 'not_a_date'],
    ['Date', '46359', 'not_a_date'],
    ['Heure', '25h', 'not_a_time'],
    ['Heure', 'le soir', 'not_a_time'],
    ['Heure de fin', '18h', 'ends_before_start'],
    ['Durée', 'longtemps', 'invalid'],
    ['Fuseau', 'Europe/Rennes', 'not_a_timezone'],
  ])('%s « %s » is %s', (header, said, code) => {
    expect(readOne({ [header]: said }).problems).toMatchObject([
      { code, detail: `${header}: ${said}` },
    ])
  })

  test.each([
    ['90', 90],
    ['1h30', 90],
    ['1 h 30', 90],
    ['2 heures', 120],
    ['01:30', 90],
  ])('a duration of %s is %i minutes', (said, minutes) => {
    expect(cafeWith({ Durée: said }).durationMinutes).toBe(minutes)
  })
})

describe('a price', () => {
  test.each([
    '',
    '0',
    '0 €',
    '0,00 €',
    'Gratuit',
    'gratuite',
    'Entrée libre',
    'Gratuit sur inscription',
  ])('« %s » is none', (Tarif) => {
    expect(readOne({ Tarif }).problems).toBeUndefined()
  })
  test.each(['5 €', '2,50', 'Gratuit pour les adhérents, 3 € sinon', 'payant', 'oui'])(
    '« %s » refuses the row',
    (Tarif) => {
      expect(readOne({ Tarif }).problems).toMatchObject([{ field: 'price', code: 'price_refused' }])
    },
  )
  test('an open price is how the café is supported', () => {
    expect(cafeWith({ Tarif: 'Prix libre, au chapeau' }).support).toBe('Prix libre, au chapeau')
  })
  test('"Gratuit: non" refuses the row', () => {
    expect(readOne({ Gratuit: 'non' }).problems).toMatchObject([{ code: 'price_refused' }])
  })
})

describe('other cells', () => {
  test.each([
    ['Statut', 'annulée', { status: 'cancelled' }],
    ['Statut', 'Reporté', { status: 'postponed' }],
    ['Statut', 'à confirmer', { status: 'tentative' }],
    ['En ligne', 'https://visio.example/a', { attendanceMode: 'online' }],
    ['En ligne', 'oui', { attendanceMode: 'online' }],
    ['En ligne', 'non', { attendanceMode: undefined }],
    ['Code postal', '1000', { place: { postalCode: '01000' } }],
    ['Code INSEE', '1053', { place: { codeInsee: '01053' } }],
    ['Latitude', '48,1113', { place: { latitude: 48.1113 } }],
    ['Lien', 'www.cafe.example', { url: 'https://www.cafe.example' }],
    ['Inscription', 'Obligatoire', { registration: { mode: 'local' } }],
    [
      'Inscription',
      'au 02 99 00 00 00 le matin',
      { registration: { mode: 'phone', phone: '02 99 00 00 00' } },
    ],
    ['Thèmes', '#ia, écrans ; jeux', { themes: ['ia', 'écrans', 'jeux'] }],
    ['Places', 'max. 12 personnes', { capacity: 12 }],
  ])('%s « %s »', (header, said, expected) => {
    const place = header === 'Code INSEE' || header === 'Latitude' ? { Lieu: 'Mairie' } : {}
    expect(cafeWith({ ...place, [header]: said })).toMatchObject(expected)
  })

  test.each([
    ['Lien', 'javascript:alert(1)', 'not_an_url'],
    ['Statut', 'peut-être bien', 'invalid'],
    ['Mode', 'télépathie', 'invalid'],
    ['Latitude', '4811', 'number_out_of_range'],
    ['Places', '0', 'number_out_of_range'],
    ['En ligne', 'ftp://x', 'not_an_url'],
  ])('%s « %s » is a problem that names the column', (header, said, code) => {
    expect(readOne({ [header]: said }).problems).toMatchObject([
      { code, detail: `${header}: ${said}` },
    ])
  })
})

test('whatever the bytes are, reading never throws and always answers', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      const header = new TextEncoder().encode('Titre;Date;Heure\n')
      expect(readCsv(bytes)).toHaveProperty('rows')
      for (const { cafe, problems } of readCsv(Buffer.concat([header, bytes])).rows)
        expect(cafe ?? problems).toBeDefined()
    }),
    { numRuns: times(60, 300) },
  )
})

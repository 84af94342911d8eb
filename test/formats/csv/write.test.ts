import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import { toInstant } from '../../../node/domain/cafes/import.ts'
import { readCsv } from '../../../node/formats/csv/read.ts'
import { toCsv } from '../../../node/formats/csv/write.ts'
import { aCafe } from '../../support/format-cafe.ts'

const rowsOf = (text: string): Record<string, string>[] =>
  // A strict parser ends the row at any line break outside of quotes.
  parse(text, { bom: true, delimiter: ';', columns: true, record_delimiter: ['\r\n', '\n', '\r'] })

describe('the table of cafés', () => {
  test('opens in a French spreadsheet: mark, semicolons, CRLF, ISO times with the offset of the place', () => {
    const text = toCsv([aCafe()])
    expect(text.startsWith('\ufeffid;titre;resume;')).toBe(true)
    expect(text.split('\r\n')).toHaveLength(3)
    expect(rowsOf(text)).toEqual([
      expect.objectContaining({
        id: 'https://mediatheque.example/cafes/0197a1c2-0000-7000-8000-000000000001',
        titre: 'Café IA : les images',
        debut: '2026-12-03T18:30:00+01:00',
        fin: '2026-12-03T20:00:00+01:00',
        fuseau: 'Europe/Paris',
        statut: 'prévu',
        lieu: 'Médiathèque des Tilleuls',
        code_postal: '35000',
        code_insee: '35238',
        longitude: '-1.68',
        mode: 'présentiel',
        gratuit: 'Oui',
        jauge: '15',
        themes: 'images|désinformation',
        access_mi: 'Oui',
        access_hi: '',
        structure: 'Médiathèque des Tilleuls',
      }),
    ])
  })

  test.each(['=HYPERLINK("https://evil.example")', '+33', '-1+1', '@SUM(A1)', '\tx'])(
    'a text that a spreadsheet would run, %j, gets an apostrophe',
    (title) => {
      expect(rowsOf(toCsv([aCafe({ title })]))[0]?.titre).toBe(`'${title}`)
    },
  )

  test('quotes, semicolons and lines stay in their cell', () => {
    const title = 'Un "café" ; deux'
    const summary = 'ligne\nligne'
    expect(rowsOf(toCsv([aCafe({ title, summary })]))).toEqual([
      expect.objectContaining({ titre: title, resume: summary }),
    ])
  })

  test('no cafés make a table with its header', () => {
    expect(toCsv([])).toMatch(/^\ufeffid;titre;.*\r\n$/)
  })

  test('what we write, we read: every field comes back', () => {
    const cafe = aCafe({
      title: '=1+1 ; "oui"',
      status: 'postponed',
      statusNote: 'Salle fermée',
      timezone: 'Indian/Reunion',
      attendanceMode: 'mixed',
      onlineUrl: 'https://visio.example/a',
      openTo: 'reserved',
      support: 'Au chapeau',
      phone: '02 62 00 00 00',
      series: 's1',
    })
    const { rows, warnings } = readCsv(toCsv([cafe]))
    expect(warnings).toEqual([])
    const [row] = rows
    expect(row?.problems).toBeUndefined()
    expect(row?.cafe).toMatchObject({
      uid: cafe.uri,
      title: cafe.title,
      summary: cafe.summary,
      descriptionMarkdown: cafe.descriptionMarkdown,
      status: 'postponed',
      statusNote: 'Salle fermée',
      attendanceMode: 'mixed',
      onlineUrl: cafe.onlineUrl,
      openTo: 'reserved',
      support: 'Au chapeau',
      phone: '02 62 00 00 00',
      series: 's1',
      intentions: ['learn', 'debate'],
      format: 'café débat',
      themes: cafe.themes,
      audiences: cafe.audiences,
      languages: ['fr'],
      accessibility: ['mi'],
      capacity: 15,
      registration: { mode: 'external', url: cafe.registration.url },
      image: cafe.image,
      url: cafe.url,
      start: { kind: 'instant', timezone: 'Indian/Reunion' },
      place: {
        name: cafe.venue?.name,
        streetAddress: cafe.venue?.streetAddress,
        postalCode: '35000',
        commune: 'Rennes',
        codeInsee: '35238',
        latitude: 48.1113,
        longitude: -1.68,
      },
    })
    expect(row?.cafe && toInstant(row.cafe.start, 'UTC').equals(cafe.startsAt)).toBe(true)
    expect(row?.cafe?.end && toInstant(row.cafe.end, 'UTC').equals(cafe.endsAt)).toBe(true)
  })
})

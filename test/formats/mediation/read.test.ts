import { describe, expect, test } from 'vitest'
import { openingHoursText } from '../../../node/formats/mediation/opening-hours.ts'
import { readPlaceRecords, toMediationPlace } from '../../../node/formats/mediation/read.ts'

const HEAD =
  'id,pivot,nom,commune,code_postal,code_insee,adresse,complement_adresse,latitude,longitude,typologie,telephone,courriels,site_web,horaires,presentation_resume,presentation_detail,prise_en_charge_specifique,fiche_acces_libre,prise_rdv'
const ROW =
  '7,13002603200016,Médiathèque du Canal,Rennes,35000,35238,12 quai du Canal,,48.1113,-1.68,BIB|EPN,+33299001122,bonjour@canal.example|autre@canal.example,https://canal.example|https://blog.canal.example,"Mo-Fr 09:00-12:00,14:00-18:30; Sa 08:30-12:00",Une maison ouverte.,,Surdité|Handicaps moteurs,https://acceslibre.beta.gouv.fr/app/x/,https://rdv.example/canal'

function placeOf(source: string | Uint8Array) {
  const read = readPlaceRecords(source)
  if ('wrong' in read) throw new Error(read.wrong)
  const [record] = read.records
  if (!record) throw new Error('no place')
  return toMediationPlace(record)
}

const CANAL = {
  name: 'Médiathèque du Canal',
  kind: 'BIB',
  siret: '13002603200016',
  rna: undefined,
  streetAddress: '12 quai du Canal',
  postalCode: '35000',
  commune: 'Rennes',
  codeInsee: '35238',
  latitude: 48.1113,
  longitude: -1.68,
  phone: '02 99 00 11 22',
  email: 'bonjour@canal.example',
  website: 'https://canal.example',
  links: ['https://blog.canal.example', 'https://rdv.example/canal'],
  presentation:
    'Une maison ouverte.\n\nHoraires\u00a0:\n\n- du lundi au vendredi\u00a0: 9\u00a0h\u00a0–\u00a012\u00a0h, 14\u00a0h\u00a0–\u00a018\u00a0h\u00a030\n- samedi\u00a0: 8\u00a0h\u00a030\u00a0–\u00a012\u00a0h',
  accessibility: ['hi', 'mi'],
  acceslibreUrl: 'https://acceslibre.beta.gouv.fr/app/x/',
}

describe('a file of the lieux de médiation numérique', () => {
  test('says of a place all that a profile and an address can take', () => {
    expect(placeOf(`${HEAD}\n${ROW}\n`)).toEqual(CANAL)
  })

  test('says the same as JSON, in a list or alone, and with semicolons in Windows’ encoding', () => {
    const cells = ROW.match(/("[^"]*"|[^,]*)(?:,|$)/g)?.map((cell) => cell.replace(/,$/, '')) ?? []
    const row = Object.fromEntries(
      HEAD.split(',').map((name, at) => [name, (cells[at] ?? '').replaceAll('"', '')]),
    )
    const listed = { ...row, courriels: row.courriels?.split('|'), latitude: Number(row.latitude) }
    expect(placeOf(JSON.stringify([listed]))).toEqual(CANAL)
    expect(placeOf(JSON.stringify(row))).toEqual(CANAL)
    expect(placeOf(JSON.stringify({ total: 1, results: [row] }))).toEqual(CANAL)
    const table = `nom;commune;code_postal\nMédiathèque;Évry;91000\n`
    expect(placeOf(Buffer.from(table, 'latin1'))).toMatchObject({
      name: 'Médiathèque',
      commune: 'Évry',
    })
  })

  test('has wrong numbers and addresses left out, never passed on', () => {
    const wrong = {
      nom: 'Le <b>Lieu</b>\u202e',
      commune: 'Rennes',
      code_postal: '1000',
      pivot: '00000000000000',
      telephone: 'demander',
      courriels: 'pas une adresse',
      site_web: 'javascript:alert(1)|www.lieu.example',
      fiche_acces_libre: 'data:text/html,x',
      latitude: '0',
      longitude: '0',
      typologie: 'INCONNU',
    }
    expect(placeOf(JSON.stringify(wrong))).toEqual({
      ...CANAL,
      ...{ name: 'Le <b>Lieu</b>', kind: undefined, siret: undefined, postalCode: '01000' },
      ...{ streetAddress: undefined, codeInsee: undefined, phone: undefined, email: undefined },
      ...{ latitude: undefined, longitude: undefined, website: 'https://www.lieu.example' },
      ...{ links: [], presentation: undefined, accessibility: [], acceslibreUrl: undefined },
    })
  })

  test('that is a workbook, a text, or a table of something else says so', () => {
    expect(readPlaceRecords(Buffer.from('PK\u0003\u0004…'))).toEqual({ wrong: 'unreadable' })
    expect(readPlaceRecords('{"nom": ')).toEqual({ wrong: 'unreadable' })
    expect(readPlaceRecords('Bonjour à tout le monde')).toEqual({ wrong: 'not-places' })
    expect(readPlaceRecords('titre,date\nUn café,2026-12-09')).toEqual({ wrong: 'not-places' })
    expect(readPlaceRecords('[1, 2, null]')).toEqual({ wrong: 'not-places' })
  })
})

test('opening hours are read where they are days and hours, and left as they are elsewhere', () => {
  expect(openingHoursText('Mo,We 10:00-12:00; Su off')).toEqual([
    'lundi, mercredi\u00a0: 10\u00a0h\u00a0–\u00a012\u00a0h',
    'dimanche\u00a0: fermé',
  ])
  expect(openingHoursText('sunrise-sunset')).toBeUndefined()
  expect(openingHoursText('sur rendez-vous')).toBeUndefined()
})

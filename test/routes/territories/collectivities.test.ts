import { afterAll, beforeAll, expect, test } from 'vitest'
import { feedText } from '../../../node/domain/territories/feed.ts'
import { findTerritory, listDepartements } from '../../../node/geo/territories.ts'
import { lookUpWhere } from '../../../node/geo/where.ts'
import { choicesOf } from '../../../node/routes/search/place-choices.ts'
import { departementsText as inEnglish } from '../../../ui/locales/en/departements.ts'
import { departementsText as inFrench } from '../../../ui/locales/fr/departements.ts'
import { announce, signInByLink } from '../../support/admin.ts'
import { type Browser, openBrowser } from '../../support/browser.ts'
import { readable } from '../../support/readable.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

let server: WebServer
let admin: Browser
beforeAll(async () => {
  server = await startWeb({ role: 'hub' })
  admin = await signInByLink(server)
  for (const [title, town] of Object.entries({
    'À Rennes': '35000',
    'À Die': 'Die',
    'À Mamoudzou': 'Mamoudzou',
    'À Papeete': 'Papeete',
  }))
    await announce(admin, { title, 'venue.town': town })
})
afterAll(() => server.stop())

const COUNTED = '3 départements et 1 collectivité d’outre-mer'

test('what counts départements counts collectivities overseas apart', async () => {
  const visitor = openBrowser(server.origin)
  for (const path of ['/', '/chiffres']) {
    const { text } = await visitor.get(path)
    const words = readable(text.replaceAll(/<[^>]*>/g, ' ')).replaceAll(/\s+/g, ' ')
    expect([path, words]).toEqual([path, expect.stringContaining(COUNTED)])
  }
  const referents = readable((await visitor.get('/referents')).text)
  expect(referents).toContain('Aucun territoire n’a encore une référente ou un référent')
  expect(referents).toMatch(/La liste de 101 départements et \d collectivités d’outre-mer/)
  const team = readable((await admin.get('/administration/referents')).text)
  expect(team).toMatch(/101 départements et \d collectivités d’outre-mer à pourvoir/)
  expect(JSON.parse((await visitor.get('/api/v1/figures')).text).departements).toBe(4)
})

test('the words fit each number, in both languages', () => {
  const words: [codes: string[], fr: string, en: string][] = [
    [[], '0 département', '0 départements'],
    [['35'], '1 département', '1 département'],
    [['987'], '1 collectivité d’outre-mer', '1 overseas collectivity'],
    [
      ['2A', '976', '978', '988'],
      '2 départements et 2 collectivités d’outre-mer',
      '2 départements and 2 overseas collectivities',
    ],
  ]
  for (const [codes, fr, en] of words)
    expect([inFrench(codes), inEnglish(codes)].map(readable)).toEqual([fr, en])
  const all = readable(inFrench(listDepartements().map(({ code }) => code)))
  expect(all).toBe('101 départements et 8 collectivités d’outre-mer')
})

test('a collectivity is not called a département by its account, nor among the places of its name', () => {
  expect(feedText({ kind: 'departement', code: '987', title: 'Polynésie française' })).toBe(
    'de la collectivité d’outre-mer Polynésie française',
  )
  expect(feedText({ kind: 'departement', code: '974', title: 'La Réunion' })).toBe(
    'du département La Réunion',
  )
  const area = findTerritory('978')
  if (!area) throw new Error('no Saint-Martin')
  const [choice] = choicesOf({ area, towns: [] })
  expect(choice?.label).toBe('Saint-Martin (collectivité)')
  expect(lookUpWhere(choice?.text ?? '')).toMatchObject({ area: { code: '978' } })
})

import { expect, test } from 'vitest'
import type { Problem } from '../../../node/domain/values/problem.ts'
import { CafeFormPage, inputFor } from '../../../ui/cafes/form.tsx'
import type { FormValues } from '../../../ui/components/fields.tsx'
import { readable } from '../../support/readable.ts'
import { NODE, SESSION } from '../gallery/sample.ts'

const form = (values: FormValues, problems: Problem[] = []) =>
  readable(
    (
      <CafeFormPage
        site={NODE}
        session={SESSION}
        values={values}
        problems={problems}
        audience={{
          followers: 58,
          directories: [{ name: 'L’annuaire des cafés IA', state: 'joined' }],
        }}
      />
    ).toString(),
  )

test('a café needs a title, a day and an hour; the place is chosen', () => {
  expect(form({}).match(/<input [^>]*\srequired/gu)).toHaveLength(3)
})

test('everything that was typed is still there after a mistake', () => {
  const values: FormValues = {
    title: 'Titre',
    date: '2026-12-03',
    time: '18:30',
    'venue.name': 'Mairie',
    'venue.town': '26150',
    descriptionMarkdown: 'Deux lignes\net plus',
    intentions: ['learn', 'debate'],
    'registration.mode': 'phone',
    languages: ['fr', 'co'],
  }
  const html = form(values, [{ field: 'phone', code: 'phone_required' }])
  for (const text of ['"Titre"', '"2026-12-03"', '"18:30"', '"Mairie"', '"26150"'])
    expect(html).toContain(`value=${text}`)
  expect(html).toContain('Deux lignes\net plus</textarea>')
  for (const value of ['learn', 'debate', 'phone', 'co'])
    expect(html).toMatch(new RegExp(`value="${value}"[^>]*\\schecked`, 'u'))
  expect(html).not.toMatch(/value="try"[^>]*\schecked/u)
})

test('a mistake is said on top, with a link, and beside its field', () => {
  const html = form({}, [
    { field: 'summary', code: 'too_long', detail: '200' },
    { field: 'summary', code: 'invalid' },
    { field: 'startsAt', code: 'in_the_past' },
  ])
  const summary = /<div class="errors".*?<\/div>/su.exec(html)?.[0] ?? ''
  expect([...summary.matchAll(/href="#([^"]*)"/gu)].map(([, id]) => id)).toEqual([
    'date',
    'summary',
  ])
  expect(html).toMatch(
    /<input id="date"[^>]*aria-invalid="true"[^>]*aria-describedby="date-erreur"/u,
  )
  expect(html).toContain('<p class="error" id="date-erreur">Cette date est déjà passée.</p>')
  expect(html).toContain('<title>Erreur : Annoncer un café')
})

const summaries = (html: string) =>
  [...html.matchAll(/<details class="fold"( open)?.*?<summary>(.*?)<\/summary>/gsu)].map(
    ([, open, summary = '']) =>
      `${open ? 'open: ' : ''}${summary.replace(/<span class="hint changed">.*/su, '').replace(/<[^>]*>/gu, '')}`,
  )

test('a date or an hour that does not exist is shown as it was typed', () => {
  const texts = summaries(form({ publishDate: '2026-02-31', endTime: '25:99', endDate: 'demain' }))
  expect(texts).toContain('Publication le 2026-02-31')
  expect(texts).toContain('Durée jusqu’au demain à 25:99')
  const html = form({ date: '2026-02-31', time: '25:99', endDate: '2026-12-03', endTime: '20:00' })
  const fields = [...html.matchAll(/type="(date|time|text)" value="([\d:-]+)"/gu)]
  expect(fields.map(([, type, value]) => [type, value])).toEqual([
    ['text', '2026-02-31'],
    ['text', '25:99'],
    ['time', '20:00'],
    ['date', '2026-12-03'],
  ])
})

test('what is answered already is six folds, each with its answer', () => {
  const values: FormValues = {
    'venue.id': '1',
    languages: 'fr',
    'registration.mode': 'none',
    'registration.capacity': '15',
  }
  expect(summaries(form(values))).toEqual([
    'Présentation rien d’écrit, sans image',
    'Durée 1 h 30',
    'Inscription entrée libre, 15 places',
    'Animation sans nom affiché',
    'Accueil tout le monde, en français, accueil adapté comme le lieu',
    'Publication dès que vous publiez',
  ])
  const answered: FormValues = {
    descriptionMarkdown: 'Deux lignes',
    'image.media': 'a',
    endTime: '20:00',
    'registration.mode': 'phone',
    openTo: 'reserved',
    languages: ['fr', 'br'],
    accessibility: ['hi'],
    publishDate: '2026-12-03',
  }
  expect(summaries(form(answered))).toEqual([
    'Présentation texte écrit, avec une image',
    'Durée jusqu’à 20 h',
    'Inscription par téléphone, sans limite de places',
    'Animation sans nom affiché',
    'Accueil un public précis, en français, breton, surdité et malentendance',
    'Publication le jeudi 3 décembre 2026',
  ])
  expect(summaries(form({ 'registration.capacity': '1' }))).toContain(
    'Inscription entrée libre, 1 place',
  )
})

test('the fold that has a mistake is open, and no other', () => {
  const html = form({}, [{ field: 'registration.url', code: 'registration_url_required' }])
  expect(summaries(html).filter((summary) => summary.startsWith('open'))).toEqual([
    expect.stringMatching(/^open: Inscription/u),
  ])
  expect(html).toContain('href="#registration-url"')
})

test.each([
  ['startsAt', 'date'],
  ['endsAt', 'endTime'],
  ['venue', 'venue.name'],
  ['venue.commune', 'venue.town'],
  ['venue.postalCode', 'venue.town'],
  ['venue.streetAddress', 'venue.streetAddress'],
  ['registration.capacity', 'registration.capacity'],
  ['themes.3', 'themes'],
])('a problem of %s shows at %s', (field, input) => {
  expect(inputFor(field)).toBe(input)
})

test('it says who will see the café before the click', () => {
  const html = form({})
  expect(html).toContain('58 comptes qui suivent ce lieu reçoivent l’annonce')
  expect(html).toContain('L’annuaire des cafés IA le montre en quelques secondes')
})

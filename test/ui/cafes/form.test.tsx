import { expect, test } from 'vitest'
import type { Problem } from '../../../node/domain/values/problem.ts'
import { CafeFormPage, inputFor } from '../../../ui/cafes/form.tsx'
import type { FormValues } from '../../../ui/components/fields.tsx'
import { NODE, SESSION } from '../gallery/sample.ts'

const form = (values: FormValues, problems: Problem[] = []) =>
  (
    <CafeFormPage
      site={NODE}
      session={SESSION}
      values={values}
      problems={problems}
      audience={{ followers: 58, directory: { joined: 'L’annuaire des cafés IA' } }}
    />
  )
    .toString()
    .replace(/[\u00a0\u202f]/gu, ' ')

test('a café needs seven answers at most', () => {
  expect(form({}).match(/<input [^>]*\srequired/gu)?.length).toBeLessThanOrEqual(7)
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

test('a mistake in the folded part unfolds it', () => {
  expect(form({})).toContain('<details class="more-fields">')
  expect(form({}, [{ field: 'onlineUrl', code: 'not_an_url' }])).toMatch(
    /<details class="more-fields" open/u,
  )
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

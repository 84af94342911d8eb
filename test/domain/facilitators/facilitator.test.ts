import { expect, test } from 'vitest'
import {
  isShownTo,
  levelOf,
  publishingGaps,
  selectShownFields,
  visibleTo,
} from '../../../node/domain/facilitators/facilitator.ts'
import { parseFacilitatorInput } from '../../../node/domain/facilitators/facilitator-input.ts'
import { aFacilitator } from '../../support/facilitator.ts'

const now = Temporal.Instant.from('2026-11-25T09:00:00Z')

const camille = aFacilitator

test('what a person shows to nobody is not in what anybody reads, nor in what structures read', () => {
  const shown = camille({
    fieldLevels: { contact: 'network', photo: 'nobody', territory: 'nobody', training: 'nobody' },
  })
  const everybody = visibleTo(shown, 'public', now)
  expect(everybody).toMatchObject({
    name: 'Camille R.',
    contact: 'none',
    shownContact: undefined,
    photo: undefined,
    territory: undefined,
    departement: undefined,
    latitude: undefined,
    radiusKm: undefined,
    training: undefined,
    trainedOn: undefined,
    themes: ['emploi'],
  })
  expect(visibleTo(shown, 'network', now)).toMatchObject({
    contact: 'shown',
    shownContact: '06 00 00 00 00',
    photo: undefined,
  })
  expect(visibleTo(shown, 'own', now)).toEqual(shown)
})

test('a field is never shown to more people than the profile', () => {
  const shown = camille({ level: 'network', fieldLevels: { contact: 'public' } })
  expect(levelOf(shown, 'contact')).toBe('network')
  expect(visibleTo(shown, 'public', now)).toBeUndefined()
  expect(visibleTo(shown, 'network', now)).toBeDefined()
  expect(visibleTo(camille({ level: 'nobody' }), 'network', now)).toBeUndefined()
  expect(selectShownFields(camille({ level: 'nobody' }), 'network').themes).toEqual([])
})

test('a profile is shown while it is published, for a year', () => {
  const later = now.add({ hours: 365 * 24 })
  expect(isShownTo(camille(), 'public', later.subtract({ seconds: 1 }))).toBe(true)
  expect(isShownTo(camille(), 'public', later)).toBe(false)
  for (const state of ['invited', 'draft', 'unpublished', 'expired'] as const)
    expect(visibleTo(camille({ state }), 'network', now)).toBeUndefined()
})

test('who is not yet accepted, has no confirmed e-mail or does not say to be an adult cannot publish', () => {
  const ready = { isAdult: true, isMailConfirmed: true, mailWorks: true, isAliasFree: true }
  expect(publishingGaps(camille(), ready)).toEqual([])
  const gaps = publishingGaps(camille({ approvedAt: undefined, territory: undefined, name: '' }), {
    isAdult: false,
    isMailConfirmed: false,
    mailWorks: true,
    isAliasFree: false,
  })
  expect(gaps).toEqual(['name', 'territory', 'adult', 'approval', 'mail', 'alias'])
  const unproven = { ...ready, isMailConfirmed: false, mailWorks: false }
  expect(publishingGaps(camille(), unproven)).toEqual([])
})

const typed = {
  name: ' Camille R. ',
  word: 'animatrice',
  extent: 'epci',
  radiusKm: '30',
  formats: ['débat mouvant', 'atelier', 'débat mouvant'],
  themes: [],
  languages: ['fr'],
  status: '',
  training: 'trained',
  trainedOn: '2026-05',
  contact: 'relay',
  shownContact: 'camille@exemple.fr',
  email: 'camille@exemple.fr',
  isAdult: true,
  level: 'network',
  fieldLevels: { photo: 'public', themes: 'nobody', formats: 'network' },
}

test('what is typed is read; what is not to be shown is not kept as shown', () => {
  expect(parseFacilitatorInput(typed, '2026-11').input).toMatchObject({
    name: 'Camille R.',
    radiusKm: 30,
    formats: ['débat mouvant', 'atelier'],
    themes: [],
    status: undefined,
    shownContact: undefined,
    fieldLevels: { themes: 'nobody' },
  })
})

test('minors are refused, and each mistake has its field', () => {
  const { problems } = parseFacilitatorInput(
    { ...typed, isAdult: false, email: 'camille', name: '', level: 'all' },
    '2026-11',
  )
  expect(problems).toEqual(
    expect.arrayContaining([
      { field: 'isAdult', code: 'adults_only' },
      { field: 'email', code: 'not_an_email' },
      { field: 'name', code: 'required' },
      { field: 'level', code: 'required' },
    ]),
  )
  expect(
    parseFacilitatorInput({ ...typed, contact: 'shown', shownContact: '' }, '2026-11').problems,
  ).toEqual([{ field: 'shownContact', code: 'contact_required' }])
  expect(parseFacilitatorInput({ ...typed, trainedOn: '2027-01' }, '2026-11').problems).toEqual([
    { field: 'trainedOn', code: 'not_a_past_month' },
  ])
})

test('too many words is no too long word, and a month is asked for as one', () => {
  const formats = Array.from({ length: 13 }, (_, index) => `format ${index}`)
  const themes = ['x'.repeat(61)]
  expect(
    parseFacilitatorInput({ ...typed, formats, themes, trainedOn: 'le mois dernier' }, '2026-11')
      .problems,
  ).toEqual([
    { field: 'formats', code: 'too_many', detail: '12' },
    { field: 'themes', code: 'too_long', detail: '60' },
    { field: 'trainedOn', code: 'not_a_past_month' },
  ])
})

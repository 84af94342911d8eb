import { expect, test } from 'vitest'
import { OPERATOR } from '../../../node/domain/cafes/edit.ts'
import { decideMandate, type MandateAct } from '../../../node/domain/referents/mandate.ts'
import type { Referent, ReferentState } from '../../../node/domain/referents/referent.ts'

const NOW = Temporal.Instant.from('2026-11-30T12:00:00Z')
const day = (text: string) => Temporal.PlainDate.from(text)
const days = { startsOn: day('2026-12-01'), endsOn: day('2027-11-30') }
const said = { text: 'J’accepte.', lang: 'fr' }
const as = { name: 'Claire', word: 'référente', email: 'claire@lieu.example' } as const

const mandateIn = (state: ReferentState, askedEndsOn?: Temporal.PlainDate): Referent => ({
  ...{ id: 'm', territory: '35', ...as, ...days, state, askedEndsOn, proposedBy: 'L’équipe' },
  ...{
    accountId: undefined,
    organizationId: undefined,
    facilitatorUri: undefined,
    proposedAt: NOW,
    consentedAt: undefined,
  },
  ...{ appointedAt: undefined, endedAt: undefined, endReason: undefined },
  ...{ lastSeenAt: undefined, escalatedAt: undefined, proposedDomain: undefined },
})

const later = day('2028-11-30')
const ACTS: Record<MandateAct['act'], MandateAct> = {
  agree: { act: 'agree', by: OPERATOR, shown: days, as, said },
  decline: { act: 'decline', by: OPERATOR, said },
  appoint: { act: 'appoint', by: OPERATOR, organizationId: 'ours' },
  'ask-days': { act: 'ask-days', by: OPERATOR, days: { ...days, endsOn: later } },
  'keep-days': { act: 'keep-days', by: OPERATOR },
  renew: { act: 'renew', by: OPERATOR, endsOn: later, said },
  tie: {
    act: 'tie',
    by: OPERATOR,
    profile: 'https://lieu.example/claire',
    today: days.startsOn,
    said,
  },
  end: { act: 'end', by: OPERATOR, reason: 'ended' },
  disown: { act: 'disown', by: OPERATOR, said },
}

test.each<[ReferentState, MandateAct['act'][]]>([
  ['proposed', ['agree', 'decline']],
  ['consented', ['appoint', 'ask-days', 'tie', 'end']],
  ['appointed', ['ask-days', 'renew', 'tie', 'end', 'disown']],
  ['declined', []],
  ['ended', []],
])('a mandate that is %s allows what its state allows, and nothing else', (state, allowed) => {
  const mandate = mandateIn(state, later)
  const acts = Object.values(ACTS).filter((done) => decideMandate(mandate, done, NOW))
  expect(acts.map(({ act }) => act)).toEqual(
    Object.keys(ACTS).filter((act) => act === 'keep-days' || allowed.some((one) => one === act)),
  )
})

test('nobody agrees to other days than those that they were shown', () => {
  const shown = { ...days, endsOn: later }
  expect(decideMandate(mandateIn('proposed'), { ...ACTS.agree, shown } as MandateAct, NOW)).toBe(
    undefined,
  )
  expect(decideMandate(mandateIn('appointed'), ACTS.renew, NOW)).toBeUndefined()
})

test('other days are asked of the person again, and change nothing of a running mandate', () => {
  expect(decideMandate(mandateIn('consented'), ACTS['ask-days'], NOW)).toMatchObject({
    ...{ state: 'proposed', consentedAt: undefined, endsOn: later },
  })
  expect(decideMandate(mandateIn('appointed'), ACTS['ask-days'], NOW)).toEqual({
    askedEndsOn: later,
  })
})

test('who says that the mailbox is not theirs has it erased at once', () => {
  expect(decideMandate(mandateIn('appointed'), ACTS.disown, NOW)).toMatchObject({
    ...{ state: 'ended', endReason: 'disowned', email: undefined, facilitatorUri: undefined },
  })
  expect(decideMandate(mandateIn('ended'), ACTS.disown, NOW)).toBeUndefined()
})

test('days that nobody asked to change are kept without a change', () => {
  expect(decideMandate(mandateIn('appointed'), ACTS['keep-days'], NOW)).toEqual({})
})

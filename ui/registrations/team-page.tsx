import type { Cafe } from '../../node/domain/cafes/cafe.ts'
import { whenText } from '../../node/domain/cafes/cafe-text.ts'
import type { Attendance } from '../../node/domain/registrations/attendance.ts'
import type { Need, Registration } from '../../node/domain/registrations/registration.ts'
import type { Offer } from '../../node/domain/registrations/seating.ts'
import type { SideTotals } from '../../node/domain/registrations/totals.ts'
import { momentText, plainDate } from '../../node/domain/values/date-text.ts'
import { AdminPage, type AdminProps } from '../admin/layout.tsx'
import { List, type ListPage, type ListQuery } from '../admin/list.tsx'
import {
  type FieldMessage,
  type FormState,
  type FormValues,
  InputField,
  SubmitButton,
} from '../components/fields.tsx'
import { Form, Link } from '../components/link.tsx'
import { PanelForm } from '../components/panel-form.tsx'
import { UserText } from '../components/user-text.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { type AnswerCount, SeatTotals } from './seat-totals.tsx'

export const REGISTRATION_TABS = { coming: 'viennent', waiting: 'attendent', over: 'annulees' }
export type RegistrationTab = keyof typeof REGISTRATION_TABS

/** A registration as the team's list shows it. */
export type ListedRegistration = Registration & {
  needs: readonly Need[]
  /** On the waiting list of its side, from 1 on. */
  waitingRank: number | undefined
  /** The last time that seats were offered to others before it. */
  passing: Offer | undefined
}

/** GET `?etat=&q=&page=`; POST adds a person: `csrf`, `prenom`, `places`, `contact`. */
export type RegistrationsPageProps = AdminProps & {
  cafe: Cafe
  query: Omit<ListQuery<RegistrationTab>, 'page'>
  counts: Record<RegistrationTab, number>
  found: ListPage<ListedRegistration>
  totals: readonly SideTotals[]
  /** How many registrations need what. */
  needs: readonly (readonly [Need, number])[]
  answers: readonly AnswerCount[]
  /** What was counted at the door. */
  attendance: Attendance | undefined
  /** How many of ten people who were registered did not come to the latest cafés of the structure. */
  noShows: number | undefined
  eraseOn: Temporal.PlainDate
  values: FormValues
  messages: FieldMessage[]
}

/** Lists who comes to a café, for its team. */
export function RegistrationsPage(props: RegistrationsPageProps) {
  const { site, session, flash, cafe, query, counts, found } = props
  const t = messagesFor(site.lang)
  const texts = t.registrationTeam
  const form: FormState = {
    ...{ values: props.values, messages: props.messages, t },
    labels: { prenom: texts.prenom, places: texts.places, contact: texts.contactField },
    hints: {},
  }
  return (
    <AdminPage
      title={texts.title}
      lead={<UserText t={t}>{texts.lead(cafe.title, whenText(cafe, t.lang))}</UserText>}
      {...{ site, session, flash, form }}
      buttons={<Ways cafe={cafe} t={t} />}
      back={{ href: paths.cafeOnline(cafe.id), label: texts.backToCafe }}
    >
      <SeatTotals {...props} t={t} />
      {props.attendance && <p>{texts.counted(props.attendance)}</p>}
      {props.noShows !== undefined && <p class="fine">{texts.noShows(props.noShows)}</p>}
      <List
        path={paths.registrations(cafe.id)}
        states={{ names: REGISTRATION_TABS, labels: texts.tabs, counts }}
        texts={{ ...texts, states: texts.states }}
        columns={[
          [texts.name, (one) => <Name one={one} cafe={cafe} t={t} />],
          [texts.seats, ({ seats }) => seats],
          [texts.state, (one) => stateText(one, cafe, t)],
          [texts.needs, ({ needs }) => needsText(needs, t)],
        ]}
        {...{ query, found, t }}
      />
      <PanelForm
        level={2}
        id="ajouter"
        heading={texts.add}
        lead={texts.addHint}
        action={paths.registrations(cafe.id)}
        csrf={session.csrf}
        submit={texts.addSubmit}
      >
        <InputField form={form} name="prenom" required />
        <InputField form={form} name="places" type="number" min={1} short />
        <InputField form={form} name="contact" optional />
      </PanelForm>
      <Form method="get" action={paths.registrationTable(cafe.id)} class="stack">
        <label class="choice">
          <input type="checkbox" name="besoins" value="1" />
          <span>{texts.withNeeds}</span>
        </label>
        <SubmitButton quiet>{texts.download}</SubmitButton>
      </Form>
      <p class="fine">{texts.keep(plainDate(props.eraseOn, t.lang))}</p>
    </AdminPage>
  )
}

const Ways = ({ cafe, t }: { cafe: Cafe; t: Messages }) => (
  <>
    <Link class="button" href={paths.countRegistrations(cafe.id)}>
      {t.registrationTeam.countLink}
    </Link>
    <Link class="button quiet" href={paths.writeToRegistered(cafe.id)}>
      {t.registrationTeam.write}
    </Link>
    <Link class="button quiet" href={paths.registrationSheet(cafe.id)}>
      {t.registrationTeam.print}
    </Link>
  </>
)

const Name = ({ one, cafe, t }: { one: ListedRegistration; cafe: Cafe; t: Messages }) => (
  <>
    <Link href={paths.teamRegistration(cafe.id, one.id)}>
      <UserText t={t}>{one.name}</UserText>
    </Link>
    {sourceText(one, t) && <span class="fine line">{sourceText(one, t)}</span>}
  </>
)

/** Returns what the list says of needs, in words. */
export const needsText = (needs: readonly Need[], t: Messages): string =>
  needs.map((need) => t.registration.form.needs[need]).join(', ')

/** Returns who entered a registration, where it was not the person by the form; empty there. */
export function sourceText({ source }: Pick<Registration, 'source'>, t: Messages): string {
  const { byTeam, byProgram, byAccount } = t.registrationTeam
  return { form: '', team: byTeam, program: byProgram, fediverse: byAccount }[source]
}

/** Returns the state of a registration, until when it holds, and why it was passed over. */
export function stateText(
  { state, email, heldUntil, waitingRank, seats, passing }: ListedRegistration,
  { timezone }: Pick<Cafe, 'timezone'>,
  t: Messages,
): string {
  const texts = t.registrationTeam
  const moment = (at: Temporal.Instant) => momentText(at, t.lang, timezone)
  return [
    texts.stateOf[state],
    ...(heldUntil && state === 'offered' ? [texts.until(moment(heldUntil))] : []),
    ...(waitingRank === undefined ? [] : [texts.rank(waitingRank)]),
    ...(state === 'waiting' && passing?.free !== undefined
      ? [texts.passed({ when: moment(passing.madeAt), free: passing.free, seats })]
      : []),
    ...(state === 'offered' && email === undefined ? [texts.call] : []),
  ].join(', ')
}

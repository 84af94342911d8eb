import type { Cafe } from '../../node/domain/cafes/cafe.ts'
import {
  NEEDS,
  type Need,
  type Registration,
} from '../../node/domain/registrations/registration.ts'
import { plainDate } from '../../node/domain/values/date-text.ts'
import { AdminPage, type AdminProps } from '../admin/layout.tsx'
import { List, type ListPage, type ListQuery } from '../admin/list.tsx'
import {
  ActionButton,
  type FieldMessage,
  type FormState,
  type FormValues,
  InputField,
} from '../components/fields.tsx'
import { PanelForm } from '../components/panel-form.tsx'
import { UserText } from '../components/user-text.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'

export const REGISTRATION_TABS = { coming: 'viennent', waiting: 'attendent', over: 'annulees' }
export type RegistrationTab = keyof typeof REGISTRATION_TABS

/** What the whole list adds up to, in seats. */
export type SeatTotals = {
  confirmed: number
  held: number
  waiting: number
  capacity: number | undefined
  /** How many people need what. */
  needs: ReadonlyMap<Need, number>
}

/** GET `?etat=&q=&page=`; POST adds a person: `csrf`, `prenom`, `places`, `contact`. */
export type RegistrationsPageProps = AdminProps & {
  cafe: Cafe
  query: Omit<ListQuery<RegistrationTab>, 'page'>
  counts: Record<RegistrationTab, number>
  found: ListPage<Registration>
  needs: ReadonlyMap<string, readonly Need[]>
  /** On the waiting list, by the id of the registration. */
  ranks: ReadonlyMap<string, number>
  totals: SeatTotals
  eraseOn: Temporal.PlainDate
  values: FormValues
  messages: FieldMessage[]
}

/** Lists who comes to a café, for its team. */
export function RegistrationsPage(props: RegistrationsPageProps) {
  const { site, session, flash, cafe, query, counts, found, needs, totals } = props
  const t = messagesFor(site.lang)
  const texts = t.registration.team
  const form: FormState = {
    ...{ values: props.values, messages: props.messages, t },
    labels: { prenom: texts.prenom, places: texts.places, contact: texts.contactField },
    hints: {},
  }
  const over = totals.capacity === undefined ? 0 : totals.confirmed - totals.capacity
  return (
    <AdminPage
      title={texts.title}
      lead={texts.lead(cafe.title)}
      {...{ site, session, flash, form }}
      back={{ href: paths.cafeOnline(cafe.id), label: t.registration.back }}
    >
      <p>
        <strong>{texts.totals(totals)}</strong> {over > 0 && texts.over(over)}
      </p>
      {totals.needs.size > 0 && <p>{texts.needsCounts(needsText(totals.needs, t))}</p>}
      <List
        path={paths.registrations(cafe.id)}
        states={{ names: REGISTRATION_TABS, labels: texts.tabs, counts }}
        texts={{ ...texts, states: texts.states }}
        columns={[
          [texts.name, ({ name }) => <UserText t={t}>{name}</UserText>],
          [texts.seats, ({ seats }) => seats],
          [texts.state, (one) => stateText(one, props.ranks.get(one.id), t)],
          [texts.needs, ({ id }) => needsOf(needs.get(id) ?? [], t)],
          [
            texts.contact,
            ({ email, phone, handle }) => (
              <UserText t={t}>{email ?? phone ?? handle ?? '–'}</UserText>
            ),
          ],
          [
            texts.actions,
            ({ id, name, state }) =>
              state !== 'cancelled' &&
              state !== 'lapsed' && (
                <ActionButton
                  csrf={session.csrf}
                  action={paths.cancelRegistration(cafe.id, id)}
                  quiet
                >
                  {texts.cancel}
                  <span class="unseen">{texts.of(name)}</span>
                </ActionButton>
              ),
          ],
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
      <p class="fine">{texts.keep(plainDate(props.eraseOn, t.lang))}</p>
    </AdminPage>
  )
}

const needsOf = (needs: readonly Need[], t: Messages) =>
  needs.map((need) => t.registration.form.needs[need]).join(', ')

const needsText = (needs: ReadonlyMap<Need, number>, t: Messages) =>
  NEEDS.filter((need) => needs.has(need))
    .map((need) => `${t.registration.form.needs[need]} (${needs.get(need)})`)
    .join(', ')

function stateText(
  { state, source, email }: Registration,
  rank: number | undefined,
  t: Messages,
): string {
  const texts = t.registration.team
  return [
    texts.stateOf[state],
    ...(rank === undefined ? [] : [texts.rank(rank)]),
    ...(state === 'offered' && email === undefined ? [texts.call] : []),
    ...(source === 'team' ? [texts.byTeam] : []),
    ...(source === 'fediverse' ? [texts.byFediverse] : []),
  ].join(', ')
}

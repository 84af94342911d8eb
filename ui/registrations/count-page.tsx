import type { Cafe } from '../../node/domain/cafes/cafe.ts'
import { whenText } from '../../node/domain/cafes/cafe-text.ts'
import { UNREGISTERED_MAX } from '../../node/domain/registrations/attendance.ts'
import { seatsOf } from '../../node/domain/registrations/totals.ts'
import { AdminPage, type AdminProps } from '../admin/layout.tsx'
import { titleOfForm } from '../components/fields.tsx'
import { PostForm } from '../components/link.tsx'
import { UserText } from '../components/user-text.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { type ListedRegistration, needsText } from './team-page.tsx'

/**
 * POST on the same address: `csrf`, `version` (what was counted when the page was made), `key` (one for each page), `lines`
 * (the ids of the registrations that the page shows), `present.<id>` for those of whom somebody came, and `unregistered`.
 */
export type CountPageProps = AdminProps & {
  cafe: Cafe
  /** Those who have seats, in the order of the sheet. */
  coming: readonly ListedRegistration[]
  /** How many came of each, by its id. */
  present: ReadonlyMap<string, number>
  unregistered: string
  version: string
  /** Names this page, so that its count is saved once however often it is sent. */
  sendKey: string
  /** What is wrong, or what somebody else counted meanwhile. */
  message?: string | undefined
  /** What was saved already, and when. */
  saved?: string | undefined
  /** Whether the names are deleted already. */
  isOver: boolean
}

/** Counts at the door, on a telephone: who is there, and who came without registering. */
export function CountPage(props: CountPageProps) {
  const { site, session, cafe, message, saved, isOver } = props
  const t = messagesFor(site.lang)
  const texts = t.registrationTeam.count
  return (
    <AdminPage
      title={titleOfForm(
        { messages: message ? [{ name: 'unregistered', message }] : [], t },
        texts.title,
      )}
      heading={<UserText t={t}>{cafe.title}</UserText>}
      lead={<UserText t={t}>{whenText(cafe, t.lang)}</UserText>}
      {...{ site, session }}
      back={{ href: paths.registrations(cafe.id), label: t.registrationTeam.back }}
    >
      {message && (
        <div class="errors" role="alert" id="count-problem">
          <p>{message}</p>
        </div>
      )}
      {saved && <p>{saved}</p>}
      {isOver ? <p>{texts.over}</p> : <CountForm {...props} t={t} />}
    </AdminPage>
  )
}

type PartProps = CountPageProps & { t: Messages }

function CountForm(props: PartProps) {
  const { cafe, session, coming, version, sendKey, unregistered, message, t } = props
  const texts = t.registrationTeam.count
  const capacity = cafe.registration.capacity
  return (
    <>
      <PostForm
        action={paths.countRegistrations(cafe.id)}
        csrf={session.csrf}
        class="count-form"
        novalidate
        data-count
        data-offline={texts.offline}
        data-refused={texts.refused}
        data-saved={texts.savedShort}
        data-finish={texts.finishWith}
      >
        <input type="hidden" name="version" value={version} />
        <input type="hidden" name="key" value={sendKey} />
        <input type="hidden" name="lines" value={coming.map(({ id }) => id).join(' ')} />
        <div class="tally">
          <output data-total>{sumOf(props)}</output>
          <p>
            <strong>{texts.inRoom}</strong>
            {capacity !== undefined && (
              <span class="line fine">{t.registrationTeam.seatsOf(capacity)}</span>
            )}
          </p>
        </div>
        <ul class="heads">
          {coming.map((one) => (
            <Line {...props} one={one} />
          ))}
        </ul>
        <div class="dock">
          <div class="stepper">
            <button type="button" data-step="-1" aria-label={texts.less} hidden>
              −
            </button>
            <p>
              <input
                id="unregistered"
                name="unregistered"
                type="number"
                inputmode="numeric"
                min={0}
                max={UNREGISTERED_MAX}
                value={unregistered}
                {...(message && { 'aria-invalid': 'true', 'aria-describedby': 'count-problem' })}
              />
              <label for="unregistered">{texts.unregistered}</label>
            </p>
            <button type="button" data-step="1" aria-label={texts.more} hidden>
              +
            </button>
          </div>
          <button type="submit" class="button" data-submit>
            {texts.finish}
          </button>
          <p class="fine">{texts.meaning}</p>
          <p role="status" data-status hidden />
        </div>
      </PostForm>
      <script src="/public/count.js" defer></script>
    </>
  )
}

const sumOf = ({ coming, present, unregistered }: CountPageProps): number =>
  seatsOf(coming.map(({ id }) => ({ seats: present.get(id) ?? 0 }))) + (Number(unregistered) || 0)

function Line({ one, cafe, present, t }: PartProps & { one: ListedRegistration }) {
  const came = present.get(one.id) ?? 0
  const name = `present.${one.id}`
  const online = one.side === 'online' && cafe.attendanceMode === 'mixed'
  const details = [
    ...(one.needs.length > 0 ? [needsText(one.needs, t)] : []),
    ...(online ? [t.registrationTeam.sides.online] : []),
  ].join(', ')
  const who = (
    <span>
      <strong>
        <UserText t={t}>{one.name}</UserText>
      </strong>
      {details && <span class="line fine">{details}</span>}
    </span>
  )
  if (one.seats === 1)
    return (
      <li>
        <label class="who">
          {who}
          <input type="checkbox" name={name} value="1" checked={came > 0} />
          <span class="tap" aria-hidden="true">
            ✓
          </span>
        </label>
      </li>
    )
  return (
    <li>
      <fieldset class="who">
        <legend class="unseen">{t.registrationTeam.count.howMany(one.name)}</legend>
        {who}
        <span class="some">
          {Array.from({ length: one.seats + 1 }, (_, n) => (
            <label>
              <input type="radio" name={name} value={n} checked={n === came} />
              {n}
            </label>
          ))}
        </span>
      </fieldset>
    </li>
  )
}

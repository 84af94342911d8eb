import { type Cafe, startsAtPlace } from '../../node/domain/cafes/cafe.ts'
import { clock, dayHeading } from '../../node/domain/values/date-text.ts'
import { CsrfInput } from '../components/fields.tsx'
import { Form, Link } from '../components/link.tsx'
import { UserText } from '../components/user-text.tsx'
import type { Messages } from '../locales/messages.ts'
import { sentenceCase } from '../locales/typography.ts'
import { paths } from '../paths.ts'

type ConfirmationsProps = {
  /** Those of the next three days that nobody has confirmed. */
  cafes: readonly Cafe[]
  csrf: string
  now: Temporal.Instant
  t: Messages
}

/** One question per café, answered by a person in one click. */
export const Confirmations = ({ cafes, csrf, now, t }: ConfirmationsProps) =>
  cafes.length === 0 ? null : (
    <section class="panel confirmations" aria-labelledby="toujours-lieu">
      <h2 id="toujours-lieu">{t.cafeStatus.confirmation.title}</h2>
      <p>{t.cafeStatus.confirmation.lead}</p>
      <ul>
        {cafes.map((cafe) => (
          <Confirmation cafe={cafe} csrf={csrf} now={now} t={t} />
        ))}
      </ul>
    </section>
  )

type ConfirmationProps = Omit<ConfirmationsProps, 'cafes'> & { cafe: Cafe }

function Confirmation({ cafe, csrf, now, t }: ConfirmationProps) {
  const { admin } = t
  const { confirmation } = t.cafeStatus
  const start = startsAtPlace(cafe)
  const today = now.toZonedDateTimeISO(cafe.timezone).toPlainDate()
  const about = <span class="unseen">{admin.home.about(cafe.title)}</span>
  return (
    <li>
      <p>
        <strong>
          <UserText cafe={cafe} t={t}>
            {cafe.title}
          </UserText>
        </strong>
        <span class="line">
          {sentenceCase(dayHeading(start, today, t.lang))}, {clock(start, t.lang)}
        </span>
      </p>
      <div class="buttons">
        <Form method="post" action={paths.confirmCafe(cafe.id)} class="inline">
          <CsrfInput csrf={csrf} />
          <button type="submit" class="button small">
            {confirmation.yes}
            {about}
          </button>
        </Form>
        <Link class="button quiet small" href={paths.editCafe(cafe.id)}>
          {confirmation.edit}
          {about}
        </Link>
        <Link class="button quiet small" href={`${paths.cafeSituation(cafe.id)}?choix=cancelled`}>
          {confirmation.cancel}
          {about}
        </Link>
      </div>
    </li>
  )
}

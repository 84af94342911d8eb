import { type Cafe, startsAtPlace } from '../../node/domain/cafes/cafe.ts'
import { clock, longDate } from '../../node/domain/values/date-text.ts'
import { SubmitButton } from '../components/fields.tsx'
import { Layout } from '../components/layout.tsx'
import { Form, Link } from '../components/link.tsx'
import type { Site } from '../components/site.ts'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { sentenceCase } from '../locales/typography.ts'
import { paths } from '../paths.ts'

/** What the page says; the last three are the reasons why there is nothing left to confirm. */
type ConfirmCafeState = 'asking' | 'confirmed' | 'moved' | 'cancelled' | 'postponed'

/** GET shows the question, since mail filters open links; POST on the same address is the answer. */
export type ConfirmCafePageProps = {
  site: Site
  token: string
  cafe: Cafe
  state: ConfirmCafeState
}

export function ConfirmCafePage(props: ConfirmCafePageProps) {
  const { site, token, cafe, state } = props
  const t = messagesFor(site.lang)
  const { title, text } = textsOfState(props, t)
  return (
    <Layout title={title} site={site} noindex narrow>
      <h1>{title}</h1>
      <Which cafe={cafe} site={site} />
      <p class="lead" role={state === 'confirmed' ? 'status' : undefined}>
        {text}
      </p>
      {state === 'asking' && (
        <Form method="post" action={paths.confirmationLink(token)}>
          <SubmitButton>{t.confirmationRequest.yes}</SubmitButton>
        </Form>
      )}
      <Others cafe={cafe} state={state} t={t} />
    </Layout>
  )
}

function textsOfState({ state, cafe, site }: ConfirmCafePageProps, t: Messages) {
  const { confirmationRequest: texts } = t
  if (state === 'asking') return { title: texts.title, text: texts.lead }
  if (state !== 'confirmed') return { title: texts.off[state], text: texts.off[`${state}Why`] }
  const day = cafe.confirmedAt?.toZonedDateTimeISO(cafe.timezone)
  return { title: texts.confirmed, text: day ? texts.confirmedOn(longDate(day, site.lang)) : '' }
}

const Which = ({ cafe, site }: Pick<ConfirmCafePageProps, 'cafe' | 'site'>) => {
  const start = startsAtPlace(cafe)
  return (
    <p class="panel">
      <strong>{cafe.title}</strong>
      <span class="line">
        {sentenceCase(longDate(start, site.lang))}, {clock(start, site.lang)}
        {cafe.venue && `, ${cafe.venue.name}`}
      </span>
    </p>
  )
}

const Others = ({ cafe, state, t }: { cafe: Cafe; state: ConfirmCafeState; t: Messages }) => {
  const { confirmationRequest: texts } = t
  if (state === 'cancelled' || state === 'postponed')
    return (
      <p>
        <Link href={paths.editCafe(cafe.id)}>{texts.open}</Link>
      </p>
    )
  return (
    <>
      {state === 'asking' && <p>{texts.signIn}</p>}
      <p class="buttons">
        {state === 'confirmed' && <Link href={paths.cafe(cafe.id)}>{texts.see}</Link>}
        <Link href={paths.editCafe(cafe.id)}>{texts.edit}</Link>
        <Link href={`${paths.cafeStatus(cafe.id)}?choix=cancelled`}>{texts.cancel}</Link>
      </p>
    </>
  )
}

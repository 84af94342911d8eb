import { SubmitButton } from '../components/fields.tsx'
import { Layout } from '../components/layout.tsx'
import { Form, Link } from '../components/link.tsx'
import type { Site } from '../components/site.ts'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import type { ShownTerritory } from './shown-territory.ts'

/** The results of a request for a café. */
export const REQUEST_NOTICES = ['counted', 'known', 'too-many'] as const
export type RequestNotice = (typeof REQUEST_NOTICES)[number]

type RequestPanelProps = {
  territory: ShownTerritory
  total: number | undefined
  said: RequestNotice | undefined
  site: Site
  t: Messages
}

/** The panel « J’aimerais un café ici »: one button in a commune, a question for the commune elsewhere. */
export function RequestPanel({ territory, total, said, t }: RequestPanelProps) {
  const texts = t.territory.request
  return (
    <section class="panel" aria-labelledby="demande">
      <h2 id="demande">{texts.heading}</h2>
      {said && (
        <p class="strong" role="status">
          {saidWords(said, t)}
        </p>
      )}
      <p>{texts.lead}</p>
      {total !== undefined && <p class="strong">{texts.total(total)}</p>}
      {said === undefined && (
        <Form method="post" action={paths.requests}>
          {territory.kind === 'commune' ? (
            <input type="hidden" name="commune" value={territory.code} />
          ) : (
            <TownField value="" t={t} />
          )}
          <SubmitButton quiet>{texts.submit}</SubmitButton>
        </Form>
      )}
      <p>
        <Link href={paths.organise}>{texts.organise}</Link>
      </p>
    </section>
  )
}

const saidWords = (said: RequestNotice, t: Messages): string => {
  const { thanks, known, tooMany } = t.territory.request
  return { counted: thanks, known, 'too-many': tooMany }[said]
}

type TownFieldProps = { value: string; message?: string | undefined; t: Messages }

const TownField = ({ value, message, t }: TownFieldProps) => (
  <div class="field">
    <label for="commune">
      {t.territory.request.commune} <span class="hint">{t.territory.request.communeHint}</span>
    </label>
    <input
      id="commune"
      name="commune"
      type="text"
      value={value}
      autocomplete="postal-code"
      required
      aria-invalid={message ? 'true' : undefined}
      aria-describedby={message ? 'commune-erreur' : undefined}
    />
    {message && (
      <p class="error" id="commune-erreur">
        {message}
      </p>
    )}
  </div>
)

export type RequestPageProps = {
  site: Site
  /** The town as it was typed. */
  town: string
  message?: string | undefined
  /** The towns that the text may mean; values are codes (`c-93066`). */
  towns?: { code: string; label: string }[] | undefined
}

/** Asks for the town, when the text means none, or several. */
export function RequestPage({ site, town, message, towns }: RequestPageProps) {
  const t = messagesFor(site.lang)
  const texts = t.territory.request
  return (
    <Layout title={texts.title} site={site} noindex narrow>
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      <Form method="post" action={paths.requests} class="stack" novalidate>
        {towns ? (
          <fieldset class="choice-group">
            <legend>{texts.choose}</legend>
            {towns.map(({ code, label }, at) => (
              <label class="choice">
                <input type="radio" name="commune" value={code} checked={at === 0} />
                <span>{label}</span>
              </label>
            ))}
          </fieldset>
        ) : (
          <TownField value={town} message={message} t={t} />
        )}
        <SubmitButton>{texts.submit}</SubmitButton>
      </Form>
    </Layout>
  )
}

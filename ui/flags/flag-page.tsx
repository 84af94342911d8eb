import { FLAG_REASONS, FLAG_WORDS_MAX } from '../../node/domain/flags/flag.ts'
import {
  Choices,
  ErrorSummary,
  type FieldMessage,
  type FormState,
  type FormValues,
  InputField,
  SubmitButton,
  TextArea,
  titleOfForm,
} from '../components/fields.tsx'
import { Layout } from '../components/layout.tsx'
import { Form, Link } from '../components/link.tsx'
import type { Site } from '../components/site.ts'
import { UserText } from '../components/user-text.tsx'
import { messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'

/** POST `/signaler?objet=`: `motif` (one of `FLAG_REASONS`), `texte`, `courriel`, `transmettre`. */
export type FlagPageProps = {
  site: Site
  /** What is flagged: the address that was asked, and what its page shows. */
  about: {
    address: string
    href: string
    name: string
    /** The questions of a report, each of which is flagged by itself. */
    parts?: readonly { address: string; text: string }[]
  }
  /** The server that publishes it, where that is another and can be told. */
  host: string | undefined
  values: FormValues
  messages: FieldMessage[]
  mailWorks: boolean
}

/** The page by which anybody tells the team that something is wrong with one page. */
export function FlagPage({ site, about, host, values, messages, mailWorks }: FlagPageProps) {
  const t = messagesFor(site.lang)
  const texts = t.flag.form
  const form: FormState = {
    values,
    messages,
    labels: { motif: texts.reason, texte: texts.words, courriel: texts.email, transmettre: '' },
    hints: { texte: texts.wordsHint, courriel: texts.emailHint, transmettre: texts.forwardHint },
    t,
  }
  const title = texts.title(about.name)
  return (
    <Layout title={titleOfForm(form, title)} site={site} noindex narrow>
      <ErrorSummary form={form} />
      <h1>{title}</h1>
      <p class="lead">{texts.lead}</p>
      {about.parts && about.parts.length > 0 && (
        <>
          <p>{texts.oneQuestion}</p>
          <ul>
            {about.parts.map(({ address, text }) => (
              <li>
                <Link href={paths.flag(address)}>
                  <UserText t={t}>{text}</UserText>
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
      <Form method="post" action={paths.flag(about.address)} class="stack" novalidate>
        <Choices
          form={form}
          name="motif"
          type="radio"
          choices={FLAG_REASONS.map((reason) => [reason, t.flag.reason[reason]])}
        />
        <TextArea form={form} name="texte" rows={5} max={FLAG_WORDS_MAX} />
        {mailWorks && (
          <InputField form={form} name="courriel" type="email" autocomplete="email" optional />
        )}
        {host && (
          <Choices
            form={form}
            name="transmettre"
            type="checkbox"
            choices={[['1', texts.forward(host)]]}
            isLong
          />
        )}
        <p class="fine">{texts.privacy}</p>
        <SubmitButton>{texts.submit}</SubmitButton>
      </Form>
      <p>
        <Link href={about.href}>{texts.back}</Link>
      </p>
    </Layout>
  )
}

/** GET `/signaler`: `objet`. */
export type AskFlagPageProps = { site: Site; values: FormValues; messages: FieldMessage[] }

/** The page that asks which page is to be flagged. */
export function AskFlagPage({ site, values, messages }: AskFlagPageProps) {
  const t = messagesFor(site.lang)
  const texts = t.flag.form.ask
  const form = { values, messages, labels: { objet: texts.address }, hints: {}, t }
  return (
    <Layout title={titleOfForm(form, texts.title)} site={site} noindex narrow>
      <ErrorSummary form={form} />
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      <Form method="get" action={paths.flag()} class="stack" novalidate>
        <InputField form={form} name="objet" type="url" required />
        <SubmitButton>{texts.submit}</SubmitButton>
      </Form>
    </Layout>
  )
}

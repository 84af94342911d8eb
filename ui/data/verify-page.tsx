import {
  ageInDays,
  type Finding,
  lastDay,
  type Registry,
} from '../../node/domain/federation/verification.ts'
import { longDate } from '../../node/domain/values/date-text.ts'
import {
  ErrorSummary,
  type FormState,
  InputField,
  SubmitButton,
  TextArea,
  titleOfForm,
} from '../components/fields.tsx'
import { Layout } from '../components/layout.tsx'
import { Form, Link } from '../components/link.tsx'
import type { Site } from '../components/site.ts'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { type CheckedCertificate, CheckedCertificatePart } from './checked-certificate.tsx'

/** The maximum number of findings shown, since a person reads each of them. */
export const MOST_SHOWN = 50

/** The issuer of the registry, and its date. */
type Origin = Pick<Registry, 'issuer' | 'madeAt'>

export type VerifyPageProps = {
  site: Site
  /** The text that was pasted, when the page shows it again. */
  pasted?: string | undefined
  problem?: { name: 'file' | 'text'; message: string } | undefined
  /** The findings and the registry used, where no script runs. `now` is in milliseconds since 1970. */
  checked?: { findings: readonly Finding[]; registry: Origin; now: number } | undefined
  /** The certificate whose code was read. */
  certificate?: CheckedCertificate | undefined
  signedIn?: boolean | undefined
}

/** The page that checks signatures against the registry: in the browser, or on the server where no script runs. */
export function VerifyPage(props: VerifyPageProps) {
  const { site, pasted = '', problem, checked, certificate, signedIn } = props
  const t = messagesFor(site.lang)
  const texts = t.verify
  const form: FormState = {
    values: { text: pasted },
    messages: problem ? [problem] : [],
    labels: { file: texts.file, text: texts.text },
    hints: { file: texts.fileHint, text: texts.textHint },
    t,
  }
  return (
    <Layout
      title={titleOfForm(form, texts.title)}
      site={site}
      current={paths.verify}
      description={texts.lead}
      scripts={[paths.registryScript, paths.verifyScript]}
      signedIn={signedIn}
    >
      <ErrorSummary form={form} />
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      {certificate && <CheckedCertificatePart certificate={certificate} t={t} />}
      <p>
        {texts.how} <span id="lecture">{texts.readHere}</span>
      </p>
      <Form
        id="verifier"
        method="post"
        action={paths.verify}
        enctype="multipart/form-data"
        class="stack"
        novalidate
        data-words={JSON.stringify(texts)}
        data-shown={MOST_SHOWN}
      >
        <InputField form={form} name="file" type="file" accept=".json,.ndjson,.txt" optional />
        <TextArea form={form} name="text" rows={4} optional />
        <SubmitButton>{texts.submit}</SubmitButton>
      </Form>
      <section id="resultat" class="findings" aria-live="polite" tabindex={-1}>
        {checked && <Findings {...checked} t={t} />}
      </section>
      <section id="copie" hidden>
        <h2>{texts.keep}</h2>
        <p>{texts.saveText}</p>
        <p>
          <button type="button" class="button quiet">
            {texts.keepButton}
          </button>
        </p>
      </section>
      <h2>{texts.registry}</h2>
      <p>
        {texts.registryText} <Link href={paths.registry}>{texts.registryFile}</Link>
      </p>
      <p>{texts.command}</p>
      <p>
        <code class="address">{`cafe-ia verify cafes-ia.ndjson --registry ${site.origin}${paths.registry}`}</code>
      </p>
    </Layout>
  )
}

/** Lists the findings in the same HTML as `public/verify.js`. */
function Findings({
  findings,
  registry,
  now,
  t,
}: NonNullable<VerifyPageProps['checked']> & { t: Messages }) {
  const texts = t.verify
  const wrong = findings.filter(({ verdict }) => verdict !== 'valid')
  const count = { n: findings.length, wrong: wrong.length }
  const isOne = findings.length === 1
  const good = isOne ? texts.oneValid : texts.allValid
  const bad = isOne ? texts.oneWrong : texts.someWrong
  const shown = [...wrong, ...findings.filter(({ verdict }) => verdict === 'valid')]
  return (
    <>
      <h2>{texts.result}</h2>
      <p class={wrong.length === 0 ? 'flash' : 'notice'}>
        {fill(wrong.length === 0 ? good : bad, count)}
      </p>
      {shown.length > MOST_SHOWN && <p>{fill(texts.first, { n: MOST_SHOWN })}</p>}
      <ul>
        {shown.slice(0, MOST_SHOWN).map((finding) => (
          <li class={finding.verdict === 'valid' ? 'is-valid' : 'is-wrong'}>
            <strong>{texts.verdicts[finding.verdict]}</strong>
            <span>{documentText(finding, isOne, t)}</span>
            {finding.publisher && <span class="fine">{publisherText(finding, t)}</span>}
          </li>
        ))}
      </ul>
      {shown[0]?.type === 'Poster' && shown[0].verdict === 'valid' && <p>{texts.posterNote}</p>}
      <p class="fine">{registryText(registry, now, t)}</p>
    </>
  )
}

/**
 * Returns in one line what a verified document is: its kind and title, its day or its end, its place, and its line
 * where the file has several.
 */
export function documentText(finding: Finding, isOne: boolean, t: Messages): string {
  const { types, line, until } = t.verify
  const { type = '', title, startsAt, endsAt, place, id } = finding
  const kind = types[type] ?? types.other ?? ''
  const name = title ?? id
  const isMandate = type === 'Relationship' && endsAt
  const end = isMandate ? fill(until, { when: day(lastDay(endsAt), t) }) : undefined
  const when = end ?? (startsAt && day(startsAt, t))
  const where = isOne ? undefined : fill(line, { n: finding.line })
  return [name ? `${kind} «\u00a0${name}\u00a0»` : kind, when, place, where]
    .filter(Boolean)
    .join(', ')
}

/** Says who issued the registry and how old it is; later revocations are not in it. */
export function registryText({ issuer, madeAt }: Origin, now: number, t: Messages): string {
  const days = ageInDays(madeAt, now)
  const words = days < 2 ? t.verify.comparedWith : t.verify.comparedWithOld
  return fill(words, { host: new URL(issuer).host, when: day(madeAt, t), n: days })
}

/** Returns in one line who published a document and when it was signed, as far as its verification knows. */
export function publisherText(finding: Finding, t: Messages): string {
  const { verdict, publisher, host, signedAt } = finding
  const who = host ? `${publisher} (${host})` : (publisher ?? '')
  const when = signedAt && fill(t.verify.signedOn, { when: day(signedAt, t) })
  const by = t.verify.by[verdict] ?? t.verify.publishedBy
  return [fill(by, { who }), when].filter(Boolean).join(', ')
}

/** Returns the day as the document states it, in its own time zone. */
function day(text: string, t: Messages): string {
  try {
    return longDate(Temporal.PlainDate.from(text.slice(0, 10)), t.lang)
  } catch {
    return text
  }
}

/**
 * Puts values into the `{name}` of a template; a name without a value becomes nothing. The result is text and no HTML.
 */
export const fill = (template: string, values: Record<string, string | number>): string =>
  template.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''))

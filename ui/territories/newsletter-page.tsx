import { raw } from 'hono/html'
import { plainDate } from '../../node/domain/values/date-text.ts'
import { dayInParis } from '../../node/domain/values/days.ts'
import { COPY_SCRIPT } from '../components/copy.tsx'
import { SelectField, SubmitButton } from '../components/fields.tsx'
import { Layout } from '../components/layout.tsx'
import { Form, Link } from '../components/link.tsx'
import type { Site } from '../components/site.ts'
import { AlertPanel } from '../follow/alert-form.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'

export type NewsletterPageProps = {
  site: Site
  /** The région or département of the letter; undefined for that of everywhere. */
  territory: { code: string; label: string } | undefined
  /** The territories that have a letter: each région with its départements. */
  territories: readonly { label: string; choices: readonly (readonly [string, string])[] }[]
  /** The territories of which this letter tells, with the number of cafés. */
  contents: readonly { code: string; label: string; total: number }[]
  /** The newsletter as HTML; `toNewsletterHtml` escapes all texts in it. */
  html: string
  /** The same without its own styles, to show on the page. */
  shown: string
  markdown: string
  text: string
  /** When the last newsletter was sent; changes since then are listed. */
  sentAt: Temporal.Instant | undefined
  signedIn?: boolean | undefined
}

/** Asks for the territory first; its letter is on the page, that of everywhere is folded. */
export function NewsletterPage(props: NewsletterPageProps) {
  const { site, territory, contents, signedIn } = props
  const t = messagesFor(site.lang)
  const w = t.newsletter
  const title = territory ? w.titleOf(territory.label) : w.title
  return (
    <Layout title={title} site={site} current={paths.newsletter} signedIn={signedIn}>
      {territory && (
        <p class="way-back">
          <Link href={paths.newsletter}>{w.all}</Link>
        </p>
      )}
      <h1>{title}</h1>
      <p class="lead">{w.lead}</p>
      <ChooseTerritory {...props} t={t} />
      {contents.length > 1 && (
        <ul class="links">
          {contents.map(({ code, label, total }) => (
            <li>
              <Link href={paths.newsletterOf(code)}>{label}</Link> <small>{total}</small>
            </li>
          ))}
        </ul>
      )}
      {territory ? (
        <Letter {...props} t={t} />
      ) : (
        <details class="more-fields">
          <summary>{w.everywhere}</summary>
          <Letter {...props} t={t} />
        </details>
      )}
      {site.sendsAlerts && (
        <AlertPanel
          about={{ rythme: 'weekly', ...(territory && { territoire: territory.code }) }}
          place={territory?.label}
          t={t}
        />
      )}
      <script src={COPY_SCRIPT} defer></script>
    </Layout>
  )
}

type PartProps = NewsletterPageProps & { t: Messages }

const ChooseTerritory = ({ territory, territories, t }: PartProps) => (
  <Form class="choose-territory" method="get" action={paths.newsletter}>
    <SelectField
      form={{
        values: { territoire: territory?.code ?? '' },
        messages: [],
        labels: { territoire: t.newsletter.territory },
        hints: {},
        t,
      }}
      name="territoire"
      empty={t.newsletter.wholeCountry}
      groups={territories}
    />
    <SubmitButton>{t.newsletter.show}</SubmitButton>
  </Form>
)

/** The letter in three formats, each with a button that copies it where scripts run. */
function Letter({ territory, html, shown, markdown, text, sentAt, t }: PartProps) {
  const w = t.newsletter
  const forms = [
    { id: 'html', label: w.html, copy: w.copyHtml, content: html },
    { id: 'md', label: w.markdown, copy: w.copyMarkdown, content: markdown },
    { id: 'txt', label: w.text, copy: w.copyText, content: text },
  ]
  return (
    <div class="copy" data-copied={w.copied} data-not-copied={w.notCopied}>
      <p class="buttons">
        <button type="button" class="button" data-copy="html" data-rich hidden>
          {w.copyFormatted}
        </button>
        {forms.map(({ id, copy }) => (
          <button type="button" class="button quiet" data-copy={id} hidden>
            {copy}
          </button>
        ))}
      </p>
      <p role="status" class="flash" hidden />
      <ul class="downloads">
        {forms.map(({ id, label }) => (
          <li>
            <Link href={paths.newsletterFile(id, territory?.code)} download>
              {`${w.download}\u00a0: ${label}`}
            </Link>
          </li>
        ))}
      </ul>
      {sentAt && <p class="hint">{w.changesSince(plainDate(dayInParis(sentAt), t.lang))}</p>}
      <section class="panel letter" aria-labelledby="titre-apercu">
        <h2 id="titre-apercu">{w.preview}</h2>
        <div id="apercu" lang="fr">
          {raw(shown.replaceAll(/<(\/?)h2>/g, '<$1h4>').replaceAll(/<(\/?)h1>/g, '<$1h3>'))}
        </div>
      </section>
      {forms.map(({ id, label, content }) => (
        <details>
          <summary>{label}</summary>
          <label for={id} class="unseen">
            {label}
          </label>
          <textarea id={id} readonly rows={12} lang="fr" spellcheck={false}>
            {content}
          </textarea>
        </details>
      ))}
    </div>
  )
}

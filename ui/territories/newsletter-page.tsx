import { raw } from 'hono/html'
import { plainDate } from '../../node/domain/values/date-text.ts'
import { COPY_SCRIPT } from '../components/copy.tsx'
import { Layout } from '../components/layout.tsx'
import { Link } from '../components/link.tsx'
import type { Site } from '../components/site.ts'
import { AlertPanel } from '../follow/alert-form.tsx'
import { messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'

export type NewsletterPageProps = {
  site: Site
  /** The newsletter as HTML; `toNewsletterHtml` escapes all texts in it. */
  html: string
  markdown: string
  text: string
  /** When the last newsletter was sent; changes since then are listed. */
  sentAt: Temporal.Instant | undefined
  signedIn?: boolean | undefined
}

/** Shows the newsletter in three formats, each with a button that copies it where scripts run. */
export function NewsletterPage({
  site,
  html,
  markdown,
  text,
  sentAt,
  signedIn,
}: NewsletterPageProps) {
  const t = messagesFor(site.lang)
  const w = t.newsletter
  const forms = [
    { id: 'html', label: w.html, copy: w.copyHtml, content: html },
    { id: 'md', label: w.markdown, copy: w.copyMarkdown, content: markdown },
    { id: 'txt', label: w.text, copy: w.copyText, content: text },
  ]
  return (
    <Layout title={w.title} site={site} current={paths.newsletter} signedIn={signedIn}>
      <h1>{w.title}</h1>
      <p class="lead">{w.lead}</p>
      {site.sendsAlerts && <AlertPanel about={{}} t={t} />}
      <div class="copy" data-copied={w.copied} data-not-copied={w.notCopied}>
        <p class="buttons">
          <button type="button" class="button" data-copy="apercu" data-rich hidden>
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
              <Link href={`${paths.newsletter}.${id}`} download>
                {`${w.download}\u00a0: ${label}`}
              </Link>
            </li>
          ))}
        </ul>
        {sentAt && (
          <p class="hint">
            {w.changesSince(plainDate(sentAt.toZonedDateTimeISO('Europe/Paris'), t.lang))}
          </p>
        )}
        <section class="panel letter" aria-labelledby="titre-apercu">
          <h2 id="titre-apercu">{w.preview}</h2>
          <div id="apercu" lang="fr">
            {raw(html.replaceAll(/<(\/?)h2>/g, '<$1h4>').replaceAll(/<(\/?)h1>/g, '<$1h3>'))}
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
      <script src={COPY_SCRIPT} defer></script>
    </Layout>
  )
}

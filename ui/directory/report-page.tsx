import {
  ErrorSummary,
  type FieldMessage,
  type FormValues,
  titleOfForm,
} from '../components/fields.tsx'
import { Layout } from '../components/layout.tsx'
import { Link } from '../components/link.tsx'
import type { Site } from '../components/site.ts'
import { UserText } from '../components/user-text.tsx'
import { messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { ContactForm, contactState } from '../referents/contact-page.tsx'

export type ReportPageProps = {
  site: Site
  /** The page that is reported, with what it shows. */
  about: { href: string; name: string }
  values: FormValues
  messages: FieldMessage[]
  isSent?: boolean | undefined
  mailWorks: boolean
}

/** The page by which anybody tells the team of a directory that something is wrong with one page. */
export function ReportPage({ site, about, values, messages, isSent, mailWorks }: ReportPageProps) {
  const t = messagesFor(site.lang)
  const texts = t.admin.network.report
  const title = isSent ? t.referent.contact.sent : texts.title(about.name)
  const form = { action: paths.report(about.href), values, messages, t }
  return (
    <Layout title={titleOfForm(contactState(form), title)} site={site} noindex narrow>
      {!isSent && <ErrorSummary form={contactState(form)} />}
      <h1>
        <UserText t={t}>{title}</UserText>
      </h1>
      {isSent ? (
        <p class="lead" role="status">
          {texts.sentLead}
        </p>
      ) : (
        <>
          <p class="lead">{texts.lead}</p>
          {mailWorks ? (
            <ContactForm {...form} />
          ) : (
            <p>
              {t.referent.panel.noMail} <Link href={paths.contact}>{t.referent.panel.contact}</Link>
              .
            </p>
          )}
        </>
      )}
      <p>
        <Link href={about.href}>{texts.back}</Link>
      </p>
    </Layout>
  )
}

import { ContactPage, type ContactPageProps } from '../components/contact-page.tsx'
import { messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'

export type ReportPageProps = Pick<
  ContactPageProps,
  'site' | 'values' | 'messages' | 'isSent' | 'mailWorks'
> & {
  /** The page that is reported, with what it shows. */
  about: { href: string; name: string }
}

/** The page by which anybody tells the team of a directory that something is wrong with one page. */
export function ReportPage({ about, ...page }: ReportPageProps) {
  const { title, lead, sentLead, back } = messagesFor(page.site.lang).admin.network.report
  return (
    <ContactPage
      {...page}
      title={title(about.name)}
      lead={lead}
      sentLead={sentLead}
      action={paths.report(about.href)}
      back={{ href: about.href, label: back }}
    />
  )
}

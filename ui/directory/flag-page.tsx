import { ContactPage, type ContactPageProps } from '../components/contact-page.tsx'
import { messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'

export type FlagPageProps = Pick<
  ContactPageProps,
  'site' | 'values' | 'messages' | 'isSent' | 'mailWorks'
> & {
  /** The page that is flagged, with what it shows. */
  about: { href: string; name: string }
}

/** The page by which anybody tells the team of a directory that something is wrong with one page. */
export function FlagPage({ about, ...page }: FlagPageProps) {
  const { title, lead, sentLead, back } = messagesFor(page.site.lang).admin.network.flag
  return (
    <ContactPage
      {...page}
      title={title(about.name)}
      lead={lead}
      sentLead={sentLead}
      action={paths.flag(about.href)}
      back={{ href: about.href, label: back }}
    />
  )
}

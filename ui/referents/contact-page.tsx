import { ContactPage, type ContactPageProps } from '../components/contact-page.tsx'
import { messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'

export type ContactReferentPageProps = Pick<
  ContactPageProps,
  'site' | 'values' | 'messages' | 'isSent' | 'mailWorks'
> & {
  territory: { code: string; label: string }
  /** The names of the referents; when it is empty, the team answers. */
  to: readonly string[]
}

export function ContactReferentPage({ territory, to, ...page }: ContactReferentPageProps) {
  const texts = messagesFor(page.site.lang).referent.contact
  const names = new Intl.ListFormat(page.site.lang).format(to)
  return (
    <ContactPage
      {...page}
      title={texts.title(territory.label)}
      lead={to.length === 0 ? texts.toTeam(page.site.name) : texts.to(names)}
      sentLead={texts.sentLead}
      action={paths.writeToReferent(territory.code)}
      back={{ href: paths.territory(territory.code), label: texts.back(territory.label) }}
    />
  )
}

import { raw } from 'hono/html'
import type { StructureProfile } from '../../node/domain/structures/structure-profile.ts'
import { OuterLink } from '../components/external-link.tsx'
import { LogoPicture } from '../components/logo.tsx'
import type { NavLink } from '../components/site.ts'
import { userTextLang } from '../components/user-text.tsx'
import type { Messages } from '../locales/messages.ts'
import { AddressLines, Mail, Phone } from '../site/legal-pages.tsx'
import { StructureNetworkList } from './networks-list.tsx'

/** The panel about the structure: its profile, its address and how to contact it. It is empty when the profile is. */
type Props = { profile: StructureProfile; networks?: readonly NavLink[] | undefined; t: Messages }

export function PlacePanel({ profile, networks = [], t }: Props) {
  const { logo, kind, address, phone, email, website, links, presentationHtml } = profile
  const isInactive = !logo && !presentationHtml && !address && !phone && !email && !website
  if (isInactive && links.length === 0 && networks.length === 0) return null
  const texts = t.place
  return (
    <section class="panel" aria-labelledby="le-lieu">
      <h2 id="le-lieu">{texts.heading}</h2>
      {logo && <LogoPicture logo={logo} alt={profile.name} size="large" />}
      {kind && kind !== 'Autre' && <p class="fine">{texts.kinds[kind]}</p>}
      {/* This HTML was sanitised when it was stored (node/formats/text/html-text.ts). */}
      {presentationHtml && (
        <div class="prose" lang={userTextLang({}, t)}>
          {raw(presentationHtml)}
        </div>
      )}
      {address && (
        <p>
          <AddressLines address={address} />
        </p>
      )}
      {(phone || email || website) && (
        <ul class="plain">
          {phone && (
            <li>
              {t.admin.form.inField(texts.call)}
              <Phone phone={phone} />
            </li>
          )}
          {email && (
            <li>
              {t.admin.form.inField(texts.write)}
              <Mail email={email} />
            </li>
          )}
          {website && (
            <li>
              {t.admin.form.inField(texts.website)}
              <WebLink url={website} />
            </li>
          )}
        </ul>
      )}
      <StructureNetworkList networks={networks} t={t} />
      {links.length > 0 && (
        <>
          <h3>{texts.elsewhere}</h3>
          <ul class="plain">
            {links.map((url) => (
              <li>
                <WebLink url={url} />
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}

/** A link whose text is the address without scheme: `mastodon.example/@canal`. */
const WebLink = ({ url }: { url: string }) => (
  <OuterLink href={url}>{url.replace(/^https?:\/\//, '').replace(/\/$/, '')}</OuterLink>
)

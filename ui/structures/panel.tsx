import { raw } from 'hono/html'
import type { Profile } from '../../node/domain/structures/structure-profile.ts'
import { OuterLink } from '../components/external-link.tsx'
import { LogoPicture } from '../components/logo.tsx'
import type { NavLink } from '../components/site.ts'
import { typedLang } from '../components/user-text.tsx'
import type { Strings } from '../locales/messages.ts'
import { AddressLines, Mail, Phone } from '../site/legal-pages.tsx'
import { Belongs } from './networks-list.tsx'

/** Who the place is, where it is and how to reach it, beside its next cafés. Empty when it says nothing. */
type Props = { profile: Profile; networks?: readonly NavLink[] | undefined; t: Strings }

export function PlacePanel({ profile, networks = [], t }: Props) {
  const { logo, kind, address, phone, email, website, links, presentationHtml } = profile
  const isSilent = !logo && !presentationHtml && !address && !phone && !email && !website
  if (isSilent && links.length === 0 && networks.length === 0) return null
  const words = t.place
  return (
    <section class="panel" aria-labelledby="le-lieu">
      <h2 id="le-lieu">{words.heading}</h2>
      {logo && <LogoPicture logo={logo} alt={profile.name} size="large" />}
      {kind && kind !== 'Autre' && <p class="fine">{words.kinds[kind]}</p>}
      {/* Sanitized when it was stored (node/formats/text/html-text.ts). */}
      {presentationHtml && (
        <div class="prose" lang={typedLang({}, t)}>
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
              {t.desk.form.inField(words.call)}
              <Phone phone={phone} />
            </li>
          )}
          {email && (
            <li>
              {t.desk.form.inField(words.write)}
              <Mail email={email} />
            </li>
          )}
          {website && (
            <li>
              {t.desk.form.inField(words.website)}
              <WebLink url={website} />
            </li>
          )}
        </ul>
      )}
      <Belongs networks={networks} t={t} />
      {links.length > 0 && (
        <>
          <h3>{words.elsewhere}</h3>
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

/** Shown as people say it: `mastodon.example/@canal`. */
const WebLink = ({ url }: { url: string }) => (
  <OuterLink href={url}>{url.replace(/^https?:\/\//, '').replace(/\/$/, '')}</OuterLink>
)

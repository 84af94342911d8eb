import type { Child } from 'hono/jsx'
import type { LegalNotice } from '../../node/domain/structures/legal-notice.ts'
import type { StructureProfile } from '../../node/domain/structures/structure-profile.ts'
import { webHref } from '../../node/domain/values/web-address.ts'
import { Layout } from '../components/layout.tsx'
import { Link } from '../components/link.tsx'
import type { Site } from '../components/site.ts'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths, telHref } from '../paths.ts'

export type LegalPageProps = {
  site: Site
  profile: StructureProfile
  legal: LegalNotice
  signedIn?: boolean | undefined
}

type FrameProps = {
  site: Site
  title: string
  path: string
  signedIn?: boolean | undefined
  /** Whether the text is a legal one: it is in French, and a translation only helps to read it. */
  isLaw?: boolean | undefined
}

export const LegalFrame = (props: FrameProps & { children: Child }) => (
  <Layout
    title={props.title}
    site={props.site}
    current={props.path}
    signedIn={props.signedIn}
    canonical={props.site.origin + props.path}
    narrow
  >
    <h1>{props.title}</h1>
    {props.isLaw && <Authority path={props.path} t={messagesFor(props.site.lang)} />}
    {props.children}
  </Layout>
)

const Authority = ({ path, t }: { path: string; t: Messages }) =>
  t.legal.authority ? (
    <p class="fine">
      {t.legal.authority}{' '}
      <Link href={`${path}?lang=fr`} hreflang="fr">
        {t.legal.authorityLink}
      </Link>
      .
    </p>
  ) : null

export function LegalNoticePage({ site, profile, legal, signedIn }: LegalPageProps) {
  const t = messagesFor(site.lang)
  const texts = t.legal.notice
  return (
    <LegalFrame site={site} title={texts.title} path={paths.legalNotice} signedIn={signedIn} isLaw>
      <h2>{texts.publisher}</h2>
      <dl class="facts-list">
        <Fact name={texts.name} t={t}>
          {legal.legalName}
        </Fact>
        <Fact name={texts.seat} t={t}>
          {legal.legalAddress}
        </Fact>
        <Fact name={texts.phone} t={t}>
          {legal.legalPhone && <Phone phone={legal.legalPhone} />}
        </Fact>
        {profile.email && (
          <Fact name={texts.email} t={t}>
            <Mail email={profile.email} />
          </Fact>
        )}
        {profile.siret && (
          <Fact name={texts.siret} t={t}>
            {profile.siret}
          </Fact>
        )}
        {profile.rna && (
          <Fact name={texts.rna} t={t}>
            {profile.rna}
          </Fact>
        )}
        <Fact name={texts.director} t={t}>
          {legal.publicationDirector}
        </Fact>
      </dl>
      <h2>{texts.host}</h2>
      <dl class="facts-list">
        <Fact name={texts.name} t={t}>
          {legal.hostName}
        </Fact>
        <Fact name={texts.address} t={t}>
          {legal.hostAddress}
        </Fact>
        <Fact name={texts.phone} t={t}>
          {legal.hostPhone && <Phone phone={legal.hostPhone} />}
        </Fact>
      </dl>
      <h2>{texts.reuse}</h2>
      <ul>
        <li>{texts.texts}</li>
        <li>{texts.data}</li>
        <li>{texts.photos}</li>
      </ul>
      <h2>{texts.report}</h2>
      <p>
        {texts.reportText} {site.kind === 'hub' && texts.others}
      </p>
      <ul>
        <li>
          <Link href={paths.flag()}>{t.flag.form.ask.title}</Link>
        </li>
        <li>
          <Link href={paths.transparency}>{t.flag.transparency.title}</Link>
        </li>
        <li>
          <Link href={paths.contact}>{t.legal.contact.title}</Link>
        </li>
      </ul>
    </LegalFrame>
  )
}

/** A row of a description list; an empty value is shown as missing. */
export const Fact = ({ name, t, children }: { name: string; t: Messages; children?: Child }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children || <em>{t.legal.toComplete}</em>}</dd>
  </div>
)

export const Phone = ({ phone }: { phone: string }) => (
  <Link href={telHref(phone)}>{phone.replaceAll(' ', '\u00a0')}</Link>
)

export const Mail = ({ email }: { email: string }) => <Link href={`mailto:${email}`}>{email}</Link>

export function ContactPage({ site, profile, legal, signedIn }: LegalPageProps) {
  const t = messagesFor(site.lang)
  const texts = t.legal.contact
  const phone = profile.phone ?? legal.legalPhone
  return (
    <LegalFrame site={site} title={texts.title} path={paths.contact} signedIn={signedIn}>
      <p class="lead">{texts.lead(profile.name)}</p>
      {site.kind === 'hub' && <p>{texts.forCafe}</p>}
      <dl class="facts-list">
        <Fact name={t.place.call} t={t}>
          {phone && <Phone phone={phone} />}
        </Fact>
        <Fact name={t.place.write} t={t}>
          {profile.email && <Mail email={profile.email} />}
        </Fact>
        {profile.address && (
          <Fact name={t.legal.notice.address} t={t}>
            <AddressLines address={profile.address} />
          </Fact>
        )}
      </dl>
      <h2>{texts.other}</h2>
      <ul>
        <li>
          <Link href={`${paths.accessibility}#contact`}>{texts.accessibility}</Link>
        </li>
        <li>
          <Link href={paths.personalData}>{texts.data}</Link>
        </li>
        <li>
          <Link href={paths.flag()}>{texts.report}</Link>
        </li>
      </ul>
    </LegalFrame>
  )
}

export const AddressLines = ({
  address,
}: {
  address: NonNullable<StructureProfile['address']>
}) => (
  <>
    {address.streetAddress && (
      <>
        {address.streetAddress}
        <br />
      </>
    )}
    {[address.postalCode, address.commune].filter(Boolean).join(' ')}
  </>
)

export type SourcePageProps = {
  site: Site
  version: string
  sourceUrl: string | undefined
  signedIn?: boolean | undefined
}

/** The page with the source code, which the licence requires for software used over a network (AGPL §13). */
export function SourcePage({ site, version, sourceUrl, signedIn }: SourcePageProps) {
  const t = messagesFor(site.lang)
  const texts = t.legal.source
  const href = webHref(sourceUrl)
  return (
    <LegalFrame site={site} title={texts.title} path={paths.source} signedIn={signedIn}>
      <p class="lead">{texts.lead(version)}</p>
      <p>{texts.right}</p>
      {href ? (
        <p>
          {texts.at} <Link href={href}>{href}</Link>
        </p>
      ) : (
        <p>
          {texts.ask} <Link href={paths.contact}>{t.legal.contact.title}</Link>
        </p>
      )}
    </LegalFrame>
  )
}

import type { Child } from 'hono/jsx'
import type { LegalNotice } from '../../node/domain/structures/legal-notice.ts'
import type { Profile } from '../../node/domain/structures/structure-profile.ts'
import { Layout } from '../components/layout.tsx'
import type { Site } from '../components/site.ts'
import { type Strings, stringsFor } from '../locales/messages.ts'
import { paths, telHref, webHref } from '../paths.ts'

export type LegalPageProps = {
  site: Site
  profile: Profile
  legal: LegalNotice
  signedIn?: boolean | undefined
}

type FrameProps = {
  site: Site
  title: string
  path: string
  signedIn?: boolean | undefined
  /** What the law prescribes is said in its own language; a translation only helps to read it. */
  isLaw?: boolean | undefined
}

export const LegalFrame = (props: FrameProps & { children: Child }) => (
  <Layout
    title={props.title}
    site={props.site}
    current={props.path}
    signedIn={props.signedIn}
    canonical={props.site.origin + props.path}
  >
    <div class="narrow">
      <h1>{props.title}</h1>
      {props.isLaw && <Authority path={props.path} t={stringsFor(props.site.lang)} />}
      {props.children}
    </div>
  </Layout>
)

const Authority = ({ path, t }: { path: string; t: Strings }) =>
  t.legal.authority ? (
    <p class="fine">
      {t.legal.authority}{' '}
      <a href={`${path}?lang=fr`} hreflang="fr">
        {t.legal.authorityLink}
      </a>
      .
    </p>
  ) : null

export function LegalNoticePage({ site, profile, legal, signedIn }: LegalPageProps) {
  const t = stringsFor(site.lang)
  const words = t.legal.notice
  return (
    <LegalFrame site={site} title={words.title} path={paths.legalNotice} signedIn={signedIn} isLaw>
      <h2>{words.publisher}</h2>
      <dl class="facts-list">
        <Fact name={words.name} t={t}>
          {legal.legalName}
        </Fact>
        <Fact name={words.seat} t={t}>
          {legal.legalAddress}
        </Fact>
        <Fact name={words.phone} t={t}>
          {legal.legalPhone && <Phone phone={legal.legalPhone} />}
        </Fact>
        {profile.email && (
          <Fact name={words.email} t={t}>
            <Mail email={profile.email} />
          </Fact>
        )}
        {profile.siret && (
          <Fact name={words.siret} t={t}>
            {profile.siret}
          </Fact>
        )}
        {profile.rna && (
          <Fact name={words.rna} t={t}>
            {profile.rna}
          </Fact>
        )}
        <Fact name={words.director} t={t}>
          {legal.publicationDirector}
        </Fact>
      </dl>
      <h2>{words.host}</h2>
      <dl class="facts-list">
        <Fact name={words.name} t={t}>
          {legal.hostName}
        </Fact>
        <Fact name={words.address} t={t}>
          {legal.hostAddress}
        </Fact>
        <Fact name={words.phone} t={t}>
          {legal.hostPhone && <Phone phone={legal.hostPhone} />}
        </Fact>
      </dl>
      <h2>{words.reuse}</h2>
      <ul>
        <li>{words.texts}</li>
        <li>{words.data}</li>
        <li>{words.photos}</li>
      </ul>
      <h2>{words.report}</h2>
      <p>
        {words.reportText} {site.kind === 'hub' && words.others}
      </p>
      <p>
        <a href={paths.contact}>{t.legal.contact.title}</a>
      </p>
    </LegalFrame>
  )
}

/** A row of a description list; what nobody has said is said to be missing. */
const Fact = ({ name, t, children }: { name: string; t: Strings; children?: Child }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children || <em>{t.legal.toComplete}</em>}</dd>
  </div>
)

export const Phone = ({ phone }: { phone: string }) => (
  <a href={telHref(phone)}>{phone.replaceAll(' ', '\u00a0')}</a>
)

export const Mail = ({ email }: { email: string }) => <a href={`mailto:${email}`}>{email}</a>

type PersonalDataPageProps = LegalPageProps & {
  /** Where the pictures of a map come from that its visitors can move, if the operator chose one. */
  tilesHost?: string | undefined
  /** Several processes count together who asks too often, in the database; one alone counts in its memory. */
  countsInDatabase?: boolean | undefined
}

/** What only a directory keeps comes after what every site does. */
const rowsOf = ({ site: { kind }, countsInDatabase }: PersonalDataPageProps, t: Strings) => [
  ...Object.values({
    ...t.legal.data.rows,
    ...(countsInDatabase && {
      security: { ...t.legal.data.rows.security, keep: t.legal.data.limitsInDatabase },
    }),
  }),
  ...(kind === 'hub'
    ? [...Object.values(t.alert.data), ...Object.values(t.referent.data)]
    : Object.values(t.facilitator.data)),
]

export function PersonalDataPage(props: PersonalDataPageProps) {
  const { site, profile, legal, signedIn, tilesHost } = props
  const t = stringsFor(site.lang)
  const words = t.legal.data
  const name = legal.legalName ?? profile.name
  return (
    <LegalFrame site={site} title={words.title} path={paths.personalData} signedIn={signedIn} isLaw>
      <p class="lead">{words.lead}</p>
      <h2>{words.controller}</h2>
      <p>{words.controllerText(name)}</p>
      <dl class="facts-list">
        <Fact name={legal.dataContactIsDpo ? words.dpo : words.contact} t={t}>
          {legal.dataContact}
        </Fact>
      </dl>
      <h2 id="cookies">{words.cookies}</h2>
      <p>
        {words.cookiesText} {tilesHost ? words.tiles(tilesHost) : words.nothingElsewhere}
      </p>
      {site.kind === 'hub' && <p>{words.position}</p>}
      <p>{words.cookiesTeam}</p>
      <p>{words.drafts}</p>
      <h2>{words.purposes}</h2>
      <table class="cards">
        <thead>
          <tr>
            <th scope="col">{words.col.purpose}</th>
            <th scope="col">{words.col.what}</th>
            <th scope="col">{words.col.basis}</th>
            <th scope="col">{words.col.keep}</th>
          </tr>
        </thead>
        <tbody>
          {rowsOf(props, t).map((row) => (
            <tr>
              <th scope="row" data-label={words.col.purpose}>
                {row.purpose}
              </th>
              <td data-label={words.col.what}>{row.what}</td>
              <td data-label={words.col.basis}>{row.basis}</td>
              <td data-label={words.col.keep}>{row.keep}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>{words.hostLogs}</p>
      <h2>{words.shared}</h2>
      <p>{words.sharedText}</p>
      <h2>{words.rights}</h2>
      <p>{words.rightsText}</p>
      <p>
        {words.cnil} <a href="https://www.cnil.fr/fr/adresser-une-plainte">{words.cnilLink}</a>.
      </p>
    </LegalFrame>
  )
}

export function ContactPage({ site, profile, legal, signedIn }: LegalPageProps) {
  const t = stringsFor(site.lang)
  const words = t.legal.contact
  const phone = profile.phone ?? legal.legalPhone
  return (
    <LegalFrame site={site} title={words.title} path={paths.contact} signedIn={signedIn}>
      <p class="lead">{words.lead(profile.name)}</p>
      {site.kind === 'hub' && <p>{words.forCafe}</p>}
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
      <h2>{words.other}</h2>
      <ul>
        <li>
          <a href={`${paths.accessibility}#contact`}>{words.accessibility}</a>
        </li>
        <li>
          <a href={paths.personalData}>{words.data}</a>
        </li>
        <li>
          <a href={paths.legalNotice}>{words.report}</a>
        </li>
      </ul>
    </LegalFrame>
  )
}

export const AddressLines = ({ address }: { address: NonNullable<Profile['address']> }) => (
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

/** What the licence of the software promises to whoever uses it over a network (AGPL §13). */
export function SourcePage({ site, version, sourceUrl, signedIn }: SourcePageProps) {
  const t = stringsFor(site.lang)
  const words = t.legal.source
  const href = webHref(sourceUrl)
  return (
    <LegalFrame site={site} title={words.title} path={paths.source} signedIn={signedIn}>
      <p class="lead">{words.lead(version)}</p>
      <p>{words.right}</p>
      {href ? (
        <p>
          {words.at} <a href={href}>{href}</a>
        </p>
      ) : (
        <p>
          {words.ask} <a href={paths.contact}>{t.legal.contact.title}</a>
        </p>
      )}
    </LegalFrame>
  )
}

import type { StructureProfile } from '../../node/domain/structures/structure-profile.ts'
import { plainDate } from '../../node/domain/values/date-text.ts'
import { AdminPage, type AdminProps } from '../admin/layout.tsx'
import { CardTable, type Column } from '../components/card-table.tsx'
import { Link } from '../components/link.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import {
  type DataSources,
  listShownUses,
  processorLines,
  type ShownUse,
  transferLines,
} from './data-rows.ts'
import { Fact, LegalFrame, type LegalPageProps } from './legal-pages.tsx'

type PersonalDataPageProps = LegalPageProps & { sources: DataSources }

/** Says to the public what is kept about people, why, for how long and with whom it is shared. */
export function PersonalDataPage(props: PersonalDataPageProps) {
  const { site, profile, legal, signedIn, sources } = props
  const { tilesHost } = sources.processors
  const t = messagesFor(site.lang)
  const texts = t.personalData
  return (
    <LegalFrame site={site} title={texts.title} path={paths.personalData} signedIn={signedIn} isLaw>
      <p class="lead">{texts.lead}</p>
      <Controller {...{ profile, legal, t }} />
      <h2 id="cookies">{texts.cookies}</h2>
      <p>
        {texts.cookiesText} {tilesHost ? texts.tiles(tilesHost) : texts.nothingElsewhere}
      </p>
      {site.kind === 'hub' && <p>{texts.position}</p>}
      <p>{texts.cookiesTeam}</p>
      <p>{texts.drafts}</p>
      <h2>{texts.purposes}</h2>
      <CardTable
        rows={listShownUses(sources, t)}
        columns={[
          [texts.col.purpose, (row) => row.purpose],
          [texts.col.what, (row) => row.what],
          [texts.col.basis, (row) => row.basis],
          [texts.col.keep, (row) => row.keep],
        ]}
      />
      <Backups {...{ sources, t }} />
      <p>{texts.hostLogs}</p>
      <h2>{texts.shared}</h2>
      <p>{texts.sharedText}</p>
      <Lines lines={transferLines(sources, t)} />
      <h2>{texts.processors}</h2>
      <Lines lines={processorLines(sources, t)} />
      <h2>{texts.rights}</h2>
      <p>{texts.rightsText}</p>
      <p>
        {texts.cnil}{' '}
        <Link href="https://www.cnil.fr/fr/adresser-une-plainte">{texts.cnilLink}</Link>.
      </p>
    </LegalFrame>
  )
}

type ControllerProps = Pick<LegalPageProps, 'profile' | 'legal'> & { t: Messages }

const Controller = ({ profile, legal, t }: ControllerProps) => {
  const texts = t.personalData
  return (
    <>
      <h2>{texts.controller}</h2>
      <p>{texts.controllerText(legal.legalName ?? profile.name)}</p>
      <dl class="facts-list">
        <Fact name={legal.dataContactIsDpo ? texts.dpo : texts.contact} t={t}>
          {legal.dataContact}
        </Fact>
      </dl>
    </>
  )
}

const Backups = ({ sources, t }: { sources: DataSources; t: Messages }) => (
  <p>{sources.processors.areDaily ? t.personalData.backups : t.personalData.noBackups}</p>
)

const Lines = ({ lines }: { lines: readonly string[] }) => (
  <ul>
    {lines.map((line) => (
      <li>{line}</li>
    ))}
  </ul>
)

type RegisterPageProps = AdminProps & {
  profile: StructureProfile
  sources: DataSources
  today: Temporal.PlainDate
}

/** What article 30 asks for of each activity. */
const REGISTERED = ['purpose', 'who', 'what', 'basis', 'to', 'keep'] as const

/** The register of processing of the site (GDPR, art. 30), to print. */
export function RegisterPage({ site, session, profile, sources, today }: RegisterPageProps) {
  const t = messagesFor(site.lang)
  const texts = t.personalData
  const { register, col } = texts
  const { legal, processors } = sources
  return (
    <AdminPage
      title={register.title}
      lead={register.lead}
      {...{ site, session }}
      current={paths.settings}
      back={{ href: paths.settings, label: t.legal.settings.title }}
    >
      <p>{register.madeOn(plainDate(today, t.lang))}</p>
      <Controller {...{ profile, legal, t }} />
      <dl class="facts-list">
        <Fact name={t.legal.notice.seat} t={t}>
          {legal.legalAddress}
        </Fact>
        <Fact name={t.legal.notice.phone} t={t}>
          {legal.legalPhone}
        </Fact>
        <Fact name={t.legal.notice.director} t={t}>
          {legal.publicationDirector}
        </Fact>
      </dl>
      <h2>{register.activities}</h2>
      <div class="register">
        <CardTable
          rows={listShownUses(sources, t)}
          columns={REGISTERED.map((name): Column<ShownUse> => [col[name], (row) => row[name]])}
        />
      </div>
      <Backups {...{ sources, t }} />
      <h2>{texts.processors}</h2>
      <Lines lines={processorLines(sources, t)} />
      <h2>{register.transfers}</h2>
      <Lines lines={transferLines(sources, t)} />
      <h2>{register.security}</h2>
      <Lines
        lines={[
          ...register.measures.split('\n'),
          ...(processors.areDaily
            ? [processors.areEncrypted ? register.encrypted : register.notEncrypted]
            : []),
        ]}
      />
    </AdminPage>
  )
}

import { AdminPage, type AdminProps } from '../admin/layout.tsx'
import { CardTable } from '../components/card-table.tsx'
import { Link, PostForm } from '../components/link.tsx'
import { UserText } from '../components/user-text.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'

/** What a followed calendar says of something that people changed here. */
type AskedDifference = {
  /** The name of what is asked about, as `ASPECTS` has it. */
  aspect: string
  fields: readonly { label: string; here: string; fromSource: string }[]
}

export type AskedCafe = {
  cafeId: string
  title: string
  when: string
  /** The version that the page shows (`versionOfCafe`). */
  version: string
  differences: readonly AskedDifference[]
}

/** POST to `paths.settleDifference`: `csrf`, `version`, `aspect` and `choix` = `prendre` | `garder`. */
export type DifferencesPageProps = AdminProps & {
  items: readonly AskedCafe[]
  total: number
  /** Whether the café that was decided about has changed meanwhile. */
  isStale?: boolean
}

/** Shows what followed calendars say otherwise than people wrote here; each is taken or kept. */
export function DifferencesPage({
  site,
  session,
  flash,
  items,
  total,
  isStale,
}: DifferencesPageProps) {
  const t = messagesFor(site.lang)
  const texts = t.admin.import.differences
  return (
    <AdminPage
      title={texts.title}
      lead={total === 0 ? texts.none : texts.lead}
      {...{ site, session, flash }}
      current={paths.import}
      back={{ href: paths.import, label: t.admin.import.title }}
    >
      {isStale && <p class="notice">{texts.stale}</p>}
      {items.flatMap((cafe) =>
        cafe.differences.map((difference) => (
          <Difference {...{ cafe, difference, csrf: session.csrf, t }} />
        )),
      )}
      {total > items.length && <p>{texts.first(items.length)}</p>}
    </AdminPage>
  )
}

type Props = { cafe: AskedCafe; difference: AskedDifference; csrf: string; t: Messages }

function Difference({ cafe, difference: { aspect, fields }, csrf, t }: Props) {
  const texts = t.admin.import.differences
  const label = fields.map((field) => field.label).join(', ')
  return (
    <section class="panel" aria-label={`${cafe.title}, ${cafe.when}, ${label}`}>
      <h2>
        <Link href={paths.editCafe(cafe.cafeId)}>
          <UserText t={t}>{cafe.title}</UserText>
        </Link>
      </h2>
      <p>{cafe.when}</p>
      <CardTable
        rows={fields}
        columns={[
          [texts.field, (field) => field.label],
          [texts.here, ({ here }) => <UserText t={t}>{here || texts.nothing}</UserText>],
          [
            texts.there,
            ({ fromSource }) => <UserText t={t}>{fromSource || texts.nothing}</UserText>,
          ],
        ]}
      />
      <PostForm csrf={csrf} action={paths.settleDifference(cafe.cafeId)}>
        <input type="hidden" name="version" value={cafe.version} />
        <input type="hidden" name="aspect" value={aspect} />
        <p class="buttons">
          <button type="submit" name="choix" value="prendre" class="button">
            {texts.take}
            <span class="unseen"> {label}</span>
          </button>
          <button type="submit" name="choix" value="garder" class="button quiet">
            {texts.keep}
            <span class="unseen"> {label}</span>
          </button>
        </p>
      </PostForm>
    </section>
  )
}

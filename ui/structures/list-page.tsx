import type { Kind } from '../../node/domain/values/structure-kinds.ts'
import { KIND_GROUPS } from '../../node/domain/values/structure-kinds.ts'
import { Layout } from '../components/layout.tsx'
import { Form, Link, LinkChoices } from '../components/link.tsx'
import type { NavLink, Site } from '../components/site.ts'
import { TerritoryField } from '../components/territory-field.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { type ListMap, MapPanel } from '../maps/map-panel.tsx'
import { paths } from '../paths.ts'
import { type StructureCard, StructureCards } from './cards.tsx'

export type StructuresPageProps = {
  site: Site
  values: { q: string; type: string; territoire: string }
  structures: StructureCard[]
  /** The map of the structures; undefined where none of our maps shows them. */
  map: ListMap | undefined
  total: number
  nextHref: string | undefined
  continued: boolean
  /** The kinds of the structures in the list. */
  kinds: Kind[]
  /** The name of the territory, where it was found. */
  territory: string | undefined
  /** The territories that the text may mean, where there are several. */
  choices?: NavLink[] | undefined
  /** Whether no territory has that name. */
  isUnknown?: boolean | undefined
  signedIn?: boolean | undefined
}

export function StructuresPage(props: StructuresPageProps) {
  const { site, values, total, choices, isUnknown } = props
  const t = messagesFor(site.lang)
  const texts = t.structure.list
  const isAsked = values.q !== '' || values.type !== '' || values.territoire !== ''
  const title = props.territory ? `${texts.title}\u00a0: ${props.territory}` : texts.title
  return (
    <Layout
      title={title}
      site={site}
      current={paths.structures}
      description={texts.lead}
      noindex={isAsked || props.continued}
      signedIn={props.signedIn}
    >
      <h1>{title}</h1>
      <p class="lead">{texts.lead}</p>
      <SearchForm {...props} t={t} />
      {choices ? (
        <>
          <h2>{texts.several(values.territoire)}</h2>
          <LinkChoices links={choices} />
        </>
      ) : (
        <>
          <h2>{total > 0 && !isUnknown ? texts.total(total) : texts.none}</h2>
          {!isUnknown && <Listed {...props} t={t} />}
          {isAsked && (
            <p>
              <Link href={paths.structures}>{texts.all}</Link>
            </p>
          )}
        </>
      )}
    </Layout>
  )
}

function Listed({ structures, map, nextHref, t }: StructuresPageProps & { t: Messages }) {
  const more = nextHref && (
    <p class="more">
      <Link class="button quiet" href={nextHref}>
        {t.structure.list.more}
      </Link>
    </p>
  )
  if (!map)
    return (
      <>
        <StructureCards structures={structures} level={3} t={t} />
        {more}
      </>
    )
  return (
    <div class="results">
      <div>
        <StructureCards structures={structures} level={3} isNumbered t={t} />
        {more}
      </div>
      <div class="results-aside">
        <MapPanel map={map} t={t} />
      </div>
    </div>
  )
}

function SearchForm({ values, kinds, isUnknown, t }: StructuresPageProps & { t: Messages }) {
  const texts = t.structure.list
  return (
    <search>
      <Form class="search" action={paths.structures} method="get" aria-label={texts.form}>
        <div class="field">
          <label for="q">{texts.texts}</label>
          <input id="q" name="q" type="text" value={values.q} />
        </div>
        <div class="field">
          <label for="type">{texts.kind}</label>
          <select id="type" name="type">
            <option value="">{texts.anyKind}</option>
            {Object.entries(KIND_GROUPS).map(([group, codes]) => {
              const shown = codes.filter((code) => kinds.includes(code) || code === values.type)
              return shown.length === 0 ? null : (
                <optgroup label={t.place.kindGroups[group as keyof typeof KIND_GROUPS]}>
                  {shown.map((code) => (
                    <option value={code} selected={code === values.type}>
                      {t.place.kinds[code]}
                    </option>
                  ))}
                </optgroup>
              )
            })}
          </select>
        </div>
        <TerritoryField value={values.territoire} {...{ isUnknown, texts }} />
        <button class="button" type="submit">
          {texts.submit}
        </button>
      </Form>
    </search>
  )
}

import { raw } from 'hono/html'
import { CafeList, type ListedCafe } from '../cafes/card.tsx'
import { COPY_SCRIPT, Copy } from '../components/copy.tsx'
import {
  type Choice,
  ErrorSummary,
  type FieldMessage,
  type FormState,
  InputField,
  SelectField,
  SubmitButton,
  titleOfForm,
} from '../components/fields.tsx'
import { Layout } from '../components/layout.tsx'
import { ChosenLanguage, Form, Link } from '../components/link.tsx'
import type { Site } from '../components/site.ts'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { DEFAULT_RADIUS, RADII } from '../search/values.ts'
import { type EmbedOptions, embedCode, embedQuery, searchQueryOf } from './embed-options.ts'

export type EmbedPageProps = {
  site: Site
  options: EmbedOptions
  messages: FieldMessage[]
  regions: readonly Choice[]
  departements: readonly Choice[]
  networks: readonly Choice[]
  signedIn?: boolean | undefined
}

/** The height of the preview in pixels, where no script adapts it. */
const PREVIEW_HEIGHT = 544

/** The form that makes the HTML to show the list on another site; it works without scripts too. */
export function EmbedPage(props: EmbedPageProps) {
  const { site, options, messages, signedIn } = props
  const t = messagesFor(site.lang)
  const texts = t.data.embed
  const form: FormState = {
    values: { ...options, rayon: options.rayon || String(DEFAULT_RADIUS) },
    messages,
    labels: texts.labels,
    hints: texts.hints,
    t,
  }
  return (
    <Layout
      title={titleOfForm(form, texts.title)}
      site={site}
      current={paths.embed}
      description={texts.lead}
      scripts={[COPY_SCRIPT, '/public/cafes-ia.js', '/public/integrer.js']}
      signedIn={signedIn}
    >
      <ErrorSummary form={form} />
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      <div class="embed-maker">
        <Form method="get" action={paths.embed} class="stack" novalidate data-live>
          <h2>{texts.choose}</h2>
          <Fields form={form} {...props} t={t} />
          <SubmitButton>{texts.submit}</SubmitButton>
        </Form>
        <section aria-labelledby="apercu" id="resultat" data-made>
          <h2 id="apercu">{texts.preview}</h2>
          <iframe
            class="embed-preview"
            src={`${paths.embedFrame}${embedQuery(messages.length > 0 ? withoutLook(options) : options)}`}
            title={texts.previewTitle}
            height={PREVIEW_HEIGHT}
          />
        </section>
      </div>
      <div id="codes" data-made>
        {messages.length === 0 && <Code site={site} options={options} t={t} />}
      </div>
    </Layout>
  )
}

const withoutLook = (options: EmbedOptions): EmbedOptions => ({
  ...options,
  nombre: '',
  couleur: '',
})

function Fields({
  form,
  options,
  regions,
  departements,
  networks,
  t,
}: Omit<EmbedPageProps, 'site' | 'messages'> & { form: FormState; t: Messages }) {
  const texts = t.data.embed
  const known = [...regions, ...departements].some(([code]) => code === options.territoire)
  const other: Choice[] =
    options.territoire !== '' && !known ? [[options.territoire, options.territoire]] : []
  return (
    <>
      <InputField form={form} name="ou" autocomplete="postal-code" optional />
      <SelectField
        form={form}
        name="rayon"
        groups={[{ label: '', choices: RADII.map((km): Choice => [String(km), t.search.km(km)]) }]}
      />
      <SelectField
        form={form}
        name="territoire"
        empty={texts.everywhere}
        groups={[
          ...(other.length > 0 ? [{ label: texts.other, choices: other }] : []),
          { label: texts.regions, choices: regions },
          { label: texts.departements, choices: departements },
        ]}
      />
      <SelectField
        form={form}
        name="quand"
        empty={t.search.anyDay}
        groups={[
          {
            label: '',
            choices: [
              ['aujourdhui', t.search.today],
              ['ce-week-end', t.search.weekend],
              ['cette-semaine', t.search.thisWeek],
              ['7-jours', t.search.week],
              ['ce-mois', t.search.month],
            ],
          },
        ]}
      />
      <SelectField
        form={form}
        name="mode"
        empty={t.search.anyMode}
        groups={[
          {
            label: '',
            choices: [
              ['presentiel', t.cafe.mode.offline],
              ['en-ligne', t.cafe.mode.online],
              ['mixte', t.cafe.mode.mixed],
            ],
          },
        ]}
      />
      <NetworkField
        {...{ form, options, networks }}
        empty={texts.allNetworks}
        other={texts.otherNetwork}
      />
      <InputField form={form} name="q" optional />
      <InputField form={form} name="nombre" inputmode="numeric" short />
      <InputField form={form} name="couleur" optional short />
      <SelectField
        form={form}
        name="theme"
        empty={texts.themes['']}
        groups={[
          {
            label: '',
            choices: [
              ['clair', texts.themes.clair],
              ['sombre', texts.themes.sombre],
            ],
          },
        ]}
      />
      {options.structure && <input type="hidden" name="structure" value={options.structure} />}
    </>
  )
}

/** The choice of a network; one that is not known here stays what was chosen. */
function NetworkField({
  form,
  options,
  networks,
  empty,
  other,
}: Pick<EmbedPageProps, 'options' | 'networks'> & {
  form: FormState
  empty: string
  /** The heading over one that is not known. */
  other: string
}) {
  const isOther = options.reseau !== '' && !networks.some(([slug]) => slug === options.reseau)
  if (networks.length === 0)
    return isOther ? <input type="hidden" name="reseau" value={options.reseau} /> : null
  const unknown = { label: other, choices: [[options.reseau, options.reseau] as const] }
  return (
    <SelectField
      form={form}
      name="reseau"
      empty={empty}
      groups={[...(isOther ? [unknown] : []), { label: '', choices: networks }]}
    />
  )
}

function Code({ site, options, t }: { site: Site; options: EmbedOptions; t: Messages }) {
  const texts = t.data.embed
  const code = embedCode(options, {
    origin: site.origin,
    link: texts.linkText,
    title: texts.frameHeading,
  })
  const ways = [
    {
      name: 'element',
      label: texts.component,
      how: texts.componentHow(site.origin),
      code: code.component,
    },
    { name: 'cadre', label: texts.frame, how: texts.frameHow, code: code.frame },
    { name: 'lien', label: texts.link, how: texts.linkHow, code: code.link },
  ]
  return (
    <>
      <h2>{texts.copy}</h2>
      <p>{texts.copyText}</p>
      {ways.map((way) => (
        <div class="field">
          <label for={`code-${way.name}`}>{way.label}</label>
          <span class="hint" id={`code-${way.name}-aide`}>
            {way.how}
          </span>
          <textarea
            id={`code-${way.name}`}
            class="code"
            rows={4}
            readonly
            spellcheck={false}
            aria-describedby={`code-${way.name}-aide`}
          >
            {way.code}
          </textarea>
          <Copy of={`code-${way.name}`} what={way.label} t={t} />
        </div>
      ))}
    </>
  )
}

export type EmbedFrameProps = {
  site: Site
  options: EmbedOptions
  /** Undefined when the search cannot be parsed. */
  cafes: ListedCafe[] | undefined
  now: Temporal.Instant
}

/** The list inside another site's page: it has no menu and sets no cookie; links open outside the frame. */
export function EmbedFrame({ site, options, cafes, now }: EmbedFrameProps) {
  const t = messagesFor(site.lang)
  const texts = t.data.embed
  const all = `${paths.home}${cafes ? searchQueryOf(options) : ''}`
  return (
    <>
      {raw('<!DOCTYPE html>')}
      <html lang={site.lang} class={['framed', options.theme].filter(Boolean).join(' ')}>
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="robots" content="noindex" />
          <title>{`${texts.frameHeading} – ${site.name}`}</title>
          <base target="_top" />
          <link rel="stylesheet" href="/public/style.css" />
          {options.couleur && (
            <link
              rel="stylesheet"
              href={`${paths.embedColour}?${new URLSearchParams({ couleur: options.couleur })}`}
            />
          )}
          <script src="/public/cadre.js" defer></script>
        </head>
        <body>
          <ChosenLanguage.Provider value={site.chosen}>
            <main>
              <h1>{texts.frameHeading}</h1>
              {cafes && cafes.length > 0 && <CafeList cafes={cafes} level={2} now={now} t={t} />}
              {cafes?.length === 0 && <p>{texts.frameNone}</p>}
              {!cafes && <p>{texts.frameWrong}</p>}
              <p>
                <Link href={all}>{texts.frameMore}</Link>
              </p>
              <p class="fine">{texts.frameBy(site.name)}</p>
            </main>
          </ChosenLanguage.Provider>
        </body>
      </html>
    </>
  )
}

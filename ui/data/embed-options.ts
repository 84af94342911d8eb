/** What a list on another site shows and how it looks; empty where nothing was chosen. Names of the address. */
export type EmbedOptions = {
  /** Postcode, town or `lat,lng`. */
  ou: string
  /** Kilometres. */
  rayon: string
  /** `r-53`, `35`, `e-243500139`, `c-35238`. */
  territoire: string
  quand: string
  q: string
  mode: string
  structure: string
  /** Slug of a network: what its members announce. */
  reseau: string
  /** How many cafés at most. */
  nombre: string
  /** `#0b6355` */
  couleur: string
  /** `clair`, `sombre`, or as the visitor's device. */
  theme: string
}

export const EMBED_NAMES = [
  'ou',
  'rayon',
  'territoire',
  'quand',
  'q',
  'mode',
  'structure',
  'reseau',
  'nombre',
  'couleur',
  'theme',
] as const satisfies readonly (keyof EmbedOptions)[]

/** These options say how the frame looks; all others are a search. */
const LOOKS: readonly string[] = ['nombre', 'couleur', 'theme']

/** A place wins over a territory, as on the page of the search. */
const chosen = (options: EmbedOptions): [string, string][] =>
  EMBED_NAMES.map((name): [string, string] => [name, options[name]]).filter(
    ([name, value]) => value !== '' && name !== (options.ou === '' ? 'rayon' : 'territoire'),
  )

/** As the query of an address, with its question mark; nothing when nothing was chosen. */
export const embedQuery = (options: EmbedOptions): string => toQuery(chosen(options))

export const searchQueryOf = (options: EmbedOptions): string =>
  toQuery(chosen(options).filter(([name]) => !LOOKS.includes(name)))

const toQuery = (pairs: [string, string][]): string =>
  pairs.length === 0 ? '' : `?${new URLSearchParams(pairs)}`

/** The three ways to show the list, as the HTML to paste. */
export function embedCode(
  options: EmbedOptions,
  { origin, link, title }: { origin: string; link: string; title: string },
): { component: string; frame: string; link: string } {
  const href = escapeHtml(`${origin}/${searchQueryOf(options)}`)
  const anchor = `<a href="${href}">${escapeHtml(link)}</a>`
  const attributes = chosen(options)
    .map(([name, value]) => ` ${name}="${escapeHtml(value)}"`)
    .join('')
  const script = `<script src="${origin}/public/cafes-ia.js" defer></script>`
  const src = escapeHtml(`${origin}/integrer/cadre${embedQuery(options)}`)
  return {
    component: `<cafes-ia${attributes}>${anchor}</cafes-ia>\n${script}`,
    frame: `<iframe src="${src}" title="${escapeHtml(title)}" width="100%" height="600" loading="lazy"></iframe>\n${script}`,
    link: `<p>${anchor}</p>`,
  }
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

const escapeHtml = (text: string): string =>
  text.replaceAll(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign)

import { escapeHtml } from '../../node/domain/values/escape-html.ts'
/**
 * What a list on another site shows and how it looks, by the names of the address's parameters; empty where nothing was
 * chosen.
 */
export type EmbedOptions = {
  /** A postcode, a town or `lat,lng`. */
  ou: string
  /** The radius in kilometres. */
  rayon: string
  /** A territory: `r-53`, `35`, `e-243500139`, `c-35238`. */
  territoire: string
  quand: string
  q: string
  mode: string
  structure: string
  /** The slug of a network, whose members' cafés are shown. */
  reseau: string
  /** The maximum number of cafés. */
  nombre: string
  /** A colour, as `#0b6355`. */
  couleur: string
  /** `clair`, `sombre`, or empty for the visitor's own setting. */
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

/** The options that change the look of the frame; all others are search criteria. */
const LOOKS: readonly string[] = ['nombre', 'couleur', 'theme']

/** Returns the options that are set. A place takes precedence over a territory, as on the search page. */
const chosen = (options: EmbedOptions): [string, string][] =>
  EMBED_NAMES.map((name): [string, string] => [name, options[name]]).filter(
    ([name, value]) => value !== '' && name !== (options.ou === '' ? 'rayon' : 'territoire'),
  )

/** Returns the options as the query of an address, with its question mark; empty when none is set. */
export const embedQuery = (options: EmbedOptions): string => toQuery(chosen(options))

/** Returns the query of the search that an embedded page makes, without what concerns its look alone. */
export const searchQueryOf = (options: EmbedOptions): string =>
  toQuery(chosen(options).filter(([name]) => !LOOKS.includes(name)))

const toQuery = (pairs: [string, string][]): string =>
  pairs.length === 0 ? '' : `?${new URLSearchParams(pairs)}`

/** Returns the three ways to show the list, as HTML to paste. */
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

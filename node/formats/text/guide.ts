import MarkdownIt from 'markdown-it'

/** One of the project's own guides for people, `docs/guides/*.md`, which a site also shows. */
export type Guide = {
  title: string
  /** The first paragraph, without Markdown marks. */
  lead: string
  /** The HTML of everything after the title. */
  html: string
}

type Surroundings = {
  /**
   * Returns the address of another guide by the name of its file, without its extension; undefined where there is none.
   */
  guide: (name: string) => string | undefined
  /** Returns a picture of the folder `images`, with its size in pixels; undefined where there is none. */
  picture: (file: string) => { src: string; width: number; height: number } | undefined
  /** Puts the spaces of French typography into a text. */
  typeset: (text: string) => string
}

const PICTURE = /^images\/([\w-]+\.webp)$/
const OTHER_GUIDE = /^([\w-]+)\.md$/
const ON_THE_WEB = /^https?:/

/**
 * Renders a guide as HTML of our own. A file of the project that no page shows is named, not linked.
 * @param markdown - A file of the program; what people write is rendered by `renderMarkdown`.
 */
export function renderGuide(markdown: string, { guide, picture, typeset }: Surroundings): Guide {
  const markdownIt = new MarkdownIt()
  const tokens = markdownIt.parse(markdown, {})
  const [, title, , , lead] = tokens
  for (const { children } of tokens)
    for (const token of children ?? []) {
      if (token.type === 'text') token.content = typeset(token.content)
      if (token.type === 'image') {
        const file = PICTURE.exec(String(token.attrGet('src')))?.[1]
        // The picture has its dimensions, so that it can be loaded lazily without moving the text.
        const attributes = { ...picture(file ?? ''), loading: 'lazy', decoding: 'async' }
        for (const [name, value] of Object.entries(attributes)) token.attrSet(name, String(value))
      }
    }
  markdownIt.renderer.rules.link_open = ([...all], index) => {
    const href = hrefOf(String(all[index]?.attrGet('href')), guide)
    return href ? `<a href="${markdownIt.utils.escapeHtml(href)}">` : '<span>'
  }
  markdownIt.renderer.rules.link_close = ([...all], index) => {
    const open = all.slice(0, index).findLast(({ type }) => type === 'link_open')
    return hrefOf(String(open?.attrGet('href')), guide) ? '</a>' : '</span>'
  }
  return {
    title: textOf(title),
    lead: textOf(lead),
    html: markdownIt.renderer.render(tokens.slice(3), markdownIt.options, {}),
  }
}

const textOf = (token: { children: { content: string }[] | null } | undefined): string =>
  (token?.children ?? []).map(({ content }) => content).join('')

function hrefOf(href: string, guide: Surroundings['guide']): string | undefined {
  if (ON_THE_WEB.test(href)) return href
  return guide(OTHER_GUIDE.exec(href)?.[1] ?? '')
}

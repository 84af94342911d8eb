import { cloneElement, isValidElement } from 'hono/jsx'
import type { Site } from '../../../ui/components/site.ts'
import { messagesFor } from '../../../ui/locales/messages.ts'
import { accountPages } from './accounts.tsx'
import { adminPages } from './admin.tsx'
import { cafePages } from './cafes.tsx'
import { dataPages } from './data.tsx'
import { directoryPages } from './directory.tsx'
import { directoryFacilitatorPages } from './directory-facilitators.tsx'
import { facilitatorPages } from './facilitators.tsx'
import { flagPages } from './flags.tsx'
import { hostedPages } from './hosted.tsx'
import { networkPages } from './networks.tsx'
import { placePages } from './place.tsx'
import { questionPages } from './questions.tsx'
import { referentPages } from './referents.tsx'
import { registrationPages } from './registrations.tsx'
import { resourcePages } from './resources.tsx'
import { searchPages } from './search.tsx'
import { seriesPages } from './series.tsx'
import { sitePages } from './site.tsx'
import { suggestionPages } from './suggestions.tsx'
import { territoryPages } from './territories.tsx'

const pages: Record<string, { toString(): string }> = {
  ...placePages,
  ...flagPages,
  ...directoryPages,
  ...territoryPages,
  ...hostedPages,
  ...networkPages,
  ...directoryFacilitatorPages,
  ...facilitatorPages,
  ...referentPages,
  ...sitePages,
  ...cafePages,
  ...seriesPages,
  ...registrationPages,
  ...suggestionPages,
  ...questionPages,
  ...resourcePages,
  ...searchPages,
  ...dataPages,
  ...accountPages,
  ...adminPages,
}

/** Every page in every state, as HTML for a browser. */
export const gallery: [name: string, html: string][] = Object.entries(pages).map(([name, page]) => [
  name,
  page.toString(),
])

/** The same pages in English; the texts of organisers and of the site stay as they are. */
export const englishGallery: [name: string, html: string][] = Object.entries(pages).map(
  ([name, page]) => [`${name} (en)`, inEnglish(page)],
)

function inEnglish(page: { toString(): string }): string {
  if (!isValidElement(page)) throw new Error('a page is an element')
  const { menu } = messagesFor('en').site.layout
  const site: Site = {
    ...(page.props as unknown as { site: Site }).site,
    lang: 'en',
    chosen: 'en',
    translation: { lang: 'fr', href: '/?lang=fr' },
    nav: [
      { href: '/', label: menu.home.node },
      { href: '/cafes', label: menu.cafes },
    ],
    footerLinks: [{ href: '/api', label: menu.api }],
    alternates: [],
  }
  return cloneElement(page, { site } as object).toString()
}

import type { RemoteFacilitator } from '../../../node/domain/facilitators/remote-search.ts'
import {
  AdminFacilitatorSearchPage,
  type AdminFacilitatorSearchProps,
} from '../../../ui/facilitators/admin-search.tsx'
import { FacilitatorPage } from '../../../ui/facilitators/profile-page.tsx'
import {
  FacilitatorSearchPage,
  type FacilitatorSearchPageProps,
  NO_FACILITATOR_SEARCH,
} from '../../../ui/facilitators/search-page.tsx'
import { aFacilitator } from '../../support/facilitator.ts'
import { aCafe, EVIL, HUB, listed, NODE, NOW, SESSION } from './sample.ts'

const evil = {
  name: EVIL,
  presentation: EVIL,
  formats: [EVIL],
  themes: [EVIL],
  availability: EVIL,
  peerId: 'peer-1',
}
const copy = { src: '/animation/a@b.example/photo.jpg?v=1', width: 480, height: 320 }
const wicked = aFacilitator({
  ...evil,
  photo: { url: 'https://b.example/media/1.jpg', alt: EVIL },
})

const card = {
  facilitator: wicked,
  territory: EVIL,
  href: '/animation/a@b.example',
  copy,
  km: 12.3,
}
const search: FacilitatorSearchPageProps = {
  site: HUB,
  values: NO_FACILITATOR_SEARCH,
  problems: [],
  people: [card],
  total: 31,
  place: undefined,
  nextHref: '/animation?apres=1',
  continued: false,
  or: [],
}

const elsewhere: RemoteFacilitator & { where: string } = {
  ...wicked,
  contact: 'shown',
  shownContact: '06 00 00 00 00',
  territory: 'c-35238',
  where: EVIL,
  km: 3,
  isForStructures: true,
}
const admin: AdminFacilitatorSearchProps = {
  site: NODE,
  session: SESSION,
  values: { ...NO_FACILITATOR_SEARCH, ou: EVIL },
  problems: [],
  or: [],
  place: { label: EVIL, isAround: true },
  answers: [
    {
      directory: { uri: 'https://annuaire.example/actors/instance', name: EVIL },
      people: [
        { ...elsewhere, contact: 'relay', shownContact: undefined },
        { ...elsewhere, uri: 'https://b.example/animation/2' },
      ],
    },
    { directory: { uri: 'https://autre.example/actors/instance', name: EVIL }, people: undefined },
    { directory: { uri: 'https://vide.example/actors/instance', name: EVIL }, people: [] },
  ],
  hasDirectory: true,
  messages: [],
}

/** People in the pages of a directory and in the search of a structure. */
export const directoryFacilitatorPages = {
  'people of a directory': <FacilitatorSearchPage {...search} />,
  'people around a place': (
    <FacilitatorSearchPage
      {...search}
      values={{
        ...NO_FACILITATOR_SEARCH,
        ou: EVIL,
        theme: EVIL,
        langue: 'br',
        formation: 'trained',
      }}
      place={{ label: EVIL, isAround: true }}
    />
  ),
  'nobody around a place': (
    <FacilitatorSearchPage
      {...search}
      values={{ ...NO_FACILITATOR_SEARCH, ou: '29200', rayon: '10', theme: EVIL, q: EVIL }}
      people={[]}
      total={0}
      nextHref={undefined}
    />
  ),
  'nobody at a directory': (
    <FacilitatorSearchPage {...search} people={[]} total={0} nextHref={undefined} />
  ),
  'people around one of several places': (
    <FacilitatorSearchPage
      {...search}
      values={{ ...NO_FACILITATOR_SEARCH, ou: EVIL }}
      or={[{ href: '/animation?ou=93200', label: EVIL }]}
    />
  ),
  'people around no place': (
    <FacilitatorSearchPage
      {...search}
      values={{ ...NO_FACILITATOR_SEARCH, ou: EVIL, territoire: EVIL }}
      problems={[
        { field: 'ou', code: 'unknown_place' },
        { field: 'territoire', code: 'unknown_place' },
      ]}
      people={[]}
    />
  ),
  'a person of another site': (
    <FacilitatorPage
      site={HUB}
      facilitator={wicked}
      territory={EVIL}
      copy={copy}
      mandates={[]}
      cafes={[listed(aCafe({ title: EVIL }))]}
      led={{ total: 1, first: NOW.subtract({ hours: 24 }) }}
      now={NOW}
      publisher={EVIL}
      write={{
        action: '/animation/a@b.example/message',
        mailWorks: true,
        isElsewhere: true,
        values: {},
        messages: [],
      }}
    />
  ),
  'looking for a person': (
    <AdminFacilitatorSearchPage {...admin} values={NO_FACILITATOR_SEARCH} answers={undefined} />
  ),
  'people found for a structure': <AdminFacilitatorSearchPage {...admin} />,
  'a message that cannot leave': (
    <AdminFacilitatorSearchPage
      {...admin}
      written={{
        uri: elsewhere.uri,
        field: 'message.0.0',
        values: { 'message.0.0': EVIL },
      }}
      messages={[{ name: 'message.0.0', message: 'Ce message est trop long.' }]}
    />
  ),
  'no directory to look in': <AdminFacilitatorSearchPage {...admin} hasDirectory={false} />,
}

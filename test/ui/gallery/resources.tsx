import { AdminResourcesPage, ResourceFormPage } from '../../../ui/resources/admin-pages.tsx'
import { type CountedResource, ResourcesPage } from '../../../ui/resources/list-page.tsx'
import { ResourcePage } from '../../../ui/resources/resource-page.tsx'
import { aCafe, EVIL, HUB, NODE, SESSION } from './sample.ts'

const AT = Temporal.Instant.from('2026-10-03T08:00:00Z')
export const resource: CountedResource = {
  id: 'a',
  uri: 'https://lieu.example/ressources/jeu',
  slug: 'jeu',
  title: EVIL,
  summary: EVIL,
  kind: 'game',
  audiences: ['teens', 'families'],
  ...{ minutes: 75, groupMin: 6, groupMax: 20 },
  material: [EVIL, 'Un sablier'],
  needsComputer: true,
  level: 'experienced',
  language: 'br',
  licence: 'CC-BY-SA-4.0',
  author: EVIL,
  themes: [EVIL],
  ...{ descriptionMarkdown: undefined, descriptionHtml: '<h3>5 min</h3><p>Oui</p>' },
  link: 'https://jeu.example/suite',
  owner: { uri: 'https://lieu.example/a', name: EVIL },
  ...{ organizationId: undefined, peerId: 'p', createdAt: AT, updatedAt: AT, uses: 14 },
}
const bare: CountedResource = {
  ...{ ...resource, id: 'b', slug: 'b', title: 'Le débat', summary: 'On traverse.', uses: 0 },
  ...{ minutes: undefined, groupMin: undefined, groupMax: undefined, audiences: [], themes: [] },
  ...{ material: [], needsComputer: false, descriptionHtml: '', link: undefined, language: 'fr' },
}
const none = { q: '', besoin: '', duree: '', theme: '' }
const list = {
  ...{ site: HUB, page: 1, total: 26, resources: [resource, bare], hasMore: true },
  ...{ values: none, themes: ['École', EVIL], signedIn: false },
}
const admin = { site: NODE, session: SESSION }

export const resourcePages: Record<string, { toString(): string }> = {
  resources: <ResourcesPage {...list} />,
  'resources of a search': (
    <ResourcesPage
      {...{ ...list, page: 2, values: { q: EVIL, besoin: 'teens', duree: '45', theme: EVIL } }}
    />
  ),
  'no resource of a place': (
    <ResourcesPage
      {...{ ...list, site: NODE, total: 0, resources: [], hasMore: false, themes: [] }}
    />
  ),
  'a resource': (
    <ResourcePage
      {...{ site: HUB, resource, signedIn: false, past: [] }}
      soon={[aCafe({ title: EVIL })]}
    />
  ),
  'a resource of a place, of which little is said': (
    <ResourcePage {...{ site: NODE, resource: bare, signedIn: true, soon: [], past: [aCafe()] }} />
  ),
  'resources, for the team': (
    <AdminResourcesPage {...admin} resources={[resource, bare]} full={undefined} />
  ),
  'no resources, for the team': <AdminResourcesPage {...admin} resources={[]} full={200} />,
  'the form of a resource': (
    <ResourceFormPage
      {...{ ...admin, current: undefined, values: { title: EVIL, minutes: 'x' } }}
      messages={[{ name: 'minutes', message: 'Un nombre.' }]}
    />
  ),
  'the form of a resource that is there': (
    <ResourceFormPage
      {...{ ...admin, current: resource, messages: [], values: { title: 'Jeu', kind: 'game' } }}
    />
  ),
}

import { expect, test } from 'vitest'
import { pageByDomain } from '../../../node/domain/federation/domain-page.ts'
import type { Peer } from '../../../node/domain/federation/peer.ts'
import { DirectoryPage, type DirectoryPageProps } from '../../../ui/directory/admin-page.tsx'
import type { ListedSite, SitesProps } from '../../../ui/directory/sites.tsx'
import { ContactReferentPage } from '../../../ui/referents/contact-page.tsx'
import { readable } from '../../support/readable.ts'
import { aFollowing, aPeer, HUB, hoursAgo, NODE, NOW, SESSION } from '../gallery/sample.ts'

const ofDomain = <T,>(items: T[]) =>
  pageByDomain(items, { domainOf: () => 'ailleurs.example', page: 1 })

const NONE = { requested: 0, members: 0, silent: 0, left: 0, refused: 0, blocked: 0 }

const sites = (shown: { members?: ListedSite[]; requests?: Peer[] }): SitesProps => {
  const { members = [], requests } = shown
  const state = requests ? 'requested' : 'members'
  return {
    query: { words: '', state },
    counts: { ...NONE, [state]: (requests ?? members).length },
    found: { rows: members, total: members.length, page: 1, pages: 1 },
    requests: requests && ofDomain(requests),
    ...{ groups: [], advice: [] },
  }
}

const aSite = (changes: Partial<ListedSite>): ListedSite => ({
  ...{ ...aPeer(), isBlocked: false, toCome: 12, commune: 'Die', departement: '26' },
  ...{ stoppedBy: undefined, ...changes },
})

const page = (props: Partial<DirectoryPageProps>) =>
  readable(
    (
      <DirectoryPage
        site={HUB}
        session={SESSION}
        now={NOW}
        sites={sites({})}
        joinings={[]}
        followings={[]}
        received={ofDomain([])}
        receivedGroups={[]}
        undelivered={[]}
        invitations={[]}
        {...props}
      />
    ).toString(),
  )

test('a request is accepted or refused on its own page', () => {
  const html = page({
    sites: sites({ requests: [aPeer({ id: 'p9', membership: 'requested' })] }),
  })
  expect(html).toContain('href="/administration/reseau/p9"')
  expect(html).not.toContain('/p9/accepter')
})

test('a member that fails shows since when and why, and can be tried again', () => {
  const failing = (hours: number, lastError: string) =>
    aSite({ failingSince: hoursAgo(hours), lastError })
  const html = page({
    sites: sites({
      members: [
        { ...failing(73, '502 {"error":"bad gateway"}'), silentSince: hoursAgo(73) },
        failing(1, 'a.test answered 401'),
        failing(2, 'connect ECONNREFUSED'),
      ],
    }),
  })
  expect(html).toContain('<span class="standing is-off">Ne répond plus depuis 3 jours</span>')
  expect(html).toContain('<span class="standing">Membre</span>')
  for (const words of ['répond par une erreur', 'refuse notre message', 'ne répond pas'])
    expect(html).toContain(`Ce site ${words}.`)
  expect(html).not.toMatch(/gateway|ECONNREFUSED/)
  expect(html).toContain('action="/administration/reseau/peer-1/reessayer"')
})

test('a site that has reached a limit of the day says which one, as a member and as one we follow', () => {
  const first = aSite({ backfilledAt: undefined })
  expect(page({ sites: sites({ members: [first] }) })).toContain('Lecture de ses cafés en cours')
  const html = page({ sites: sites({ members: [{ ...first, stoppedBy: 'pages' }] }) })
  expect(html).toContain(
    'Limite du jour atteinte : trop de pages. La suite est lue après minuit (temps universel).',
  )
  expect(html).not.toContain('Lecture de ses cafés en cours')
  const followings = [{ ...aFollowing({ isJoin: false }), stoppedBy: 'cafes' as const }]
  expect(page({ followings })).toContain('trop de cafés nouveaux ou modifiés')
})

test('a used invitation names who came with it', () => {
  const html = page({
    invitations: [
      {
        label: 'médiathèques',
        createdAt: hoursAgo(3),
        expiresAt: NOW.add({ hours: 3 }),
        usedAt: hoursAgo(1),
        usedBy: 'https://usine.example/actors/instance',
      },
    ],
  })
  expect(html).toContain('Utilisé par usine.example<')
})

test('a place is offered to join a directory, a directory to invite places', () => {
  const place = page({ site: NODE })
  expect(place).toContain('name="join.address"')
  expect(place).not.toContain('name="invitation.label"')
  const directory = page({ site: HUB })
  expect(directory).toContain('name="invitation.label"')
  expect(directory).not.toContain('name="join.address"')
})

test.each([false, true])(
  'a page to write by is in the language of its reader; sent: %s',
  (isSent) => {
    const shared = {
      site: { ...HUB, lang: 'en' as const },
      values: {},
      messages: [],
      mailWorks: true,
    }
    const pages = [
      <ContactReferentPage
        {...{ ...shared, isSent, to: [] }}
        territory={{ code: 'd-35', label: 'Ille-et-Vilaine' }}
      />,
    ]
    const headings = pages.map((page) => /<h1>(.*?)<\/h1>/u.exec(page.toString())?.[1])
    const [contact] = headings.map((heading) => readable(heading ?? ''))
    expect(headings.filter((heading) => heading?.includes('lang='))).toEqual([])
    expect(contact).toMatch(isSent ? /on its way/ : /Ille-et-Vilaine/)
  },
)

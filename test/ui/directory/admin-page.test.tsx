import { expect, test } from 'vitest'
import { pageByDomain } from '../../../node/domain/federation/domain-page.ts'
import { DirectoryPage, type DirectoryPageProps } from '../../../ui/directory/admin-page.tsx'
import { readable } from '../../support/readable.ts'
import { aFollowing, aPeer, HUB, hoursAgo, NODE, NOW, SESSION } from '../gallery/sample.ts'

const ofDomain = <T,>(items: T[]) =>
  pageByDomain(items, { domainOf: () => 'ailleurs.example', page: 1 })

const page = (props: Partial<DirectoryPageProps>) =>
  readable(
    (
      <DirectoryPage
        site={HUB}
        session={SESSION}
        now={NOW}
        requests={ofDomain([])}
        advice={[]}
        refused={[]}
        members={[]}
        followings={[]}
        received={ofDomain([])}
        undelivered={[]}
        invitations={[]}
        blocks={[]}
        {...props}
      />
    ).toString(),
  )

test('a request can be accepted by a form with the token; its page is where it is refused', () => {
  const html = page({ requests: ofDomain([aPeer({ id: 'p9', membership: 'requested' })]) })
  expect(html).toContain(
    '<form method="post" action="/administration/reseau/p9/accepter" class="inline"><input type="hidden" name="csrf" value="a1b2c3"/>',
  )
  expect(html).toContain('href="/administration/reseau/p9"')
})

test('a member that fails shows since when and why, and can be tried again', () => {
  const html = page({
    members: [
      {
        ...aPeer({ failingSince: hoursAgo(73), lastError: '502 {"error":"bad gateway"}' }),
        cafeCount: 12,
      },
      { ...aPeer({ failingSince: hoursAgo(1), lastError: 'a.test answered 401' }), cafeCount: 1 },
      { ...aPeer({ failingSince: hoursAgo(2), lastError: 'connect ECONNREFUSED' }), cafeCount: 1 },
    ],
  })
  expect(html).toContain('Ne répond plus depuis 3 jours')
  for (const words of ['répond par une erreur', 'refuse notre message', 'ne répond pas'])
    expect(html).toContain(`Ce site ${words}.`)
  expect(html).not.toMatch(/gateway|ECONNREFUSED/)
  expect(html).toContain('action="/administration/reseau/peer-1/reessayer"')
})

test('a site that has reached a limit of the day says which one, as a member and as one we follow', () => {
  const first = { ...aPeer({ backfilledAt: undefined }), cafeCount: 12 }
  expect(page({ members: [first] })).toContain('Lecture de ses cafés en cours')
  const html = page({ members: [{ ...first, stoppedBy: 'pages' as const }] })
  expect(html).toContain(
    'Limite du jour atteinte : trop de pages. La suite est lue après minuit (temps universel).',
  )
  expect(html).not.toContain('Lecture de ses cafés en cours')
  const followings = [aFollowing({ isJoin: false, targetUri: 'https://gancio.example/actor' })]
  const stopped = new Map([['https://gancio.example/actor', 'cafes' as const]])
  expect(page({ followings, stopped })).toContain('trop de cafés nouveaux ou modifiés')
})

test('a member that is followed back is not listed twice', () => {
  const member = aPeer()
  const html = page({
    members: [{ ...member, cafeCount: 12 }],
    followings: [
      aFollowing({ isJoin: false, targetUri: member.actorUri, address: 'https://usine.example' }),
      aFollowing({ id: 'f2', isJoin: false, address: '@cafes@gancio.example' }),
    ],
  })
  expect(html).toContain('@cafes@gancio.example')
  expect(html).not.toContain('<strong>https://usine.example</strong>')
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

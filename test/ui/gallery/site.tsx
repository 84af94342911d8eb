import { LINK_PURPOSES, type PagePurpose } from '../../../node/domain/values/link.ts'
import { StopMailPage } from '../../../ui/accounts/stop-mail-page.tsx'
import { LINK_PATHS } from '../../../ui/admin/mail-templates.ts'
import { DeadLinkPage } from '../../../ui/components/dead-link.tsx'
import { FollowPage } from '../../../ui/follow/follow-page.tsx'
import { AboutPage } from '../../../ui/site/about-page.tsx'
import { AdminHomePage } from '../../../ui/site/admin-home.tsx'
import { ErrorPage } from '../../../ui/site/error-page.tsx'
import { SiteMapPage } from '../../../ui/site/site-map.tsx'
import { WelcomePage } from '../../../ui/site/welcome-page.tsx'
import { NodeHomePage } from '../../../ui/structures/home-page.tsx'
import { aCafe, EVERY_TO_DO, EVIL, HUB, NODE, NOW, SESSION } from './sample.ts'
import { cafes, own } from './sample-cafes.ts'

/** Pages of a site that are about no café, and the home page of its administration. */

export const sitePages: Record<string, { toString(): string }> = {
  home: (
    <NodeHomePage
      help={{ href: 'https://cartographie.societenumerique.gouv.fr/', name: undefined }}
      site={{ ...NODE, name: EVIL }}
      cafes={own}
      now={NOW}
    />
  ),
  'home without a café': (
    <NodeHomePage
      help={{ href: 'https://cartographie.societenumerique.gouv.fr/', name: undefined }}
      site={NODE}
      cafes={[]}
      now={NOW}
      signedIn
    />
  ),
  'what an AI café is': <AboutPage site={HUB} />,
  'what an AI café is, at a place': <AboutPage site={NODE} signedIn />,
  'how to follow': <FollowPage site={NODE} />,
  'follow with an error': <FollowPage site={HUB} account={EVIL} message={EVIL} />,
  'follow from an account': (
    <FollowPage
      site={{ ...NODE, name: EVIL }}
      account="@camille@reseau.example"
      found={{ href: 'https://reseau.example/?uri=cafes', host: 'reseau.example' }}
    />
  ),
  'plan of the site': <SiteMapPage site={NODE} pages={[{ href: '/suivre', label: EVIL }]} />,
  'not found': <ErrorPage site={NODE} status={404} />,
  gone: (
    <ErrorPage site={NODE} status={410} next={[{ cafe: aCafe(), href: '/cafes/a' }]} now={NOW} />
  ),
  'not found at a directory': <ErrorPage site={HUB} status={404} next={[]} now={NOW} />,
  forbidden: <ErrorPage site={NODE} status={403} message={EVIL} />,
  failure: <ErrorPage site={HUB} status={500} reference="6f1c2a" />,
  welcome: <WelcomePage site={NODE} />,
  ...Object.fromEntries(
    LINK_PURPOSES.filter((each): each is PagePurpose => each in LINK_PATHS).flatMap((purpose) =>
      (['used', 'expired', 'unknown'] as const).map((why) => [
        `dead link, ${purpose} ${why}`,
        <DeadLinkPage site={NODE} {...{ purpose, why }} />,
      ]),
    ),
  ),
  'stop the mails of what waits': <StopMailPage site={NODE} mail="to-do" email={EVIL} token="x" />,
  'mails of what waits, stopped': <StopMailPage site={NODE} mail="to-do" email={EVIL} />,
  admin: (
    <AdminHomePage
      site={NODE}
      session={{ ...SESSION, name: EVIL }}
      toDo={[
        { kind: 'confirm', cafe: aCafe({ title: EVIL }) },
        ...EVERY_TO_DO.map((kind) => ({ kind, count: 2, href: '/' })),
      ]}
      cafes={cafes}
      counts={{ upcoming: 38, past: 274, all: 320 }}
      last={aCafe({ title: EVIL })}
      followers={58}
      workspaces={[{ href: '/administration/territoire/35', label: EVIL }]}
      network={{ directories: [{ name: EVIL, lastSeenAt: NOW }], isAlone: false }}
      now={NOW}
      flash="published"
    />
  ),
  'admin where nothing waits': (
    <AdminHomePage
      site={{ ...NODE, kind: 'hub' }}
      session={SESSION}
      toDo={[]}
      cafes={[]}
      counts={{ upcoming: 0, past: 0, all: 0 }}
      followers={0}
      network={{ members: 1 }}
      now={NOW}
    />
  ),
}

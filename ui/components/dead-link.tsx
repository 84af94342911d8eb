import type { DeadLink, PagePurpose } from '../../node/domain/values/link.ts'
import { messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { Link } from './link.tsx'
import { NoticePage } from './notice-page.tsx'
import type { Site } from './site.ts'

export type DeadLinkPageProps = { site: Site; purpose: PagePurpose; why: DeadLink }

/** The page of a secret link that is not valid any more: it says why, and what to do next. */
export function DeadLinkPage({ site, purpose, why }: DeadLinkPageProps) {
  const { dead: texts } = messagesFor(site.lang).links
  const { href, label } = NEXT[purpose]
  return (
    <NoticePage site={site} title={texts.title} text={texts.why[why]}>
      <p>{texts.next[purpose]}</p>
      <p>
        <Link class="button" href={href}>
          {texts.go[label]}
        </Link>
      </p>
    </NoticePage>
  )
}

const SIGN_IN = { href: paths.signIn, label: 'signIn' } as const
const PROFILE = { href: paths.ownProfileLink, label: 'profile' } as const
const ALERT = { href: paths.alerts, label: 'alert' } as const

const NEXT = {
  'sign-in': SIGN_IN,
  'first-password': SIGN_IN,
  'confirm-email': SIGN_IN,
  'join-team': SIGN_IN,
  'confirm-cafe': { href: paths.admin, label: 'admin' },
  report: { href: paths.admin, label: 'admin' },
  'keep-alert': ALERT,
  'stop-alert': ALERT,
  'stop-to-do': SIGN_IN,
  'stop-confirm-cafe': SIGN_IN,
  'stop-answers': SIGN_IN,
  'stop-report': SIGN_IN,
  'stop-profile-named': PROFILE,
  'own-profile': PROFILE,
  mandate: { href: paths.home, label: 'home' },
  'referent-access': SIGN_IN,
  registration: { href: paths.home, label: 'home' },
  suggestion: { href: paths.suggest, label: 'suggest' },
  flag: { href: paths.home, label: 'home' },
  'not-my-mandate': { href: paths.home, label: 'home' },
} as const satisfies Record<PagePurpose, { href: string; label: string }>

import { createContext, type JSX, type PropsWithChildren, useContext } from 'hono/jsx'
import type { Lang } from '../../node/domain/values/lang.ts'
import type { NavLink } from './site.ts'

/**
 * The language that the visitor chose by an address with `lang`, for all that is on one page; undefined where their
 * browser alone says it. `Layout` and the frame for other sites provide it.
 */
export const ChosenLanguage = createContext<Lang | undefined>(undefined)

/** A link. What leads to another page of ours carries the language that was chosen. */
export function Link(props: PropsWithChildren<JSX.IntrinsicElements['a']>) {
  const { href } = props
  const chosen = useContext(ChosenLanguage)
  return <a {...props} href={href && hrefIn(chosen, href)} />
}

type FormProps = PropsWithChildren<JSX.IntrinsicElements['form']> & {
  /** The token of the session of who is signed in. */
  csrf?: string | undefined
}

/** A form. Its answer is in the language that was chosen: by its address, or by a field where that makes the address. */
export function Form({ children, csrf, ...props }: FormProps) {
  const { action, method } = props
  const chosen = useContext(ChosenLanguage)
  return (
    <form {...props} action={typeof action === 'string' ? hrefIn(chosen, action) : action}>
      {chosen && method !== 'post' && <input type="hidden" name="lang" value={chosen} />}
      {csrf && <input type="hidden" name="csrf" value={csrf} />}
      {children}
    </form>
  )
}

/** A form that changes something for who is signed in, which is refused without the token of the session. */
export const PostForm = (props: FormProps & { csrf: string }) => <Form method="post" {...props} />

/**
 * An address as a page leads to it: with the language that the visitor chose, if they chose one and it is a page of
 * ours. One that names a language keeps it.
 */
const hrefIn = (chosen: Lang | undefined, address: string): string =>
  chosen === undefined || !isPage(address) || /[?&]lang=/.test(address)
    ? address
    : withLanguage(address, chosen)

/** Our own pages, by their path: neither another site, nor a file, nor what programs read. */
export const isPage = (address: string): boolean =>
  /^\/(?!\/|(?:public|media|export|api\/v1)\/)[^?#]*(?:[?#]|$)/.test(address) &&
  !/^[^?#]*\.\w+(?:[?#]|$)/.test(address)

/** The address with `lang` as its last parameter, before the fragment, whatever language it named. */
export function withLanguage(address: string, lang: Lang): string {
  const [whole, fragment = ''] = address.split(/(?=#)/)
  const [path = '', query = ''] = (whole ?? '').split('?')
  const others = query.split('&').filter((part) => part !== '' && !part.startsWith('lang='))
  return `${path}?${[...others, `lang=${lang}`].join('&')}${fragment}`
}

/** Links one of which is meant, or leads on. */
export const LinkChoices = ({ links }: { links: readonly NavLink[] }) => (
  <ul class="choices">
    {links.map(({ href, label }) => (
      <li>
        <Link href={href}>{label}</Link>
      </li>
    ))}
  </ul>
)

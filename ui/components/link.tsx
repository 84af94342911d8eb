import { createContext, type JSX, type PropsWithChildren, useContext } from 'hono/jsx'
import type { Lang } from '../../node/domain/values/lang.ts'
import type { NavLink } from './site.ts'

/**
 * The language that the visitor chose by an address with `lang`, for the whole page; undefined where the browser's
 * language decides. `Layout` and the frame for other sites provide it.
 */
export const ChosenLanguage = createContext<Lang | undefined>(undefined)

/** A link. When it leads to another of our pages, the chosen language is added to its address. */
export function Link(props: PropsWithChildren<JSX.IntrinsicElements['a']>) {
  const { href } = props
  const chosen = useContext(ChosenLanguage)
  return <a {...props} href={href && hrefIn(chosen, href)} />
}

type FormProps = PropsWithChildren<JSX.IntrinsicElements['form']> & {
  /** The CSRF token of the session, where somebody is signed in. */
  csrf?: string | undefined
}

/** A form. Its answer is in the chosen language, which is added to its address, or as a hidden field for GET. */
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

/** A form that changes something for somebody who is signed in; it holds the session's CSRF token. */
export const PostForm = (props: FormProps & { csrf: string }) => <Form method="post" {...props} />

/** Returns the address with the chosen language, where it is one of our pages and does not name a language already. */
const hrefIn = (chosen: Lang | undefined, address: string): string =>
  chosen === undefined || !isPage(address) || /[?&]lang=/.test(address)
    ? address
    : withLanguage(address, chosen)

/** Returns whether an address is the path of one of our pages: not another site, a file, or the API. */
export const isPage = (address: string): boolean =>
  /^\/(?!\/|(?:public|media|export|api\/v1)\/)[^?#]*(?:[?#]|$)/.test(address) &&
  !/^[^?#]*\.\w+(?:[?#]|$)/.test(address)

/** Returns the address with `lang` as its last parameter, before the fragment; another value of `lang` is replaced. */
export function withLanguage(address: string, lang: Lang): string {
  const [whole, fragment = ''] = address.split(/(?=#)/)
  const [path = '', query = ''] = (whole ?? '').split('?')
  const others = query.split('&').filter((part) => part !== '' && !part.startsWith('lang='))
  return `${path}?${[...others, `lang=${lang}`].join('&')}${fragment}`
}

/** Links of which the visitor chooses one. */
export const LinkChoices = ({ links }: { links: readonly NavLink[] }) => (
  <ul class="choices">
    {links.map(({ href, label }) => (
      <li>
        <Link href={href}>{label}</Link>
      </li>
    ))}
  </ul>
)

import { z } from 'zod'
import { isWebAddress, WEB_ADDRESS_MAX } from '../values/web-address.ts'
import { TITLE_MAX } from './resource-input.ts'

/** What a café says of a resource that it uses, which may be of any site. */
export type NamedResource = {
  /** The address of its page, which identifies it everywhere. */
  uri: string
  /** Its title as the team typed it; empty where only the address was given. */
  title: string
}

export const RESOURCES_OF_CAFE = 10

const Named = z.object(
  {
    id: z.string('invalid').max(WEB_ADDRESS_MAX, 'too_long').nullish(),
    url: z.string('invalid').max(WEB_ADDRESS_MAX, 'too_long').nullish(),
    title: z.string('invalid').trim().max(TITLE_MAX, 'too_long').nullish(),
  },
  'invalid',
)

/** A line such as `https://annuaire.example/ressources/le-debat Le débat`, or the same as an object. */
const NamedResourceInput = z
  .union([z.string('invalid').max(WEB_ADDRESS_MAX + TITLE_MAX, 'too_long'), Named], 'invalid')
  .transform((said) =>
    typeof said === 'string'
      ? readLine(said)
      : { uri: said.id ?? said.url ?? '', title: said.title ?? '' },
  )
  .superRefine(({ uri, title }, found) => {
    const code = !isWebAddress(uri)
      ? 'not_an_url'
      : title.length > TITLE_MAX
        ? 'too_long'
        : undefined
    if (code) found.addIssue({ code: 'custom', message: code })
  })

/** The resources of a café as a form or a program gives them: each once. */
export const NamedResourcesInput = z
  .array(NamedResourceInput, 'invalid')
  .max(RESOURCES_OF_CAFE, 'too_many')
  .transform((all) => [...new Map(all.map((one) => [one.uri, one])).values()])

function readLine(line: string): NamedResource {
  const words = line.trim().split(/\s+/)
  const uri = words.find((word) => /^https?:\/\//i.test(word)) ?? ''
  return { uri, title: words.filter((word) => word !== uri).join(' ') }
}

/** Returns a resource as a line of the café's form has it. */
export const lineOfResource = ({ uri, title }: NamedResource): string => `${uri} ${title}`.trim()

/** Returns the title of a resource; where nobody typed one, the words at the end of its address. */
export function titleOfResource({ uri, title }: NamedResource): string {
  if (title !== '') return title
  const { host, pathname } = new URL(uri)
  const words = (pathname.split('/').findLast(Boolean) ?? '').replace(/[-_]+/g, ' ').trim()
  return words === '' || words.includes('%') ? host : words.charAt(0).toUpperCase() + words.slice(1)
}

/** Decides the resources of a café: what is left out stays, and so does a title of which only the address is repeated. */
export function decideResources(
  given: readonly NamedResource[] | null | undefined,
  current: readonly NamedResource[] = [],
): NamedResource[] | undefined {
  const titles = new Map(current.map(({ uri, title }) => [uri, title]))
  const all = given === undefined ? current : (given ?? [])
  const named = all.map(({ uri, title }) => ({ uri, title: title || (titles.get(uri) ?? '') }))
  return named.length > 0 ? named : undefined
}

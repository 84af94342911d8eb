import { LookUpError } from '../remote/look-up.ts'
import type { Egress } from '../services.ts'
import { isObject, type Json, toList } from '../wire/json.ts'

const API = 'https://api.openagenda.com/v2/agendas'
/** The default parameters: upcoming events, 300 at a time, with all fields. */
const WISHES = 'detailed=1&size=300&relative[]=current&relative[]=upcoming'

/** The address of a calendar, and the headers that give access to it. */
type CalendarRequest = { address: string; headers: Record<string, string> }

/**
 * Turns an address of OpenAgenda with a key into that of its API, with the key in the header that the API expects
 * (`key`); any other address stays as it is. An agenda by its name (`openagenda.com/fr/mon-agenda`) takes one more
 * request, which asks for its number: https://developers.openagenda.com (`GET /v2/agendas?slug=`).
 * @throws LookUpError - `data.agenda_needs_key`, `data.unknown_agenda`; EgressError
 */
export async function findAgenda(
  egress: Pick<Egress, 'get'>,
  address: string,
): Promise<CalendarRequest> {
  const url = URL.canParse(address) ? new URL(address) : undefined
  const key = url?.searchParams.get('key')
  if (url && isApi(url)) return key ? requestOf(url, key) : { address, headers: {} }
  const agenda = url && agendaOf(url)
  if (!agenda) return { address, headers: {} }
  if (!key) throw new LookUpError('data.agenda_needs_key')
  const uid = 'uid' in agenda ? agenda.uid : await findUid(egress, agenda.slug, key)
  return requestOf(new URL(`${API}/${uid}/events`), key)
}

const isApi = ({ host }: URL): boolean => host === 'api.openagenda.com'

/**
 * Returns the agenda of an agenda's page; undefined for any other address. Files (`….ics`, `….json`) are read as they
 * are.
 */
function agendaOf({ host, pathname }: URL): { uid: string } | { slug: string } | undefined {
  if (host !== 'openagenda.com' && host !== 'www.openagenda.com') return undefined
  const names = pathname.slice(0, PATH_MAX).split('/').filter(Boolean)
  const [first = '', second = ''] = /^[a-z]{2}$/.test(names[0] ?? '') ? names.slice(1) : names
  if (first !== 'agendas') return /^[\w-]{1,120}$/.test(first) ? { slug: first } : undefined
  return /^\d{1,20}$/.test(second) ? { uid: second } : undefined
}

const PATH_MAX = 300

function requestOf(api: URL, key: string): CalendarRequest {
  const url = new URL(api)
  url.searchParams.delete('key')
  if (url.searchParams.size === 0) url.search = WISHES
  return { address: url.href, headers: { key } }
}

async function findUid(egress: Pick<Egress, 'get'>, slug: string, key: string): Promise<number> {
  const { status, text } = await egress.get(`${API}?${new URLSearchParams({ slug })}`, {
    accept: 'application/json',
    maxBytes: 256 * 1024,
    headers: { key },
  })
  if (status !== 200) throw new LookUpError({ key: 'remote.status_code', params: { status } })
  const { uid } = agendasOf(text).find((agenda) => agenda.slug === slug) ?? {}
  if (typeof uid !== 'number' || !Number.isSafeInteger(uid))
    throw new LookUpError('data.unknown_agenda')
  return uid
}

function agendasOf(text: string): Json[] {
  try {
    const answer: unknown = JSON.parse(text)
    return isObject(answer) ? toList(answer.agendas).filter(isObject) : []
  } catch {
    throw new LookUpError('remote.unexpected')
  }
}

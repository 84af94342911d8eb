import { Hono, type Context as HonoContext } from 'hono'
import { type FieldMessage, messagesOf } from '../../../ui/components/fields.tsx'
import { messagesFor } from '../../../ui/locales/messages.ts'
import { paths } from '../../../ui/paths.ts'
import { StartAnswerPage } from '../../../ui/suggestions/start-answer.tsx'
import { StartPage, type StartValues, startHref } from '../../../ui/suggestions/start-page.tsx'
import type { Context } from '../../context.ts'
import { START_AUDIENCES } from '../../domain/suggestions/start.ts'
import { nearestCommune } from '../../geo/communes.ts'
import { findTerritory } from '../../geo/territories.ts'
import { lookUpWhere, type Meanings, type WhereAnswer } from '../../geo/where.ts'
import { findSite } from '../http/site.ts'
import { labelOfTerritory } from '../http/territory-links.ts'
import { choicesOf, placeProblem } from '../search/place-choices.ts'
import { findAdmin, type WebEnv } from '../workspaces/access.ts'
import { findStartAnswer, type StartPlace } from './start-answer.ts'

const TEXT_MAX = 100

/** « Je débute »: two questions, answered by a person, a way to hold a café and a date. Nothing is kept: the answer is an address. */
export const startRoutes = (context: Context) =>
  new Hono<WebEnv>().get(paths.start, (c) => {
    const values: StartValues = {
      ou: (c.req.query('ou') ?? '').trim().slice(0, TEXT_MAX),
      qui: START_AUDIENCES.find((one) => one === c.req.query('qui')) ?? 'tous',
    }
    return c.req.query('ou') === undefined
      ? ask(context, c, { values })
      : answer(context, c, values)
  })

type Asked = HonoContext<WebEnv>
type Question = { values: StartValues; messages?: FieldMessage[]; meanings?: Meanings }

async function ask(context: Context, c: Asked, { values, messages = [], meanings }: Question) {
  return c.html(
    <StartPage
      site={await findSite(context, c)}
      values={values}
      messages={messages}
      choices={toLinks(values, meanings)}
      signedIn={(await findAdmin(c, context)) !== undefined}
    />,
    messages.length > 0 ? 422 : 200,
  )
}

async function answer(context: Context, c: Asked, values: StartValues) {
  const site = await findSite(context, c)
  const where = lookUpWhere(values.ou)
  if (where.kind === 'unknown') {
    const problem =
      values.ou === '' ? ({ field: 'ou', code: 'required' } as const) : placeProblem('ou', where)
    const messages = messagesOf([problem], messagesFor(site.lang))
    return ask(context, c, { values, messages, meanings: where.close })
  }
  const place = placeOf(where)
  return c.html(
    <StartAnswerPage
      site={site}
      values={values}
      answer={{
        ...(await findStartAnswer(context, { ...place, audience: values.qui })),
        place: place.territory && labelOfTerritory(place.territory),
        audience: values.qui,
      }}
      choices={toLinks(values, 'or' in where ? where.or : undefined)}
      mailWorks={context.config.mail !== undefined}
      now={context.now()}
      signedIn={(await findAdmin(c, context)) !== undefined}
    />,
  )
}

const toLinks = (values: StartValues, meanings: Meanings | undefined) =>
  meanings
    ? choicesOf(meanings).map(({ label, text }) => ({
        href: startHref({ ...values, ou: text }),
        label,
      }))
    : []

function placeOf(where: Exclude<WhereAnswer, { kind: 'unknown' }>): StartPlace {
  if (where.kind === 'everywhere') return { point: undefined, territory: undefined }
  if (where.kind === 'area') return { point: undefined, territory: where.area }
  const { latitude, longitude } = where.kind === 'commune' ? where.commune : where
  const commune =
    where.kind === 'commune' ? where.commune : nearestCommune(latitude, longitude).commune
  return { point: { latitude, longitude }, territory: findTerritory(`c-${commune.codeInsee}`) }
}

import { Hono, type Context as HonoContext } from 'hono'
import { z } from 'zod'
import type { Context } from '../../context.ts'
import {
  findClosed,
  NAME_MAX,
  NEEDS,
  type Registration,
  SEATS_MAX,
  sidesOf,
} from '../../domain/registrations/registration.ts'
import { seatsOf } from '../../domain/registrations/totals.ts'
import { isEmail, isPhone } from '../../domain/values/contact.ts'
import { cleanText, LINE_MAX } from '../../formats/text/clean-text.ts'
import { toEmail } from '../../store/accounts/accounts.ts'
import { appendAuditDaily } from '../../store/accounts/acts.ts'
import { insertLink } from '../../store/accounts/links.ts'
import { orNull } from '../../store/database/columns.ts'
import { toOneLine } from '../../store/queues/mails.ts'
import {
  findRegistration,
  listNeeds,
  listRegistrations,
} from '../../store/registrations/registrations.ts'
import {
  addRegistration,
  endRegistration,
  updateOffers,
  withSeating,
} from '../../store/registrations/seats.ts'
import { type ApiEnv, requireOwn, requireReader, requireWriter } from '../api/access.ts'
import { privateJson } from '../api/answers.ts'
import { adminOf, writeJson } from '../api/cafes/cafe-writes.ts'
import { findOwnCafe, refuseInvalid } from '../api/cafes/write-cafe.ts'
import {
  CAFE_ID,
  describeRead,
  describeSchema,
  describeWrite,
  jsonOf,
  pathParameter,
  refusals,
} from '../api/documentation.ts'
import { refuse, toProblems } from '../api/problems.ts'
import type { RequestLimits } from '../api/request-limits.ts'
import { hasDryRun, jsonAnswer, type WriteScope, type Written, write } from '../api/writes.ts'
import { nameOfSite } from '../http/site.ts'
import { appendSeatMails } from './mails.ts'

const STATES = ['to-confirm', 'confirmed', 'waiting', 'offered', 'cancelled', 'lapsed'] as const

const State = z
  .enum(STATES)
  .describe(
    '`offered`: seats became free and are held for an answer; `lapsed`: it was not given in time',
  )

const RegistrationInput = z
  .strictObject(
    {
      name: z
        .string('required')
        .transform((text) => cleanText(text, LINE_MAX))
        .pipe(z.string().min(1, 'required').max(NAME_MAX, 'too_long'))
        .describe('A first name or a pseudonym'),
      email: z
        .string('invalid')
        .transform(toEmail)
        .refine(isEmail, 'not_an_email')
        .nullish()
        .describe('Of this or `phone` one is needed'),
      phone: z
        .string('invalid')
        .trim()
        .max(LINE_MAX, 'too_long')
        .refine(isPhone, 'invalid')
        .nullish(),
      seats: z
        .int('number_out_of_range')
        .min(1, 'number_out_of_range')
        .max(SEATS_MAX, 'number_out_of_range')
        .optional(),
      needs: z.array(z.enum(NEEDS, 'not_a_choice')).max(NEEDS.length, 'too_many').optional(),
    },
    'invalid',
  )
  .meta({ id: 'RegistrationInput' })

const RegisteredJson = z
  .object({
    id: z.string(),
    state: State,
    seats: z.int(),
    code: z
      .string()
      .nullable()
      .describe(
        'By which the person sees, changes and cancels it at `/inscriptions`; kept nowhere, so a repeated request gets another one, which serves as well. Null in a dry run, and where the person was registered already',
      ),
  })
  .meta({ id: 'Registered' })

const RegistrationJson = z
  .object({
    id: z.string(),
    state: State,
    seats: z.int(),
    name: z.string(),
    email: z.string().nullable(),
    phone: z.string().nullable(),
    needs: z.array(z.enum(NEEDS)).describe('Deleted the day after the café'),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Registration' })

const RegistrationsJson = z
  .object({
    items: z.array(RegistrationJson).describe('In the order in which people asked'),
    confirmed: z.int().describe('How many seats are confirmed'),
    waiting: z.int().describe('How many seats those who wait ask for'),
    seatsLeft: z.int().nullable().describe('As in the café; null where there is no limit'),
  })
  .meta({ id: 'Registrations' })

const REGISTRATION_ID = pathParameter('registration', 'The `id` of a registration')

const LIST = describeRead({
  id: 'listRegistrations',
  summary: 'Who registered at a café of your structure',
  description:
    'Personal data: it is deleted some weeks after the café, as the page about personal data says, and each day on which a token reads it is in the journal of access.',
  parameters: [CAFE_ID],
  ...{ scope: 'registrations', isOwn: true },
  responses: { 200: jsonOf(RegistrationsJson, 'All of them'), ...refusals(401, 404, 410) },
})

const CREATE = describeWrite({
  id: 'createRegistration',
  scope: 'registrations',
  summary: 'Register a person at a café of your structure',
  description:
    'A person with an e-mail address is told by mail. The same address is registered once: a second time the answer is 200, with the registration that there is.',
  parameters: [CAFE_ID],
  body: {
    required: true,
    content: { 'application/json': { schema: describeSchema(RegistrationInput) } },
  },
  responses: {
    200: jsonOf(RegisteredJson, 'Registered already, or a dry run'),
    201: jsonOf(RegisteredJson, 'Registered, or on the waiting list'),
    ...refusals(400, 401, 404, 409, 410, 413, 415, 422),
  },
})

const DELETE = describeWrite({
  id: 'cancelRegistration',
  scope: 'registrations',
  summary: 'Cancel a registration; the person is told by mail',
  parameters: [CAFE_ID, REGISTRATION_ID],
  responses: { 204: { description: 'Cancelled' }, ...refusals(400, 401, 404, 410) },
})

/** The routes by which a program of a structure reads, makes and cancels registrations at its cafés. */
export const registrationWrites = (context: Context, limits: RequestLimits) => {
  const gate = requireWriter(context, limits, { scope: 'registrations' })
  const reader = requireReader(context, 'registrations')
  const own = requireOwn(context, 'cafe')
  return new Hono<ApiEnv>()
    .get('/cafes/:id/registrations', LIST, reader, own, (c) => list(c, context))
    .post('/cafes/:id/registrations', CREATE, gate, own, (c) => create(c, context))
    .delete('/cafes/:id/registrations/:registration', DELETE, gate, own, (c) =>
      write(c, context, '', (scope) => cancel(c, context, scope)),
    )
}

type Asked = HonoContext<ApiEnv>

const toState = ({ state }: Pick<Registration, 'state'>) =>
  state === 'unproven' ? 'to-confirm' : state

async function list(c: Asked, context: Context): Promise<Response> {
  const { db, now, config } = context
  const found = await findOwnCafe({ trx: db }, adminOf(c, context), c.req.param())
  if (found.refusal) return refuse(c, config, found.refusal)
  const { cafe } = found
  const { token } = c.var.writer
  const seen = { act: 'registrations-read', about: toOneLine(cafe.title) } as const
  const by = { who: token.label, kind: 'token', key: `${cafe.id} ${token.id}` } as const
  await appendAuditDaily(db, { ...seen, ...by }, now())
  const all = await listRegistrations(db, cafe.id)
  const needs = await listNeeds(db, cafe.id)
  const inState = (state: Registration['state']) => all.filter((one) => one.state === state)
  return privateJson(c, {
    items: all.map((one) => ({
      ...{ id: one.id, state: toState(one), seats: one.seats, name: one.name },
      ...{ email: orNull(one.email), phone: orNull(one.phone), needs: needs.get(one.id) ?? [] },
      createdAt: one.createdAt.toString(),
    })),
    confirmed: seatsOf(inState('confirmed')),
    waiting: seatsOf(inState('waiting')),
    seatsLeft: orNull(cafe.registration.seatsLeft),
  })
}

/** The code is made after the rest, since the answer to an Idempotency-Key is stored, and no secret is. */
async function create(c: Asked, context: Context): Promise<Response> {
  const { db, now } = context
  const siteName = await nameOfSite(context)
  const answer = await writeJson(c, context, (scope, _admin, body) =>
    createFromBody(c, context, { scope, siteName, body }),
  )
  if (answer.status !== 201 || hasDryRun(c)) return answer
  const said = z.looseObject({ id: z.string() }).parse(await answer.json())
  const link = { purpose: 'registration', subject: said.id, isFilledIn: true } as const
  const gone = (await findRegistration(db, said.id)) === undefined
  const code = gone ? null : await insertLink(db, link, now())
  return privateJson(c, { ...said, code }, 201)
}

async function createFromBody(
  c: Asked,
  context: Context,
  { scope, siteName, body }: { scope: WriteScope; siteName: string; body: unknown },
): Promise<Written> {
  const { trx, now, isDryRun } = scope
  const found = await findOwnCafe(scope, adminOf(c, context), c.req.param())
  if (found.refusal) return found
  const read = RegistrationInput.safeParse(body ?? {})
  if (!read.success) return refuseInvalid(toProblems(read.error))
  const { name, email, phone, seats = 1, needs = [] } = read.data
  if (!email && !phone) return refuseInvalid([{ field: 'email', code: 'contact_required' }])
  const { cafe } = found
  if (findClosed(cafe, now)) return { refusal: { type: 'conflict', conflict: 'registration' } }
  const done = await withSeating(trx, { cafeId: cafe.id, now }, async (seating) => {
    const event = await addRegistration(seating, {
      ...{ name, seats, needs, side: sidesOf(cafe)[0], source: 'program' },
      ...{ email: email ?? undefined, phone: phone ?? undefined, actorUri: undefined },
      ...{ isByAdult: false, formToken: undefined },
    })
    if (!('free' in event))
      await appendSeatMails(seating.trx, { ...context, siteName }, seating.cafe, [event])
    return event
  })
  if (!done) return { refusal: { type: 'not-found' } }
  if ('free' in done && done.why)
    return { refusal: { type: 'conflict', conflict: 'registrations' } }
  if ('free' in done)
    return refuseInvalid([{ field: 'seats', code: 'too_many', detail: String(done.free) }])
  const { id, seats: kept } = done.registration
  const said = { id, state: toState(done.registration), seats: kept, code: null }
  const isNew = done.what !== 'asked-again' && !isDryRun
  return { answer: jsonAnswer(isNew ? 201 : 200, said) }
}

async function cancel(c: Asked, context: Context, scope: WriteScope): Promise<Written> {
  const { trx, now } = scope
  const found = await findOwnCafe(scope, adminOf(c, context), c.req.param())
  if (found.refusal) return found
  const one = await findRegistration(trx, c.req.param('registration') ?? '')
  if (one?.cafeId !== found.cafe.id) return { refusal: { type: 'not-found' } }
  const siteName = await nameOfSite({ ...context, db: trx })
  await withSeating(trx, { cafeId: one.cafeId, now }, async (seating) => {
    const event = await endRegistration(seating, one)
    const events = [...(event ? [event] : []), ...(await updateOffers(seating))]
    await appendSeatMails(seating.trx, { ...context, siteName }, seating.cafe, events)
  })
  return { answer: jsonAnswer(204, undefined) }
}

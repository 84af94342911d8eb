import type { Context } from '../../context.ts'
import { MOST_PARTNERS, type Partner } from '../../domain/structures/structure-profile.ts'
import type { Logo } from '../../domain/values/logo.ts'
import type { Problem } from '../../domain/values/problem.ts'
import { textOf } from '../http/forms.ts'
import { type LogoAnswer, receiveLogo } from './logo-form.ts'

export type PartnersAnswer = {
  partners: Partner[]
  /** The logos that were sent and are not saved yet, by the names of their fields. */
  held: { [field: string]: Logo }
  problems: Problem[]
}

const NAME_MAX = 100

/** The lines of the form, from 1. */
export const PARTNER_LINES = Array.from({ length: MOST_PARTNERS }, (_, index) => index + 1)

/**
 * Reads the partners of a structure, one on each line: `partner1` is the name, which is read aloud in place of the logo,
 * and `partner1.logo` the file (see `receiveLogo`). A line whose name was erased is a partner no more.
 */
export async function receivePartners(
  where: Pick<Context, 'db' | 'config' | 'now'>,
  form: FormData,
  { current, organizationId }: { current: readonly Partner[]; organizationId: string },
): Promise<PartnersAnswer> {
  const answer: PartnersAnswer = { partners: [], held: {}, problems: listTooMany(form) }
  for (const line of PARTNER_LINES) {
    const before = current.find((partner) => partner.line === line)
    const field = `partner${line}.logo`
    const received = await receiveLogo(where, form, {
      field,
      current: before?.logo,
      organizationId,
    })
    const name = textOf(form, `partner${line}`)
    const problems = listProblems(line, name, received)
    answer.problems.push(...problems)
    if (received.held) answer.held[field] = received.held
    if (name && received.logo && problems.length === 0)
      answer.partners.push({ line, name, logo: received.logo })
  }
  return answer
}

function listProblems(line: number, name: string, { logo, held, problems }: LogoAnswer): Problem[] {
  const field = `partner${line}`
  if (problems.length > 0) return problems
  if (name.length > NAME_MAX) return [{ field, code: 'too_long', detail: String(NAME_MAX) }]
  if (held && !name) return [{ field, code: 'required' }]
  if (name && !logo) return [{ field: `${field}.logo`, code: 'required' }]
  return []
}

/** A form that a program fills in may have more lines than ours. */
function listTooMany(form: FormData): Problem[] {
  const others = [...form.keys()].filter((name) => {
    const line = Number(/^partner(\d{1,9})(?:\.|$)/.exec(name)?.[1] ?? 0)
    return line > MOST_PARTNERS
  })
  const field = `partner${MOST_PARTNERS}`
  return others.length > 0 ? [{ field, code: 'too_many', detail: String(MOST_PARTNERS) }] : []
}

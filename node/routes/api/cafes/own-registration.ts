import { z } from 'zod'
import { type Cafe, REMINDERS, USUAL_REMINDERS } from '../../../domain/cafes/cafe.ts'

/** What those who register are asked and reminded of: what the token of the structure alone is given. */
export const OwnRegistration = z.object({
  onlineCapacity: z.int().nullable(),
  reminders: z.array(z.enum(REMINDERS)),
  wholeSeries: z.boolean(),
  questions: z.array(z.object({ text: z.string(), why: z.string(), answers: z.array(z.string()) })),
})

/** Converts what a café of ours asks of those who register; what is usual is said as well. */
export function toOwnRegistration({
  registration,
}: Pick<Cafe, 'registration'>): z.output<typeof OwnRegistration> {
  const { onlineCapacity, reminders, wholeSeries, questions } = registration
  return {
    onlineCapacity: onlineCapacity ?? null,
    reminders: [...(reminders ?? USUAL_REMINDERS)],
    wholeSeries: wholeSeries === true,
    questions: questions ?? [],
  }
}

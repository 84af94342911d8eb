import type { Reminder } from '../../domain/cafes/cafe.ts'
import type { Need, Registration } from '../../domain/registrations/registration.ts'
import {
  choice,
  describe,
  flag,
  instant,
  leftOut,
  number,
  optional,
  type RowOf,
  text,
} from './table.ts'

/** The tables of registrations at our cafés. */
export interface RegistrationTables {
  registration: RowOf<typeof REGISTRATION> & { present: number | null }
  registration_need: { registration_id: string; need: Need }
  registration_answer: { registration_id: string; question: string; answer: string }
  registration_reminder: { cafe_id: string; day: string; reminder: Reminder }
  seat_offer: { registration_id: string; made_at: string; until: string; free: number | null }
  registration_count: {
    cafe_id: string
    registered: number
    waited: number
    cancelled: number
    participants: number | null
    absent: number | null
    unregistered: number | null
    counted_at: string | null
    count_key: string | null
  }
}

export const REGISTRATION = describe<Registration>()({
  id: text,
  cafeId: text,
  side: choice<Registration['side']>(),
  state: choice<Registration['state']>(),
  seats: number,
  name: text,
  email: optional(text),
  phone: optional(text),
  actorUri: optional(text),
  handle: optional(text),
  joinUri: optional(text),
  source: choice<Registration['source']>(),
  isByAdult: flag,
  rank: number,
  heldUntil: optional(instant),
  again: {
    isLeftOut: true,
    prefix: 'again_',
    presentIf: 'seats',
    fields: {
      side: choice<Registration['side']>(),
      seats: number,
      until: instant,
      token: optional(text),
    },
  },
  formToken: optional(text),
  groupId: leftOut(text),
  createdAt: instant,
})

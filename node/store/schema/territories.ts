import type { Generated } from 'kysely'
import type { AlertRhythm } from '../../domain/territories/alert.ts'
import type { Grouping } from '../../domain/territories/statistics.ts'

/** The tables of alerts, the newsletter, and monthly numbers. */
export interface TerritoryTables {
  alert: {
    id: string
    email: string
    area: string
    place: string
    territory: string | null
    latitude: number | null
    longitude: number | null
    radius_km: number | null
    search: string
    rhythm: Generated<AlertRhythm>
    created_at: string
    confirmed_at: string | null
    expires_at: string
    reminded_at: string | null
    last_mail_at: string | null
  }
  alert_cafe: { alert_id: string; cafe_id: string }
  alert_seen: { cafe_id: string; at: string }
  newsletter_choice: {
    /** The id of a newsletter that was sent, or `next`. */
    letter: string
    cafe_id: string
    choice: 'forward' | 'out'
    position: number
  }
  newsletter: { id: string; sent_at: string; opening: string }
  newsletter_text: {
    id: string
    newsletter_id: string
    area: string
    search: string
    subject: string
    plain: string
    html: string
  }
  newsletter_cafe: {
    newsletter_id: string
    cafe_id: string
    title: string
    url: string
    starts_at: string
    timezone: string
    status: string
    attendance_mode: string
    venue_name: string | null
    venue_commune: string | null
  }
  cafe_request: {
    code_insee: string
    month: string
    departement: string
    region: string
    total: number
    /** How many of them the team has seen. */
    seen: Generated<number>
  }
  cafe_request_visitor: { day: string; visitor_hash: string; code_insee: string }
  monthly_count: {
    month: string
    departement: string
    held: number
    to_come: number
    cancelled: number
    reserved: Generated<number>
    reported: Generated<number>
    participations: Generated<number>
    first_timers: Generated<number>
    asked_first: Generated<number>
  }
  grouped_count: {
    grouping: Grouping | 'recent' | 'communes'
    key: string
    label: string
    held: number
    reported: number
    participations: number
  }
  first_cafe: { code_insee: string; cafe_id: string }
  question_group: { id: string; words: string; cafes: number; last_on: string | null }
  asked_question: {
    group_id: string
    cafe_id: string
    text: string
    wording: string
    theme: string | null
    asked_on: string
    departement: string | null
    region: string | null
    code_insee: string | null
    source: string | null
    shown: number
  }
  question_apart: { wording: string; at: string }
  active_organizer: { month: string; organizer_uri: string }
}

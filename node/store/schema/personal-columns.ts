import { DATA_KINDS, type DataKind, type Purpose } from '../../domain/structures/personal-data.ts'
import type { Schema } from '../schema.ts'

type Columns = { [Table in keyof Schema]?: { [Kind in DataKind]?: string } }

/** The words of cafés, which may name people, in each table that has them. */
const CITED: Columns = {
  cafe: {
    name: 'speakers image_credit',
    contact: 'phone',
    photo: 'image_url media_id',
    words:
      'title summary description_markdown description_html description_text status_note image_alt support organizer_name announced_for',
  },
  cafe_document: { words: 'body' },
  document: { words: 'body' },
  activity: { words: 'body' },
  change: { words: 'body' },
  imported: { words: 'said' },
  other_version: { words: 'cafe' },
  series: { words: 'content said' },
  idempotent_answer: { words: 'body' },
  webhook_message: { words: 'body' },
  newsletter_cafe: { words: 'title' },
  newsletter_text: { words: 'plain html' },
  cafe_picture: { words: 'alt', photo: 'address small large' },
  kept_file: { photo: 'bytes' },
  report: { photo: 'picture', words: 'words next_steps picture_alt hidden_reason' },
  report_question: { words: 'text hidden_reason' },
  asked_question: { words: 'text wording' },
  question_group: { words: 'words' },
  question_apart: { words: 'wording' },
  resource: {
    name: 'author',
    words: 'title summary owner_name material themes description_markdown description_html words',
  },
}

const LINKS: Columns = { link: { email: 'mailed_to', link: 'token_hash purpose subject' } }

const SENT: Columns = {
  mail: { email: 'recipient reply_to', message: 'subject params error' },
}

/**
 * Each column of the database that holds something about a person, by what it is kept for and the kind of data that it
 * is: the page « Données personnelles » and the register of processing are made of it. A test has the other columns, and
 * fails for one that is in neither list.
 *
 * @internal
 */
export const PERSONAL_COLUMNS: Record<Purpose, Columns> = {
  accounts: {
    account: {
      name: 'name',
      email: 'email asked_email',
      password: 'password_hash',
      choice: 'to_do_mail to_do_seen_on to_do_told_on to_do_seen stopped_mails by_link_only',
      acts: 'entered_at',
    },
    second_factor: { factor: 'secret confirmed_at' },
    recovery_code: { factor: 'code_hash' },
    session: { browser: 'user_agent', acts: 'last_used_at', link: 'token_hash' },
    role: { acts: 'role account_id' },
    network_manager: { acts: 'seen_at account_id' },
    team_invitation: { email: 'email', acts: 'role invited_by' },
    api_token: { acts: 'account_id label last_used_at', link: 'token_hash' },
    act: { name: 'who', acts: 'act author subject about at', words: 'reason changes' },
    ...LINKS,
  },
  mails: SENT,
  registrations: {
    registration: {
      name: 'name',
      email: 'email',
      account: 'actor_uri handle join_uri',
      contact: 'phone',
      choice: 'side seats is_by_adult again_side again_seats',
      acts: 'state rank source created_at held_until again_until present',
    },
    registration_need: { choice: 'need' },
    registration_answer: { choice: 'answer' },
    ...LINKS,
    ...SENT,
  },
  notice: {
    setting: { name: 'value' },
    organization: { contact: 'phone email' },
    other_word: { contact: 'said' },
  },
  suggestions: {
    suggestion: { email: 'email', words: 'title typed end_reason key' },
    ...LINKS,
    ...SENT,
  },
  cited: CITED,
  followers: {
    follower: { account: 'actor uri host domain inbox shared_inbox' },
    remote_actor: { name: 'name', account: 'uri host preferred_username inbox shared_inbox' },
    remote_key: { account: 'actor_uri pem' },
    stamp: { account: 'requester_uri inbox', acts: 'kind state' },
    task: { account: 'subject requester' },
    delivery: { account: 'inbox' },
    moderator: { account: 'actor_uri' },
  },
  security: { rate_limit: { network: 'key', email: 'key' } },
  joining: {
    following: { words: 'message' },
    peer: { words: 'invitation reason' },
    invitation: { words: 'label', acts: 'used_by' },
    hidden_object: { words: 'uri reason' },
  },
  profiles: {
    facilitator: {
      name: 'name title alias handle uri url actor_uri',
      territory: 'territory departement region latitude longitude radius_km',
      work: 'formats themes languages status training trained_on availability presentation',
      contact: 'contact shown_contact',
      photo: 'media_id photo_url photo_alt',
      choice: 'level field_levels directories mandates fediverse',
      consent: 'consented_at expires_at approved_at',
    },
    facilitator_contact: {
      email: 'email next_email confirmed_at',
      choice: 'always_named_at named_mail',
      consent: 'is_adult_at',
    },
    facilitator_draft: { work: 'body', photo: 'media_id' },
    consent: { consent: 'field host level text lang by_handed_link at ended_at' },
    cafe_facilitator: { choice: 'facilitator_id answer told_at' },
    directory_question: { choice: 'host at' },
    facilitator_reached: { print: 'uri_hash', account: 'inbox host' },
    hidden_elsewhere: { words: 'reason directory' },
    held_attestation: { words: 'subject_uri body' },
    withdrawal: { print: 'uri_hash actor_uri_hash token_hash' },
    withdrawal_server: { acts: 'host state at' },
    deletion: { print: 'key owner_uri' },
    announced_row: { acts: 'cafe announcer' },
    announcer: { account: 'actor' },
    actor_key: { account: 'actor private_pem public_pem' },
    ...LINKS,
  },
  messages: SENT,
  listedProfiles: {
    facilitator: {
      name: 'name title handle uri url',
      territory: 'territory',
      work: 'formats themes languages status training availability presentation',
      contact: 'shown_contact',
    },
    facilitator_entry: {
      name: 'name title',
      territory: 'territory departement region latitude longitude radius_km',
      work: 'training languages formats themes words',
    },
    facilitator_picture: { photo: 'address bytes' },
    facilitates: { acts: 'cafe_uri' },
  },
  flags: {
    flag_case: { words: 'uri name answer', acts: 'decided_by' },
    flag: { email: 'email', words: 'words' },
    appeal: { words: 'words' },
    ...LINKS,
    ...SENT,
  },
  relayedMessages: {
    contact_message: { name: 'name', email: 'email', message: 'text profile_uri via' },
  },
  alerts: {
    alert: {
      email: 'email',
      territory: 'area place territory latitude longitude radius_km',
      choice: 'search rhythm',
      consent: 'confirmed_at reminded_at',
    },
  },
  requests: { cafe_request_visitor: { print: 'visitor_hash' } },
  mandates: {
    referent: {
      name: 'name title',
      email: 'email',
      territory: 'territory',
      account: 'account_id facilitator_uri',
      words: 'proposed_by',
      acts: 'state starts_on ends_on asked_ends_on end_reason last_seen_at',
    },
    referent_consent: { consent: 'act text lang by_handed_link at' },
    attestation: { words: 'body' },
    joining_advice: { words: 'reason' },
    ...LINKS,
  },
  referentMessages: SENT,
}

/** Returns the kinds of data that a purpose has, in the order of the pages. */
export function kindsOf(purpose: Purpose): DataKind[] {
  const tables: { [Kind in DataKind]?: string }[] = Object.values(PERSONAL_COLUMNS[purpose])
  return DATA_KINDS.filter((kind) => tables.some((table) => table[kind] !== undefined))
}

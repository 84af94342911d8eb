import type { Browser } from 'playwright-core'
import type { ChildServer } from '../support/child-server.ts'
import type { Relay } from '../support/relay.ts'
import type { Way } from './users.ts'

/** The set-up of the stories: one directory for all of them, and one place for each way to use a page. */
export type Scene = {
  browser: Browser
  hub: ChildServer
  /** The relay through which the directory sends its mails; the place has none. */
  relay: Relay
  node: ChildServer
  way: Way
  /** The place's name. */
  place: string
  /** A person who leads cafés, and below, a referent of the territory; their names are used in one way only. */
  facilitator: string
  referent: { name: string; email: string; territory: string }
  /** The address of the place's administrator. */
  email: string
  password: string
  titles: { first: string; pictured: string }
  /** The path of a file on this machine. */
  photo: string
}

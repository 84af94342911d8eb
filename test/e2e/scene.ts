import type { Browser } from 'playwright-core'
import type { ChildServer } from '../support/child-server.ts'
import type { Relay } from '../support/relay.ts'
import type { Way } from './people.ts'

/** Where the stories play: a directory for all of them, and a place of its own for each way of working a page. */
export type Scene = {
  browser: Browser
  hub: ChildServer
  /** Through which the directory sends its mails; the place has none. */
  relay: Relay
  node: ChildServer
  way: Way
  /** The place's name. */
  place: string
  /** Somebody who leads cafés, and who answers for the territory; names of this way alone. */
  facilitator: string
  referent: { name: string; email: string; territory: string }
  /** Of the place's administrator. */
  email: string
  password: string
  titles: { first: string; pictured: string }
  /** A file on this machine. */
  photo: string
}

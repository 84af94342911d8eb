import type { Browser } from 'playwright-core'
import type { ChildServer } from '../support/child-server.ts'
import type { Way } from './people.ts'

/** Where the stories play: a directory for all of them, and a place of its own for each way of working a page. */
export type Scene = {
  browser: Browser
  hub: ChildServer
  node: ChildServer
  way: Way
  /** The place's name. */
  place: string
  /** Of the place's administrator. */
  email: string
  password: string
  titles: { first: string; pictured: string }
  /** A file on this machine. */
  photo: string
}

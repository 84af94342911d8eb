import type { Context } from '../../node/context.ts'
import type { Database } from '../../node/store/database/database.ts'
import type { GateMessage } from '../gate/gate.ts'
import type { Json } from '../wire/json.ts'

/** An activity that the gate let in, in the terms of our own context. */
export type Received = Omit<GateMessage, 'activity'> & {
  activity: Json
  /** The activity as it was sent, to keep its author's own bytes. */
  written: Json
  /** Whether it is known that the café of its object is neither here nor deleted. */
  isOfUnknownCafe?: boolean
}

/** Applies an activity, inside the transaction that also marks it as seen. */
export type Handler = (trx: Database, received: Received, context: Context) => Promise<void>

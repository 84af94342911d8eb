import { randomUUID } from 'node:crypto'
import type { GateMessage } from '../../federation/gate/gate.ts'
import { idOf, type Json } from '../../federation/wire/json.ts'

/** Returns the message that the gate passes on for an activity that its actor signed. */
export function messageOf(activity: Json): GateMessage {
  const actor = idOf(activity.actor) ?? ''
  return {
    activity,
    id: String(activity.id),
    type: String(activity.type),
    actorUri: actor,
    signerUri: actor,
    signed: randomUUID(),
    readText: () => JSON.stringify(activity),
    actorDocument: undefined,
  }
}

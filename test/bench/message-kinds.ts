/**
 * `cavage` and `rfc9421` are our own messages with proofs of the activity and of the object; the request is signed with
 * RSA in the old form or with Ed25519 in the new one. `fedify` is the same café as a server with Fedify sends it, with
 * its context, linked data signature and proof. `forged` comes from a known member with an invalid signature.
 */
export const MESSAGE_KINDS = ['cavage', 'rfc9421', 'fedify', 'forged'] as const
export type MessageKind = (typeof MESSAGE_KINDS)[number]

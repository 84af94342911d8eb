/**
 * `cavage` and `rfc9421`: our own wire, with the proofs of activity and object, the request signed by RSA in the old
 * form or by Ed25519 in the new. `fedify`: the same café as a server built with Fedify sends it, its context, linked
 * data signature and proof. `forged`: by a known member, whose signature does not hold.
 */
export const MESSAGE_KINDS = ['cavage', 'rfc9421', 'fedify', 'forged'] as const
export type MessageKind = (typeof MESSAGE_KINDS)[number]

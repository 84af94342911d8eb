import { randomBytes } from 'node:crypto'

/**
 * Creates the storage that activitypub-express requires, in memory: objects by id, activities by id (the collections of
 * each are in `_meta.collection`), JSON-LD contexts by address, and pending deliveries. Methods and their results follow
 * the library's `store/interface.js`.
 */
export function createMemoryStore() {
  const objects = new Map()
  const activities = new Map()
  const contexts = new Map()
  const deliveries = []

  const isIn = (activity, collection) => activity._meta?.collection?.includes(collection)
  const newestFirst = () => [...activities.values()].reverse()
  const findActivity = (matches, withMeta) => copy(newestFirst().find(matches), withMeta)

  return {
    objects,
    activities,
    setup: async (actor) => actor && objects.set(actor.id, structuredClone(actor)),
    generateId: () => randomBytes(12).toString('hex'),
    getUserCount: async () => 1,

    // Private keys are in `_meta`, and some callers pass a truthy value for it by accident.
    getObject: async (id, withMeta) => copy(objects.get(id), withMeta === true),
    async saveObject(object) {
      if (objects.has(object.id)) return false
      objects.set(object.id, structuredClone(object))
      return true
    },
    async updateObject(object, _actorId, replace) {
      const current = objects.get(object.id)
      if (!current) return undefined
      const next = structuredClone(replace ? object : { ...current, ...object })
      if (current._meta) next._meta ??= current._meta
      objects.set(object.id, next)
      return copy(next)
    },

    getActivity: async (id, withMeta) => copy(activities.get(id), withMeta),
    async saveActivity(activity) {
      if (activities.has(activity.id)) return undefined
      activities.set(activity.id, structuredClone(activity))
      return true
    },
    async updateActivity(activity, replace) {
      const current = activities.get(activity.id)
      activities.set(activity.id, structuredClone(replace ? activity : { ...current, ...activity }))
      return copy(activities.get(activity.id), true)
    },
    async updateActivityMeta(activity, key, value, remove) {
      const current = activities.get(activity.id)
      if (!current) throw new Error(`no activity ${activity.id}`)
      current._meta ??= {}
      const others = (current._meta[key] ?? []).filter((other) => other !== value)
      current._meta[key] = remove ? others : [...others, value]
      return copy(current, true)
    },
    removeActivity: async (activity) => activities.delete(activity.id),

    findActivityByCollectionAndObjectId: async (collection, objectId, withMeta) =>
      findActivity(
        (activity) =>
          isIn(activity, collection) &&
          activity.object?.some((object) => object === objectId || object.id === objectId),
        withMeta,
      ),
    findActivityByCollectionAndActorId: async (collection, actorId, withMeta) =>
      findActivity(
        (activity) => isIn(activity, collection) && activity.actor?.includes(actorId),
        withMeta,
      ),
    getStream: async (collection, limit, _after, blockedActors) =>
      newestFirst()
        .filter((activity) => isIn(activity, collection))
        .filter((activity) => !blockedActors?.includes(activity.actor[0]))
        .slice(0, limit ?? undefined)
        .map((activity) => ({
          ...copy(activity),
          _id: activity.id,
          actor: [copy(objects.get(activity.actor[0])) ?? activity.actor[0]],
        })),
    getStreamCount: async (collection) =>
      newestFirst().filter((activity) => isIn(activity, collection)).length,

    getContext: async (address) => contexts.get(address),
    saveContext: async (context) => contexts.set(context.documentUrl, context),

    async deliveryEnqueue(actorId, body, addresses, signingKey) {
      for (const address of [addresses ?? []].flat())
        deliveries.push({ address, actorId, signingKey, body, attempt: 0, after: new Date() })
      return true
    },
    async deliveryDequeue() {
      deliveries.sort((one, other) => one.after - other.after)
      const next = deliveries[0]
      if (!next) return null
      return next.after <= new Date() ? deliveries.shift() : { waitUntil: next.after }
    },
    async deliveryRequeue(delivery) {
      delivery.after = new Date(Date.now() + 10 ** delivery.attempt)
      delivery.attempt += 1
      deliveries.push(delivery)
      return true
    },
  }
}

function copy(stored, withMeta) {
  if (!stored) return undefined
  const clone = structuredClone(stored)
  if (!withMeta) delete clone._meta
  return clone
}

/** Who would come to a first café, as the page for beginners asks: everybody, teenagers, elderly people, families. */
export const START_AUDIENCES = ['tous', 'ados', 'aines', 'familles'] as const
export type StartAudience = (typeof START_AUDIENCES)[number]

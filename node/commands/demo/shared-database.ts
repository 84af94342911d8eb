const TRIES = 20

/** Repeats work while the database is busy, since the server writes to the same one. */
export async function retryWhileBusy<Answer>(work: () => Promise<Answer>): Promise<Answer> {
  for (let tries = 1; ; tries++) {
    try {
      return await work()
    } catch (error) {
      if (tries === TRIES) throw error
      await new Promise((done) => setTimeout(done, 100))
    }
  }
}

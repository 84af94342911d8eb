const TRIES = 20

/** The server writes to the same database at the same time: it may have to be asked again. */
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

// Runs the Worker with a database that remembers: the answer is what it asked, batch by batch, instead of the page.
import worker from './worker.js'

export default {
  async fetch(request, env, context) {
    const batches = []
    const prepare = (session, text, parameters = []) => ({
      text,
      parameters,
      bind: (...more) => prepare(session, text, more),
      real: () => session.prepare(text).bind(...parameters),
    })
    const DB = {
      withSession(from) {
        const session = env.DB.withSession(from)
        return {
          prepare: text => prepare(session, text),
          getBookmark: () => session.getBookmark(),
          batch(statements) {
            batches.push(statements.map(({ text, parameters }) => ({ text, parameters })))
            return session.batch(statements.map(statement => statement.real()))
          },
        }
      },
    }
    const answer = await worker.fetch(request, { ...env, DB }, context)
    return Response.json({ status: answer.status, batches })
  },
}

import { Agent, request } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import type { SessionCheck } from './peer.ts'

/** Milliseconds from one request to the next, whether or not the one before was answered. */
const interval = 20

const timed = (agent: Agent, { url, headers }: SessionCheck) =>
  new Promise<number>((resolve, reject) => {
    const start = performance.now()
    const call = request(url, { agent, headers }, (answer) => {
      let length = 0
      answer
        .on('data', (chunk: Buffer) => (length += chunk.length))
        .on('end', () => {
          // Better Auth returns 200 and `null` for a session that it does not know.
          if (answer.statusCode === 200 && length > 10) resolve(performance.now() - start)
          else reject(new Error(`${url} returned ${answer.statusCode} with ${length} bytes`))
        })
    })
    call.on('error', reject).end()
  })

/** A client in a process of its own: asks for a session at a constant rate until told to stop, then sends how many milliseconds each request took. */
let running = false
process.on('disconnect', () => process.exit(0))
process.on('message', async (check: SessionCheck | 'stop') => {
  if (check === 'stop') {
    running = false
    return
  }
  running = true
  // A connection that was idle between two turns may be closed by the server just then.
  const agent = new Agent({ keepAlive: true })
  const pending: Promise<number>[] = []
  const start = performance.now()
  for (let sent = 0; running; sent++) {
    pending.push(timed(agent, check))
    await pause(Math.max(0, start + (sent + 1) * interval - performance.now()))
  }
  process.send?.(await Promise.all(pending))
  agent.destroy()
})

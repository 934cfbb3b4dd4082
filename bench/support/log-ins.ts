import { Agent, request } from 'node:http'

/** The cost by default. */
export const cost = { memoryKiB: 19_456, time: 2, parallelism: 1 }
export const password = 'correct horse battery staple'
const json = { 'content-type': 'application/json' }

/** Variables that take the harness's cheap hashes away. */
export const defaultCost = { ARGON2_MEMORY_KIB: undefined, ARGON2_TIME: undefined }

/** Runs for `seconds` with `callers` at once; how many were done in a second. */
const perSecond = async (seconds: number, callers: number, job: (caller: number) => Promise<unknown>) => {
  const start = performance.now()
  const end = start + seconds * 1_000
  let done = 0
  const caller = async (_: unknown, number: number) => {
    while (performance.now() < end) {
      await job(number)
      done += 1
    }
  }
  await Promise.all(Array.from({ length: callers }, caller))
  return done / ((performance.now() - start) / 1_000)
}

/** Posts for the account of this number over connections that are kept. */
export function poster() {
  const agent = new Agent({ keepAlive: true })
  return (baseUrl: string, path: string, account: number) => {
    const body = JSON.stringify({ email: `user-${account}@example.org`, password, transport: 'bearer' })
    return new Promise<void>((resolve, reject) => {
      const call = request(`${baseUrl}/api/1${path}`, { agent, method: 'POST', headers: json }, (answer) => {
        answer
          .resume()
          .on('end', () =>
            answer.statusCode === 200 || answer.statusCode === 201 ? resolve() : reject(new Error(`${path} answered ${answer.statusCode}`)),
          )
      })
      call.on('error', reject).end(body)
    })
  }
}

type Job = (caller: number) => Promise<unknown>

/** `rate`: jobs a second. `cpu`: milliseconds of the process asked by `cpuTime`, for one job. */
export type Measured = { readonly rate: number; readonly cpu: number }

export async function measured(seconds: number, callers: number, job: Job, cpuTime: () => Promise<number> | number): Promise<Measured> {
  let done = 0
  const before = await cpuTime()
  const rate = await perSecond(seconds, callers, async (caller) => {
    await job(caller)
    done += 1
  })
  return { rate, cpu: ((await cpuTime()) - before) / done }
}

/** Milliseconds of CPU time that this process has used. */
export function ownCpu() {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}

/** The same of a server. */
export async function cpuOf(baseUrl: string) {
  const metrics = await (await fetch(`${baseUrl}/metrics`)).text()
  return Number(/^process_cpu_seconds_total (\S+)/m.exec(metrics)?.[1]) * 1_000
}

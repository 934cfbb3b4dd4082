import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { areaUnderCurve, median } from '../../support/area-under-curve.ts'
import type { Random } from '../../support/random.ts'
import { seededRandom } from '../../support/seeded-random.ts'
import { setupToken, startTestServer, type TestServerOptions } from '../../support/server/start-test-server.ts'

const samples = Number(process.env.TIMING_SAMPLES ?? 200)
const repetitions = Number(process.env.TIMING_REPETITIONS ?? 3)

/** The largest distance from one half. The long run has the bound of the requirement; few samples scatter more (3.5 standard deviations). */
export const bound = samples >= 1000 ? 0.03 : Math.min(0.1, 0.1 * Math.sqrt(200 / samples))

/** Each kind has many names, so that no single history matters. */
export const namesOfAKind = 40

/** `imported`: like `unknown`, unless a test imports them. */
export const kinds = ['known', 'unknown', 'disabled', 'invited', 'imported'] as const
export type Kind = (typeof kinds)[number]

export const nameOf = (kind: Kind, n: number) => `${kind}${n % namesOfAKind}@example.org`

/** In memory where possible: waiting for a disk would hide the differences. */
const folder = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

/** A server with active, disabled and invited accounts, registered while registration was open. */
export const populated = async (options: TestServerOptions) => {
  const dataDir = mkdtempSync(join(folder, 'gatebook-timing-'))
  const registering = await startTestServer({ ...options, env: { ...options.env, REGISTRATION: 'open' }, dataDir })
  const token = await registering.elevated((await registering.setUp(setupToken)).token)
  for (let n = 0; n < namesOfAKind; n += 1) {
    await registering.register({ email: nameOf('known', n) })
    const { accountId } = await registering.register({ email: nameOf('disabled', n) })
    await registering.post(`/admin/accounts/${accountId}/disable`, undefined, token)
    await registering.post('/admin/accounts', { email: nameOf('invited', n), invite: true }, token)
  }
  await registering.stop()
  const app = await startTestServer({ ...options, dataDir })
  const stop = async () => {
    await app.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
  return { ...app, stop }
}

/** One call for a name of a kind; `n` counts them. */
export type Call = (kind: Kind, n: number) => Promise<unknown>

const timed = async (call: Call, kind: Kind, n: number) => {
  const started = performance.now()
  await call(kind, n)
  return performance.now() - started
}

/** Times one name of each kind in random order, again and again, so that other load affects all kinds alike. */
const measure = async (random: Random, call: Call, chosen: readonly Kind[]) => {
  const times: Record<Kind, number[]> = { known: [], unknown: [], disabled: [], invited: [], imported: [] }
  for (let n = 0; n < samples; n += 1) {
    for (const kind of random.shuffled(chosen)) times[kind].push(await timed(call, kind, n))
  }
  return times
}

export const warmUp = async (call: Call) => {
  for (let n = 0; n < namesOfAKind; n += 1) for (const kind of kinds) await call(kind, n)
}

const report = (what: string, areas: readonly number[]) =>
  process.stderr.write(`timing, ${samples} samples, median of ${repetitions}: ${what} ${areas.map((area) => area.toFixed(3)).join(' ')}\n`)

/** How well the duration of a call separates the kinds of each pair: the median area under the curve, 0.5 being not at all. */
export const separationOf = async (what: string, call: Call, pairs: readonly (readonly [Kind, Kind])[]) => {
  const random = seededRandom()
  await warmUp(call)
  const areas = pairs.map((): number[] => [])
  for (let repetition = 0; repetition < repetitions; repetition += 1) {
    const times = await measure(random, call, [...new Set(pairs.flat())])
    for (const [index, [some, others]] of pairs.entries()) areas[index]?.push(areaUnderCurve(times[some], times[others]))
  }
  const medians = areas.map(median)
  report(`${what}: ${pairs.map((pair) => pair.join('/')).join(', ')}`, medians)
  return medians
}

export const knownFromOthers = [
  ['known', 'unknown'],
  ['known', 'disabled'],
  ['unknown', 'invited'],
] as const

import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { isLeft } from 'fp-ts/lib/Either.js'
import { register } from '../../application/accounts/register-account.ts'
import { logIn } from '../../application/login/log-in.ts'
import type { Ports } from '../../application/needs.ts'
import { openOnStorage } from '../../composition/core/open-on-storage.ts'
import { openCore } from '../../composition/open-core.ts'
import { openEmbeddedStorage } from '../../composition/open-embedded-storage.ts'
import { EmailAddress } from '../../domain/account/email-address.ts'
import { readConfig } from '../../infrastructure/configuration/read-config.ts'
import { newId } from '../../infrastructure/ids/new-id.ts'
import { measured, ownCpu } from '../support/log-ins.ts'
import { median, medianRatio, turnByTurn } from '../support/rounds.ts'

/** Logins with and without the tree, at the default cost, in one process and by turns. */
const rounds = Number(process.env.BENCH_ROUNDS ?? 9)
const seconds = Number(process.env.BENCH_SECONDS ?? 4)
const [accounts, callers] = [16, 4]
const password = 'correct horse battery staple'

const folder = mkdtempSync(join(tmpdir(), 'gatebook-bench-proofs-'))
const right = <A>(read: { readonly _tag: 'Left' } | { readonly _tag: 'Right'; readonly right: A }): A => {
  if (read._tag === 'Left') throw new Error('it must succeed')
  return read.right
}
const valuesIn = (name: string) => right(readConfig({ DATA_DIR: join(folder, name), LOGIN_NAMES_PER_HOUR: '0' }))
const emailOf = (account: number) => right(EmailAddress.decode(`user-${account}@example.org`))
const callerOf = (account: number) =>
  ({ address: `192.0.2.${account}`, networks: [`192.0.2.${account}`], userAgent: 'bench', device: null, correlationId: newId() }) as const

const withProofs = right(await openCore(valuesIn('with')))
const ground = right(await openEmbeddedStorage(valuesIn('without'), {}))
const without = right(await openOnStorage(ground, valuesIn('without'), [], {}))

const fill = async (ports: Ports) => {
  for (let account = 0; account < accounts; account++) {
    right(await register(ports)({ email: emailOf(account), password, transport: 'bearer' }, callerOf(account))())
  }
}
const logIns = (ports: Ports, grow: () => Promise<unknown>) => async () => {
  let last = 0
  const figure = await measured(
    seconds,
    callers,
    async (caller) => {
      const account = (last++ * callers + caller) % accounts
      right(await logIn(ports)({ email: emailOf(account), password, transport: 'bearer' }, callerOf(account))())
      // As often as the timer does, so that no growth falls into the other's turn.
      if (last % 200 === 0) await grow()
    },
    ownCpu,
  )
  const before = ownCpu()
  const grown = await grow()
  const rest = ownCpu() - before
  return { ...figure, cpu: figure.cpu + rest / (figure.rate * seconds), grown }
}

try {
  await fill(withProofs.ports)
  await fill(without.ports)
  const grow = async () => {
    const tree = await withProofs.proofs.tiles()
    if (isLeft(tree)) throw new Error(tree.left.detail)
    return tree.right.size
  }
  const contestants = { without: logIns(without.ports, async () => 0), with: logIns(withProofs.ports, grow) }
  for (const warm of Object.values(contestants)) await warm()
  const turns = await turnByTurn(rounds, contestants)
  const rates = (of: readonly { rate: number }[]) => of.map(({ rate }) => rate)
  const cpus = (of: readonly { cpu: number }[]) => of.map(({ cpu }) => cpu)
  console.log(
    `with: ${median(rates(turns.with)).toFixed(1)}/s, ${median(cpus(turns.with)).toFixed(2)} ms CPU time each; ${await grow()} leaves`,
  )
  console.log(`without: ${median(rates(turns.without)).toFixed(1)}/s, ${median(cpus(turns.without)).toFixed(2)} ms CPU time each`)
  console.log(
    `ratio ${medianRatio(rates(turns.with), rates(turns.without)).toFixed(3)} by wall time, ${medianRatio(cpus(turns.without), cpus(turns.with)).toFixed(3)} by CPU time`,
  )
  console.log(`load ${loadavg()[0]?.toFixed(1)}`)
} finally {
  await withProofs.close()
  await without.close()
  rmSync(folder, { recursive: true, force: true })
}

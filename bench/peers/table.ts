import { median, medianRatio } from '../support/rounds.ts'
import type { GuardTurn, LogInTurn } from './load.ts'
import { type PeerName, peerNames, peers } from './peer.ts'

export const inFlight = [2, 6, 32] as const

export type Played = {
  readonly guarded: GuardTurn[]
  readonly logIns: Readonly<Record<(typeof inFlight)[number], LogInTurn[]>>
  readonly startMs: number[]
  readonly memory: number[]
}

export type Results = Readonly<Record<PeerName, Played>>

export function nothingPlayed(): Results {
  const played = (): Played => ({ guarded: [], logIns: { 2: [], 6: [], 32: [] }, startMs: [], memory: [] })
  return Object.fromEntries(peerNames.map((name) => [name, played()])) as Record<PeerName, Played>
}

const percentile = (turns: readonly LogInTurn[], share: number) => {
  const sorted = turns.flatMap(({ times }) => times).sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

const rates = (turns: readonly { readonly rate: number }[]) => turns.map(({ rate }) => rate)

/** A figure, and Gatebook's as a ratio to it, turn by turn. */
const beside = (own: readonly { readonly rate: number }[], other: readonly { readonly rate: number }[]) =>
  `${median(rates(other)).toFixed(other === own || median(rates(other)) > 99 ? 0 : 1)} (${medianRatio(rates(own), rates(other)).toFixed(2)})`

type Size = { readonly megabytes: number; readonly packages: number }

/** Markdown. In parentheses: what Gatebook does, as a multiple of it. */
export function tableOf(results: Results, sizes: Readonly<Partial<Record<PeerName, Size>>>): string {
  const own = results.gatebook
  const columns: readonly (readonly [string, (name: PeerName, played: Played) => string])[] = [
    ['guarded requests/s', (_, { guarded }) => beside(own.guarded, guarded)],
    ['CPU each', (_, { guarded }) => `${(median(guarded.map(({ cpu }) => cpu)) * 1_000).toFixed(0)} µs`],
    ...inFlight.map(
      (callers) =>
        [`logins/s, ${callers} in flight`, (_: PeerName, { logIns }: Played) => beside(own.logIns[callers], logIns[callers])] as const,
    ),
    [
      'guarded request meanwhile, p50 and p99',
      (_, { logIns }) =>
        inFlight
          .map((callers) => `${percentile(logIns[callers], 0.5).toFixed(0)} and ${percentile(logIns[callers], 0.99).toFixed(0)}`)
          .join(', ')
          .concat(' ms'),
    ],
    ['start', (_, { startMs }) => `${median(startMs).toFixed(0)} ms`],
    ['memory', (_, { memory }) => `${median(memory).toFixed(0)} MB`],
    [
      'installed',
      (name) => {
        const size = sizes[name]
        return size === undefined ? '-' : `${size.megabytes.toFixed(0)} MB, ${size.packages} packages`
      },
    ],
  ]
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [
    line(['', ...columns.map(([title]) => title)]),
    line(['---', ...columns.map(() => '---')]),
    ...peerNames.map((name) => line([peers[name], ...columns.map(([, cell]) => cell(name, results[name]))])),
  ].join('\n')
}

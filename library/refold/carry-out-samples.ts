import type { LocalLog } from '../../application/ports/local-log.ts'
import type { Difference } from '../../projections/refold/difference.ts'
import type { KeptRows } from '../../projections/refold/kept-rows.ts'
import { sampler } from './refold-samples.ts'

type Samples = {
  readonly kept: KeptRows
  readonly log: LocalLog
  readonly samples: number
  readonly rest: number
  readonly within: number
  readonly onProgress: (done: number, total: number) => void
  readonly onDifference: (difference: Difference) => void
  readonly random?: () => number
}

const signal = new Int32Array(new SharedArrayBuffer(4))

/** Blocks this thread, which must not be the one of a server. */
const sleep = (milliseconds: number) => void Atomics.wait(signal, 0, 0, milliseconds)

/** Returns how many different accounts and sessions were compared. */
export function carryOutSamples({ kept, log, samples, rest, within, onProgress, onDifference, random = Math.random }: Samples): number {
  // Counting the log takes longer than a sample, so it is done once.
  const { unlike, newest } = kept.together(() => {
    const ends = log.ends()
    return { unlike: kept.notComparable(ends), newest: ends.newest }
  })
  unlike.forEach(onDifference)
  if (unlike.length > 0) return 0
  const { sample } = sampler(kept, log)
  const checked = new Set<string>()
  const end = performance.now() + within
  for (let drawn = 1; drawn <= samples && performance.now() < end; drawn++) {
    const began = performance.now()
    const { subject, differences } = sample(random, newest) ?? { subject: null, differences: [] }
    const name = subject && `${subject.kind}-${subject.id}`
    if (name !== null && !checked.has(name)) {
      checked.add(name)
      differences.forEach(onDifference)
    }
    onProgress(drawn, samples)
    if (rest > 0) sleep(rest * (performance.now() - began))
  }
  return checked.size
}

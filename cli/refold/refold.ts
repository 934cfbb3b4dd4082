import { existsSync } from 'node:fs'
import { isLeft } from 'fp-ts/lib/Either.js'
import { runRefold } from '../../composition/refold/run-refold.ts'
import { replicaFile } from '../../infrastructure/cluster/replica.ts'
import { logFile } from '../../infrastructure/data-dir/open-data-dir-log.ts'
import type { Difference } from '../../projections/refold/difference.ts'
import { partOfConfiguration } from '../configuration.ts'
import { stopWith } from '../fail.ts'
import { exits } from '../operator/exit-codes.ts'
import { progressOn } from '../progress.ts'
import { differenceText, resultText } from './refold-text.ts'

export type RefoldOptions = { readonly all?: boolean; readonly samples?: number; readonly json?: boolean }

const defaultSamples = 200

export async function refold({ all = false, samples, json = false }: RefoldOptions): Promise<void> {
  if (all && samples !== undefined) stopWith(exits.wrongArguments, '--samples: not together with --all')
  const { DATA_DIR: dataDir, EVENT_STORE } = partOfConfiguration('DATA_DIR', 'EVENT_STORE')
  if (EVENT_STORE === 'memory') stopWith(exits.wrongArguments, 'EVENT_STORE=memory: expected sqlite or eventstoredb, whose log is kept')
  const isNode = EVENT_STORE === 'eventstoredb'
  const file = isNode ? replicaFile(dataDir) : logFile(dataDir)
  if (!existsSync(file)) stopWith(exits.failed, `${file} does not exist`)
  const progress = progressOn(process.stderr, 'refold', all ? 'events' : 'samples')
  const print = (difference: Difference) => console.log(json ? JSON.stringify(difference) : differenceText(difference))
  const { result } = runRefold(
    { file, kind: isNode ? 'copy' : 'log', samples: all ? 'all' : (samples ?? defaultSamples), rest: 0, within: Number.POSITIVE_INFINITY },
    { onProgress: progress.update, onDifference: print },
  )
  const done = await result
  progress.stop()
  if (isLeft(done)) return stopWith(exits.failed, done.left.detail)
  console.log(json ? JSON.stringify(done.right) : resultText(done.right, all))
  if (done.right.differences > 0) process.exitCode = exits.refused
}

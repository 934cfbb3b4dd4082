import { type Either, isLeft } from 'fp-ts/lib/Either.js'
import type { Values } from '../../infrastructure/configuration/variables.ts'
import type { CopyFailure } from '../../infrastructure/event-store/copy/copy-failure.ts'
import { copyLog } from '../../infrastructure/event-store/copy/copy-log.ts'
import { type Place, placeOf } from '../../infrastructure/event-store/copy/copy-places.ts'
import type { CopySource, CopyTarget } from '../../infrastructure/event-store/copy/copyable-log.ts'
import { openCopySource, openCopyTarget } from '../../infrastructure/event-store/copy/open-copy-ends.ts'
import { verifyCopy } from '../../infrastructure/event-store/copy/verify-copy.ts'
import { partOfConfiguration } from '../configuration.ts'
import { stopWith } from '../fail.ts'
import { copyDisplay } from './copy-display.ts'
import { copyFailureText, nextSteps } from './copy-texts.ts'

export type CopyOptions = { readonly from: string; readonly to: string; readonly verifyOnly?: boolean }

const exits = { failed: 1, wrongArguments: 2, notACopy: 3 } as const

const place = (option: string, text: string, values: Pick<Values, 'DATA_DIR' | 'EVENTSTOREDB_URL'>): Place => {
  const read = placeOf(text, values)
  return isLeft(read) ? stopWith(exits.wrongArguments, `${option}: expected ${read.left}`) : read.right
}

const opened = async <Log>(option: string, opening: Promise<Either<{ readonly detail: string }, Log>>): Promise<Log> => {
  const log = await opening
  return isLeft(log) ? stopWith(exits.failed, `${option}: cannot open the store: ${log.left.detail}`) : log.right
}

const holdsSomethingForeign = (failure: CopyFailure) => failure.type === 'target_failed' && failure.failure.type === 'corrupt'

const succeeded = <A>(outcome: Either<CopyFailure, A>): A => {
  if (!isLeft(outcome)) return outcome.right
  const failed = 'failure' in outcome.left && !holdsSomethingForeign(outcome.left)
  return stopWith(failed ? exits.failed : exits.notACopy, copyFailureText(outcome.left))
}

const makeCopy = async (from: CopySource, to: CopyTarget, target: Place) => {
  const start = performance.now()
  const display = await copyDisplay(from)
  const outcome = await copyLog({ from, to, progress: display.update })
  display.stop()
  const { found, standing } = succeeded(outcome)
  const seconds = Math.max(performance.now() - start, 1) / 1_000
  const copied = standing.events - found
  console.log(
    `The target is a copy: ${standing.events} events, each compared; ${copied} of them were copied now, ` +
      `in ${seconds.toFixed(1)} s (${Math.round(copied / seconds)} events/s).\n${nextSteps(target, standing)}`,
  )
}

const verify = async (from: CopySource, to: CopySource) => {
  const display = await copyDisplay(from)
  const outcome = await verifyCopy({ from, to, progress: display.update })
  display.stop()
  console.log(`The target is a copy: ${succeeded(outcome).events} events, each compared. Nothing was written.`)
}

export async function copy(options: CopyOptions) {
  const texts = [options.from, options.to]
  const values = {
    ...(texts.includes('sqlite:') ? partOfConfiguration('DATA_DIR') : { DATA_DIR: '' }),
    ...(texts.includes('esdb:') ? partOfConfiguration('EVENTSTOREDB_URL') : { EVENTSTOREDB_URL: undefined }),
    ...(texts.some((text) => text.startsWith('esdb')) ? partOfConfiguration('NODE_ENV') : { NODE_ENV: undefined }),
  }
  const [source, target] = [place('--from', options.from, values), place('--to', options.to, values)]
  const development = values.NODE_ENV === 'development'
  const from = await opened('--from', openCopySource(source, development))
  if (options.verifyOnly === true) {
    const to = await opened('--to', openCopySource(target, development))
    await verify(from, to)
    await to.close()
  } else {
    const to = await opened('--to', openCopyTarget(target, development))
    await makeCopy(from, to, target)
    await to.close()
  }
  await from.close()
}

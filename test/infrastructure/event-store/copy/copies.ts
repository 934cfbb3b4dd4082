import { isLeft } from 'fp-ts/lib/Either.js'
import type { RecordedEvent } from '../../../../application/ports/event-store.ts'
import { isKeyStream } from '../../../../domain/kernel/streams.ts'
import { logFile } from '../../../../infrastructure/data-dir/open-data-dir-log.ts'
import type { Place } from '../../../../infrastructure/event-store/copy/copy-places.ts'
import { openCopySource, openCopyTarget } from '../../../../infrastructure/event-store/copy/open-copy-ends.ts'

export const sqliteAt = (dataDir: string): Place => ({ type: 'sqlite', file: logFile(dataDir) })
export const clusterAt = (url: string): Place => ({ type: 'eventstoredb', url })

const opened = async <Log>(opening: ReturnType<typeof openCopySource> | Promise<unknown>) => {
  const log = (await opening) as Awaited<ReturnType<typeof openCopySource>>
  if (isLeft(log)) throw new Error(log.left.detail)
  return log.right as Log
}

type Source = Extract<Awaited<ReturnType<typeof openCopySource>>, { _tag: 'Right' }>['right']
type Target = Extract<Awaited<ReturnType<typeof openCopyTarget>>, { _tag: 'Right' }>['right']

export const sourceAt = (place: Place) => opened<Source>(openCopySource(place, true))
export const targetAt = (place: Place) => opened<Target>(openCopyTarget(place, true))

/** What is equal in a log and its copy, written by hand and independent of the code that compares. */
export const withoutPlace = ({ position: _, recordedAt: __, revision, ...event }: RecordedEvent) => ({
  ...event,
  revision: isKeyStream(event.stream) ? null : revision,
})

import { isLeft } from 'fp-ts/lib/Either.js'
import type { CopyProgress } from '../../infrastructure/event-store/copy/copy-log.ts'
import type { CopySource } from '../../infrastructure/event-store/copy/copyable-log.ts'
import { type ProgressDisplay, progressOn } from '../progress.ts'

const titles = { comparing: 'compare', copying: 'copy' } as const

/** By positions, because only SQLite can tell how many events there are. */
export async function copyDisplay(source: CopySource) {
  const head = await source.head()()
  const total = isLeft(head) ? 0 : head.right
  let doing: CopyProgress['type'] | undefined
  let display: ProgressDisplay | undefined
  const update = (progress: CopyProgress) => {
    if (progress.type !== doing) {
      display?.stop()
      doing = progress.type
      display = progressOn(process.stderr, titles[doing], 'positions')
    }
    display?.update(progress.position, total)
  }
  return { update, stop: () => display?.stop() }
}

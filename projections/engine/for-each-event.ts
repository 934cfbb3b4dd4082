import type { LocalLog, LogEnds, LoggedEvent } from '../../application/ports/local-log.ts'

type Each = { readonly handle: (event: LoggedEvent) => void; readonly onPage: (done: number) => void; readonly pageSize: number }

/** Up to the newest event that `ends` names, in order and page by page. Returns how many there were. */
export function forEachEvent(log: LocalLog, { newest }: LogEnds, { handle, onPage, pageSize }: Each): number {
  let [position, done] = [0, 0]
  while (position < newest) {
    const page = log.after(position, pageSize)
    const events = page.filter((event) => event.position <= newest)
    events.forEach(handle)
    position = page.at(-1)?.position ?? newest
    done += events.length
    onPage(done)
  }
  return done
}

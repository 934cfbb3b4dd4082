export type TailState = 'connecting' | 'open' | 'waiting' | 'ended'

export type TailListener<Entry> = {
  readonly onState: (state: TailState) => void
  readonly onEntry: (entry: Entry) => void
  /** What lies between the list and the stream is not known: the list must be loaded anew. */
  readonly onGap: () => void
}

/** Milliseconds until a stream that the service has ended or refused is opened again: doubled each time. */
const [shortest, longest] = [5_000, 60_000]

const isFinal = (code: string) => ['SESSION_REQUIRED', 'ROLE_REQUIRED', 'ENROLLMENT_REQUIRED'].includes(code)

/** Follows audit entries until the returned function is called. `urlAfter` gets the id of the last event that arrived. */
export function openLiveTail<Entry>(urlAfter: (id: string | null) => string, { onState, onEntry, onGap }: TailListener<Entry>): () => void {
  let lastId: string | null = null
  let delay = shortest
  let timer: ReturnType<typeof setTimeout> | undefined
  let stream: EventSource | undefined

  const tryAgain = () => {
    stream?.close()
    onState('waiting')
    timer = setTimeout(open, delay)
    delay = Math.min(2 * delay, longest)
  }
  /** It may be the id that is refused, so the next stream begins anew. */
  const beginAnew = () => {
    lastId = null
    tryAgain()
  }
  const open = () => {
    const opened = new EventSource(urlAfter(lastId), { withCredentials: true })
    stream = opened
    opened.onopen = () => {
      delay = shortest
      onState('open')
      if (lastId === null) onGap()
    }
    opened.onerror = () => (opened.readyState === EventSource.CLOSED ? beginAnew() : onState('waiting'))
    opened.addEventListener('entry', ({ lastEventId, data }) => {
      lastId = lastEventId
      onEntry(JSON.parse(data))
    })
    opened.addEventListener('reset', ({ lastEventId }) => {
      lastId = lastEventId
      onGap()
    })
    opened.addEventListener('end', ({ data }) => {
      opened.close()
      if (isFinal(JSON.parse(data).code)) onState('ended')
      else tryAgain()
    })
  }

  open()
  return () => {
    clearTimeout(timer)
    stream?.close()
  }
}

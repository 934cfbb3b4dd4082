/** Milliseconds until a stream that the service has ended or refused is opened again: doubled each time. */
const [shortest, longest] = [5_000, 60_000]

/** The stream of one's own events ends with the session, so its end is the moment to ask again. */
export const watchSession = (base: string) => (onChange: () => void) => {
  if (typeof EventSource === 'undefined') return () => {}
  let delay = shortest
  let timer: ReturnType<typeof setTimeout> | undefined
  let stream: EventSource

  const lose = () => {
    stream.close()
    clearTimeout(timer)
    timer = setTimeout(open, delay)
    delay = Math.min(2 * delay, longest)
    onChange()
  }
  const open = () => {
    stream = new EventSource(`${base}/audit/me/live`, { withCredentials: true })
    stream.onopen = () => {
      delay = shortest
    }
    stream.addEventListener('end', lose)
    // It reconnects by itself unless the service has refused it.
    stream.onerror = () => {
      if (stream.readyState === EventSource.CLOSED) lose()
    }
  }

  open()
  return () => {
    clearTimeout(timer)
    stream.close()
  }
}

/** Milliseconds until a stream that the service refused is tried again. */
const patience = 5_000

/** The stream of one's own events ends with the session, so its end is the moment to ask again. */
export const watchSession = (base: string) => (onChange: () => void) => {
  if (typeof EventSource === 'undefined') return () => {}
  let timer: ReturnType<typeof setTimeout> | undefined
  let stream: EventSource

  const open = () => {
    stream = new EventSource(`${base}/audit/me/live`, { withCredentials: true })
    stream.addEventListener('end', onChange)
    stream.onerror = () => {
      if (stream.readyState === EventSource.CLOSED) timer = setTimeout(again, patience)
    }
  }
  const again = () => {
    open()
    onChange()
  }

  open()
  return () => {
    clearTimeout(timer)
    stream.close()
  }
}

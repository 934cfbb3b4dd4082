const betweenLines = 3_000

/** Writes a line every few seconds, and none if the work ends before that. `now`: monotonic milliseconds. */
export function progressLines(write: (line: string) => void, title: string, now = () => performance.now(), unit = 'events') {
  let last = now()
  return (done: number, total: number) => {
    if (now() - last < betweenLines) return
    last = now()
    write(`${title}: ${done} of ${total} ${unit}\n`)
  }
}

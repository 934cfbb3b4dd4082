const betweenLines = 3_000

/** Says how far a long piece of work is, a line every few seconds; nothing if it is done before. `now`: monotonic milliseconds. */
export function progressLines(write: (line: string) => void, title: string, now = () => performance.now(), unit = 'events') {
  let last = now()
  return (done: number, total: number) => {
    if (now() - last < betweenLines) return
    last = now()
    write(`${title}: ${done} of ${total} ${unit}\n`)
  }
}

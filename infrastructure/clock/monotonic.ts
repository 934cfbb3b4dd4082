/** Milliseconds, with fractions, since some moment in the past: for durations inside this process, whatever the wall clock does. */
export function monotonic() {
  return performance.now()
}

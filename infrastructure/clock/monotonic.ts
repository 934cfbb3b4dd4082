/** Milliseconds, for durations in this process. */
export function monotonic() {
  return performance.now()
}

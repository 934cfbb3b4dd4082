/** A `wake` while nobody waits is kept; several count as one. */
export function wakeSignal() {
  let isPending = false
  let waiter: (() => void) | null = null
  const wake = () => {
    isPending = waiter === null
    waiter?.()
    waiter = null
  }
  const woken = () =>
    new Promise<void>((resolve) => {
      if (isPending) resolve()
      else waiter = resolve
      isPending = false
    })
  return { wake, woken }
}

/** `rung` settles at the next ring; a ring while nobody waits is kept, and many are one. */
export function wakeSignal() {
  let isRung = false
  let waiter: (() => void) | null = null
  const ring = () => {
    isRung = waiter === null
    waiter?.()
    waiter = null
  }
  const rung = () =>
    new Promise<void>((resolve) => {
      if (isRung) resolve()
      else waiter = resolve
      isRung = false
    })
  return { ring, rung }
}

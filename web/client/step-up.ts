export type StepUp = () => Promise<boolean>

/** However many calls need elevation at once, the person is asked once. */
export function sharedStepUp() {
  let handler: StepUp | null = null
  let asking: Promise<boolean> | null = null
  return {
    ask: (): Promise<boolean> => {
      if (handler === null) return Promise.resolve(false)
      asking ??= handler().finally(() => {
        asking = null
      })
      return asking
    },
    /** Returns a function that takes the handler away again. */
    handleWith: (next: StepUp) => {
      handler = next
      return () => {
        if (handler === next) handler = null
      }
    },
  }
}

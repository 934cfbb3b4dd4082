export type StepUp = () => Promise<boolean>

const never = () => {}

/** However many calls need elevation at once, the person is asked once. */
export function sharedStepUp() {
  let handler: StepUp | null = null
  let asking: Promise<boolean> | null = null
  /** Answers no for a dialog that has gone from the page. */
  let giveUp = never

  const asked = async (by: StepUp) => {
    const gone = new Promise<boolean>((resolve) => {
      giveUp = () => resolve(false)
    })
    try {
      return await Promise.race([by(), gone])
    } catch {
      return false
    } finally {
      asking = null
      giveUp = never
    }
  }

  return {
    ask: (): Promise<boolean> => {
      if (handler === null) return Promise.resolve(false)
      asking ??= asked(handler)
      return asking
    },
    /** Returns a function that takes the handler away again. */
    handleWith: (next: StepUp) => {
      handler = next
      return () => {
        if (handler !== next) return
        handler = null
        giveUp()
      }
    },
  }
}

export type StepUp = () => Promise<boolean>

/** However many calls need elevation at once, the person is asked once. */
export function sharedStepUp() {
  /** The last one asks; when it goes, the one before it asks again. */
  const handlers: { readonly ask: StepUp }[] = []
  let asking: Promise<boolean> | null = null
  /** Answers no for a dialog that has gone from the page. */
  let giveUp: (gone: unknown) => void = () => {}

  const asked = async (handler: { readonly ask: StepUp }) => {
    const gone = new Promise<boolean>((resolve) => {
      giveUp = (one) => one === handler && resolve(false)
    })
    try {
      return await Promise.race([handler.ask(), gone])
    } catch {
      return false
    } finally {
      asking = null
    }
  }

  return {
    ask: async (): Promise<boolean> => {
      const handler = handlers.at(-1)
      if (handler === undefined) return false
      asking ??= asked(handler)
      return asking
    },
    /** Returns a function that takes the handler away again. */
    handleWith: (ask: StepUp) => {
      const handler = { ask }
      handlers.push(handler)
      return () => {
        const at = handlers.indexOf(handler)
        if (at !== -1) handlers.splice(at, 1)
        giveUp(handler)
      }
    },
  }
}

/** A bounded memory of folded states; what was not used for longest goes first. */
export type Folded<State> = { readonly state: State; readonly revision: number }

export const foldedStates = (limit: number) => {
  const states = new Map<string, Folded<unknown>>()
  const doubted = new Set<string>()
  const drop = (stream: string) => {
    doubted.delete(stream)
    return states.delete(stream)
  }
  const keep = <State>(stream: string, folded: Folded<State>) => {
    states.delete(stream)
    states.set(stream, folded)
    doubted.delete(stream)
    if (states.size > limit) for (const oldest of states.keys()) return void drop(oldest)
  }
  return {
    keep,
    /** An append on this state was refused: either there is more to read, or it was folded from what the log no longer has. */
    doubt: (stream: string) => {
      if (states.has(stream)) doubted.add(stream)
    },
    /** There was nothing more to read. Whether the state had been doubted; then it is gone. */
    dropIfDoubted: (stream: string) => doubted.has(stream) && drop(stream),
    clear: () => {
      states.clear()
      doubted.clear()
    },
    get: <State>(stream: string) => {
      const folded = states.get(stream) as Folded<State> | undefined
      if (folded === undefined) return undefined
      states.delete(stream)
      states.set(stream, folded)
      return folded
    },
  }
}

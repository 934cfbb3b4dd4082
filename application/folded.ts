/** A bounded memory of folded states; what was not used for longest goes first. */
export type Folded<State> = { readonly state: State; readonly revision: number }

export const foldedStates = (limit: number) => {
  const states = new Map<string, Folded<unknown>>()
  const keep = <State>(stream: string, folded: Folded<State>) => {
    states.delete(stream)
    states.set(stream, folded)
    if (states.size > limit) for (const oldest of states.keys()) return void states.delete(oldest)
  }
  return {
    keep,
    get: <State>(stream: string) => {
      const folded = states.get(stream) as Folded<State> | undefined
      if (folded !== undefined) keep(stream, folded)
      return folded
    },
  }
}

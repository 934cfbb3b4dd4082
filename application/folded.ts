export type Folded<State> = { readonly state: State; readonly revision: number }

/**
 * A bounded memory of at most `limit` (2 or more) folded states; what was not used for long goes first. Two generations, young and old, tell what that is:
 * a map whose entries are taken out and put back at each use grows slow with the holes in it.
 */
export const foldedStates = (limit: number) => {
  let young = new Map<string, Folded<unknown>>()
  let old = new Map<string, Folded<unknown>>()
  const keep = <State>(stream: string, folded: Folded<State>) => {
    if (young.size >= Math.floor(limit / 2) && !young.has(stream)) {
      old = young
      young = new Map()
    }
    young.set(stream, folded)
  }
  return {
    keep,
    get: <State>(stream: string) => {
      const recent = young.get(stream)
      if (recent !== undefined) return recent as Folded<State>
      const older = old.get(stream) as Folded<State> | undefined
      if (older !== undefined) keep(stream, older)
      return older
    },
  }
}

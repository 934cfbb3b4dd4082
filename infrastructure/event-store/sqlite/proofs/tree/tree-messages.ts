/** `through`: the position up to which events may enter the tree. */
export type TreeMessage =
  | { readonly type: 'grow'; readonly through: number }
  | { readonly type: 'save'; readonly size: number; readonly note: string }

/** `diverged`: the log is not the one that the tree was made from, so nothing may be added and nothing signed. */
export type TreeFailure = { readonly type: 'diverged' | 'unavailable'; readonly detail: string }

export type TreeReply = { readonly failure: null; readonly size: number; readonly isBehind: boolean } | { readonly failure: TreeFailure }

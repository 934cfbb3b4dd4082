/**
 * The generic cell rate algorithm (GCRA), in milliseconds. A budget is one number: when it is whole again (`due`).
 * `tolerance`: how far ahead that may be for another call.
 */
export type CallRate = { readonly interval: number; readonly tolerance: number }

/** `calls` in each `window` of milliseconds, all of them at once if need be. */
export function callRate(calls: number, window: number): CallRate {
  const interval = window / calls
  return { interval, tolerance: window - interval }
}

/** Sums of times are not exact. */
const rounding = 0.01

/** Milliseconds until the last of `places` calls is within the rate, 0 if they all are. */
export function waitFor({ interval, tolerance }: CallRate, due: number, at: number, places = 1): number {
  const wait = Math.max(due, at) + (places - 1) * interval - tolerance - at
  return wait > rounding ? wait : 0
}

export function dueAfterCall({ interval }: CallRate, due: number, at: number): number {
  return Math.max(due, at) + interval
}

/** As if one call had not been. */
export function dueWithoutCall({ interval }: CallRate, due: number): number {
  return due - interval
}

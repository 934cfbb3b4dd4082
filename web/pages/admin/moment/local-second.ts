/** For a field of the type `datetime-local`, on the person's own clock. */
export function localSecond(milliseconds: number): string {
  const offset = new Date(milliseconds).getTimezoneOffset() * 60_000
  return new Date(milliseconds - offset).toISOString().slice(0, 19)
}

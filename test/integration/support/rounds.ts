/** `ROUNDS` is for the long runs; without it the tests are quick. */
export const roundsOr = (few: number) => Number(process.env.ROUNDS ?? few)

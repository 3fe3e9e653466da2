/** Distributes values by share, evenly and without randomness: with 0.75 and 0.25 every fourth row gets the second value. */
export function spread(shares: { value: number; share: number }[]): (index: number) => number {
  const debts = shares.map(() => 0)
  return () => {
    let next = 0
    for (const [position, { share }] of shares.entries()) {
      debts[position] = (debts[position] ?? 0) + share
      if ((debts[position] ?? 0) > (debts[next] ?? 0) + 1e-9) next = position
    }
    debts[next] = (debts[next] ?? 0) - 1
    return shares[next]?.value ?? 0
  }
}

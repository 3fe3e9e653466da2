/** A placeholder for text that is being fetched, as wide as the text probably is. */
export function Skeleton({ width = '60%' }: { width?: string | number }) {
  return <span className="ui-skeleton" style={{ width }} aria-hidden />
}

export function SkeletonLines({ lines, label }: { lines: number; label: string }) {
  return (
    <div role="status" aria-label={label} className="ui-skeleton-lines">
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike
        <Skeleton key={line} width={`${35 + ((line * 37) % 55)}%`} />
      ))}
    </div>
  )
}

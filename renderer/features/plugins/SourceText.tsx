import { VirtualRows } from '../../ui/VirtualRows.tsx'

const LINE_HEIGHT = 18
/** Width of the widest character in pixels: 0.61 of the monospace font's size. */
const CHARACTER_WIDTH = 7.4

/** Shows a file with line numbers, whatever its length. */
export function SourceText({ label, text }: { label: string; text: string }) {
  const lines = text.split(/\r?\n/)
  if (lines.at(-1) === '') lines.pop()
  const longest = lines.reduce((length, line) => Math.max(length, line.length), 0)
  const digits = String(lines.length).length
  return (
    <div className="plugins-source" translate="no">
      <VirtualRows
        role="table"
        label={label}
        count={lines.length}
        rowCount={lines.length}
        rowHeight={LINE_HEIGHT}
        contentWidth={(longest + digits + 6) * CHARACTER_WIDTH}
        renderRow={(row) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the table holds the focus and scrolls
          <div role="row" aria-rowindex={row + 1} className="plugins-source-line">
            {/* biome-ignore lint/a11y/useFocusableInteractive: as above */}
            <span role="rowheader" className="plugins-source-number" style={{ width: `calc(${digits}ch + 12px)` }}>
              {row + 1}
            </span>
            <span role="cell">{lines[row]}</span>
          </div>
        )}
      />
    </div>
  )
}

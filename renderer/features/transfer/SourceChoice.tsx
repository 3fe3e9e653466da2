import type { SourceInspection } from '#engine/contract/transfer'
import { useStore } from '../../frame/stores-context.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { countOf } from '../../ui/format.ts'
import type { ImportFlow } from './stores/transfer.ts'
import { transferStore } from './stores/transfer.ts'

const FORMAT_LABEL: Record<SourceInspection['format'], string> = {
  'solution-zip': 'Solution',
  'solution-folder': 'Unpacked solution',
  'solution-packager': 'Solution Packager folder',
  'solution-yaml': 'Solution in YAML',
  'customizations-xml': 'customizations.xml',
  'web-api-metadata': 'Web API metadata',
  'xrmmockup-metadata': 'XrmMockup metadata',
  'cmt-zip': 'Configuration Migration package',
  'cmt-folder': 'Configuration Migration folder',
  'package-deployer': 'Package Deployer package',
}

export function SourceChoice({ flow }: { flow: Extract<ImportFlow, { step: 'choosing' }> }) {
  const transfer = useStore(transferStore)
  const { sources, only, standardRelationships, error } = flow
  const { choose, run } = transfer.getState()
  if (sources.length === 0) {
    return (
      <EmptyState title="Nothing to import was found">
        A solution has a solution.xml or customizations.xml; a data package has data.xml and data_schema.xml.
      </EmptyState>
    )
  }
  return (
    <div className="import-choice">
      {error !== null && <ErrorNotice error={error} title="Nothing was imported" />}
      <ul className="import-sources">
        {sources.map((source) => (
          <li key={source.path}>
            <Checkbox
              checked={only.includes(source.path)}
              onChange={(checked) => choose({ only: checked ? [...only, source.path] : only.filter((path) => path !== source.path) })}
              description={source.path}
            >
              <span className="import-source-name">{source.name}</span>{' '}
              {source.version !== null && <span className="ui-muted">{source.version}</span>} <Badge>{FORMAT_LABEL[source.format]}</Badge>{' '}
              {source.managed !== null && <Badge>{source.managed}</Badge>}
            </Checkbox>
          </li>
        ))}
      </ul>
      <Checkbox
        checked={standardRelationships}
        onChange={(checked) => choose({ standardRelationships: checked })}
        description="A solution carries only what it changed. This adds the platform’s own relationships among the standard tables that it names, so that cascades find their way."
      >
        Add the platform’s standard relationships
      </Checkbox>
      <div>
        <Button variant="primary" disabled={only.length === 0} onClick={() => void run()}>
          Import {countOf(only.length, 'source')}
        </Button>
      </div>
    </div>
  )
}

import type { StepRunDetails } from '#engine/contract/trace'
import { DiffTable, ValueTable } from './DiffTable.tsx'
import { diffOf, imageDiffOf } from './diff.ts'

const isEmpty = (values: Record<string, unknown>): boolean => Object.keys(values).length === 0

/** Shows the input of a step and the changes that it made. */
export function RunInput({ details: { input, output } }: { details: StepRunDetails }) {
  const variables = diffOf(input.sharedVariables, output?.sharedVariables ?? input.sharedVariables)
  return (
    <section aria-labelledby="trace-input">
      <h3 id="trace-input" className="ui-label">
        Input and output
      </h3>
      {output === null ? (
        isEmpty(input.target) || <ValueTable label="Target" values={input.target} />
      ) : (
        <DiffTable label="Target" lines={diffOf(input.target, output.target)} before="Target in" after="Target out" />
      )}
      {!isEmpty(input.inputParameters) && (
        <>
          <h4 className="trace-subheading">Parameters</h4>
          <ValueTable label="Parameters" values={input.inputParameters} />
        </>
      )}
      {variables.length > 0 && (
        <>
          <h4 className="trace-subheading">Shared variables</h4>
          <DiffTable label="Shared variables" lines={variables} before="In" after="Out" noun="variable" />
        </>
      )}
    </section>
  )
}

/** Shows pre- and post-image side by side, or a single image as a list. */
export function RunImages({ details: { preImage, postImage } }: { details: StepRunDetails }) {
  if (preImage === null && postImage === null) return null
  return (
    <section aria-labelledby="trace-images">
      <h3 id="trace-images" className="ui-label">
        {preImage === null ? 'Post-image' : postImage === null ? 'Pre-image' : 'Images'}
      </h3>
      {preImage !== null && postImage !== null ? (
        <DiffTable label="Images" lines={imageDiffOf(preImage, postImage)} before="Pre-image" after="Post-image" />
      ) : (
        <ValueTable label={preImage === null ? 'Post-image' : 'Pre-image'} values={preImage ?? postImage ?? {}} />
      )}
    </section>
  )
}

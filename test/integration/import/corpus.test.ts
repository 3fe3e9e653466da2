import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { importSource, inspectSource } from '../../../main/import/index.ts'
import { corpusFolder, isCorpusPresent } from '../../support/corpus.ts'
import { MemoryEnvironment } from '../../support/memory-loader.ts'

/** Real models and data; their counts were taken by an independent program. */

const ACCELERATORS =
  'microsoft+Dynamics-365-Industry-Accelerators/archive/edu/accelerator/Dynamics365HigherEducationAccelerator_1_0_1_6_unmanaged.zip'
const FINANCE = 'microsoft+Industry-Accelerator-FinancialServices'
const AUTOMATION = 'microsoft+powercat-automation-kit'
const AUTOMATION_DATA = `${AUTOMATION}/AutomationKIT_Packages/Source/AutomationKITPackage_Main/PkgAssets/AutomationKit-SampleData.zip`
const VOLUNTEERS = 'microsoft+Nonprofits/VolunteerManagement/VolunteerManagement/Solution'
const UPSERT =
  'microsoft+PowerApps-Samples/dataverse/orgsvc/CSharp/InsertRecordUsingUpsert/InsertRecordUsingUpsert/UpsertSample_1_0_0_0_managed.zip'
const POLYMORPHIC = 'microsoft+PowerApps-Samples/dataverse/webapi/PS/PolymorphicLookup/polymorphiclookupexamplesolution.zip'
const LEAD = 'delegateas+XrmMockup/tests/XrmMockup365Test/Metadata/LeadMetadata.xml'

const ownership = (counts: Record<string, number>) => ({ Assign: counts, Reparent: counts, Share: counts, Unshare: counts })

const MODELS = [
  {
    path: ACCELERATORS,
    counts: {
      format: 'solution-zip',
      name: 'Dynamics365HigherEducationAccelerator',
      version: '1.0.1.6',
      tables: 24,
      tablesWithColumns: 23,
      tablesWithPrimaryKey: 20,
      activities: 0,
      columns: 555,
      oneToMany: 152,
      manyToMany: 2,
      hierarchical: 0,
      selfReferencing: 0,
      polymorphicColumns: 0,
    },
    external: ['businessunit', 'owner', 'team'],
    cascades: {
      ...ownership({ NoCascade: 152 }),
      Delete: { NoCascade: 120, RemoveLink: 32 },
      Merge: { absent: 152 },
      RollupView: { absent: 120, NoCascade: 32 },
      Archive: { absent: 152 },
    },
  },
  {
    path: `${FINANCE}/CDS.solutions/FinancialServicesCore/Extracts/Base`,
    counts: {
      format: 'solution-packager',
      name: 'FinancialServicesCommonAccelerator',
      version: '1.0.3.3',
      tables: 11,
      tablesWithColumns: 10,
      tablesWithPrimaryKey: 8,
      activities: 0,
      columns: 378,
      oneToMany: 72,
      manyToMany: 2,
      hierarchical: 0,
      selfReferencing: 0,
      polymorphicColumns: 2,
    },
    external: ['businessunit', 'owner', 'systemuser', 'team', 'transactioncurrency'],
    cascades: {
      ...ownership({ NoCascade: 72 }),
      Delete: { NoCascade: 48, RemoveLink: 19, Restrict: 5 },
      Merge: { absent: 72 },
      RollupView: { absent: 53, NoCascade: 19 },
      Archive: { absent: 72 },
    },
  },
  {
    path: VOLUNTEERS,
    counts: {
      format: 'solution-packager',
      name: 'volunteermanagementos',
      version: '1.1.3.0',
      tables: 24,
      tablesWithColumns: 22,
      tablesWithPrimaryKey: 16,
      activities: 2,
      columns: 519,
      oneToMany: 207,
      manyToMany: 0,
      hierarchical: 0,
      selfReferencing: 1,
      polymorphicColumns: 2,
    },
    external:
      `account businessunit interactionforemail knowledgearticle knowledgebaserecord mailbox msnfp_award msnfp_budget msnfp_creditplan
      msnfp_creditrecipient msnfp_deliveryframework msnfp_designatedcredit msnfp_designation msnfp_designationplan msnfp_docket msnfp_donorcommitment
      msnfp_education msnfp_employmenthistory msnfp_objective msnfp_ofacmatch msnfp_operation msnfp_participationtype msnfp_paymentasset
      msnfp_paymentmethod msnfp_paymentschedule msnfp_plannedgiving msnfp_recommendation msnfp_report msnfp_request msnfp_review msnfp_salutation
      msnfp_transaction msnfp_workitem owner sla systemuser team`.split(/\s+/),
    cascades: {
      ...ownership({ NoCascade: 139, Cascade: 68 }),
      Delete: { NoCascade: 106, Cascade: 70, RemoveLink: 31 },
      Merge: { absent: 207 },
      RollupView: { absent: 149, NoCascade: 58 },
      Archive: { absent: 207 },
    },
  },
  {
    path: UPSERT,
    counts: {
      format: 'solution-zip',
      name: 'UpsertSample',
      version: '1.0.0.0',
      tables: 1,
      tablesWithColumns: 1,
      tablesWithPrimaryKey: 1,
      activities: 0,
      columns: 22,
      oneToMany: 26,
      manyToMany: 0,
      hierarchical: 0,
      selfReferencing: 0,
      polymorphicColumns: 0,
    },
    external:
      `activitypointer annotation appointment asyncoperation bulkdeletefailure businessunit connection duplicaterecord email fax letter owner
      phonecall principalobjectattributeaccess processsession recurringappointmentmaster serviceappointment socialactivity systemuser task team
      userentityinstancedata`.split(/\s+/),
    cascades: {
      ...ownership({ NoCascade: 16, Cascade: 10 }),
      Delete: { Cascade: 17, NoCascade: 8, RemoveLink: 1 },
      Merge: { absent: 26 },
      RollupView: { absent: 26 },
      Archive: { absent: 26 },
    },
  },
  {
    path: POLYMORPHIC,
    counts: {
      format: 'solution-zip',
      name: 'polymorphiclookupexamplesolution',
      version: '1.0.0.0',
      tables: 4,
      tablesWithColumns: 4,
      tablesWithPrimaryKey: 4,
      activities: 0,
      columns: 76,
      oneToMany: 27,
      manyToMany: 0,
      hierarchical: 0,
      selfReferencing: 0,
      polymorphicColumns: 1,
    },
    external: ['businessunit', 'owner', 'systemuser', 'team'],
    cascades: {
      ...ownership({ NoCascade: 27 }),
      Delete: { NoCascade: 20, Restrict: 4, RemoveLink: 3 },
      Merge: { absent: 27 },
      RollupView: { absent: 24, NoCascade: 3 },
      Archive: { NoCascade: 20, Restrict: 4, RemoveLink: 3 },
    },
  },
  {
    path: `${AUTOMATION}/AutomationCoEMain/SolutionPackage/src`,
    counts: {
      format: 'solution-packager',
      name: 'AutomationCoEMain',
      version: '0.0.0.0',
      tables: 26,
      tablesWithColumns: 26,
      tablesWithPrimaryKey: 26,
      activities: 0,
      columns: 677,
      oneToMany: 179,
      manyToMany: 1,
      hierarchical: 0,
      selfReferencing: 0,
      polymorphicColumns: 0,
    },
    external: ['businessunit', 'owner', 'systemuser', 'team', 'transactioncurrency', 'workflow'],
    cascades: {
      ...ownership({ NoCascade: 175, Cascade: 4 }),
      Delete: { NoCascade: 156, RemoveLink: 18, Cascade: 4, Restrict: 1 },
      Merge: { absent: 179 },
      RollupView: { absent: 157, NoCascade: 22 },
      Archive: { NoCascade: 178, Restrict: 1 },
    },
  },
  {
    path: 'tbalt88+DVerse/demo-solution',
    counts: {
      format: 'solution-yaml',
      name: 'DVerseCore',
      version: '0.6.0.0',
      tables: 1,
      tablesWithColumns: 1,
      tablesWithPrimaryKey: 1,
      activities: 0,
      columns: 4,
      oneToMany: 1,
      manyToMany: 0,
      hierarchical: 0,
      selfReferencing: 0,
      polymorphicColumns: 0,
    },
    external: ['sharepointdocumentlocation'],
    cascades: {
      ...ownership({ Cascade: 1 }),
      Delete: { Cascade: 1 },
      Merge: { absent: 1 },
      RollupView: { absent: 1 },
      Archive: { NoCascade: 1 },
    },
  },
]

const PACKAGES = [
  {
    path: 'dotnetprog+dataverse-configuration-migration-tool/data',
    counts: { format: 'cmt-folder', tables: 4, manyToMany: 1, records: 42, links: 238, manyToManyLinks: 7 },
    recordsByTable: { fdn_insuranceproduct: 16, fdn_insurancecategory: 11, fdn_insurancesubcategory: 10, fdn_insuranceproductnature: 5 },
    linksToStubs: { systemuser: 158, businessunit: 37, organization: 5, transactioncurrency: 5, contact: 3 },
  },
  {
    path: `${FINANCE}/apps/samplecode/portals/banking/Sample Data.zip`,
    counts: { format: 'cmt-zip', tables: 12, manyToMany: 7, records: 205, links: 1628, manyToManyLinks: 0 },
    recordsByTable: {
      msfsi_financialproduct: 64,
      msfsi_kyc: 49,
      contact: 30,
      opportunity: 23,
      lead: 19,
      msfsi_requestedfacility: 7,
      account: 5,
      msfsi_limit: 4,
      msfsi_branch: 3,
      msfsi_bank: 1,
    },
    linksToStubs: { systemuser: 824, businessunit: 205, transactioncurrency: 146, product: 145 },
  },
  {
    path: AUTOMATION_DATA,
    counts: { format: 'cmt-zip', tables: 26, manyToMany: 1, records: 205, links: 1285, manyToManyLinks: 26 },
    recordsByTable: {
      autocoe_flow: 55,
      autocoe_automationproject: 26,
      autocoe_solutionmetering: 23,
      autocoe_processsubcategory: 17,
      autocoe_flowsessionexception: 14,
      autocoe_solutionmeteringartifact: 14,
      autocoe_department: 8,
      autocoe_processcategory: 7,
      autocoe_desktopflowdefinition: 6,
      autocoe_flowsessionexceptionruleconfiguration: 5,
      autocoe_processingfrequencyscore: 5,
      autocoe_processingpeaksscore: 5,
      autocoe_machine: 4,
      autocoe_role: 4,
      autocoe_automationcorporategoals: 3,
      autocoe_averageautomationstepsscore: 3,
      autocoe_automationprojectstakeholder: 1,
      autocoe_baseconfiguration: 1,
      autocoe_consoleconfig: 1,
      autocoe_desktopflowdlpimpactprofile: 1,
      autocoe_environment: 1,
      autocoe_machinegroup: 1,
    },
    linksToStubs: { systemuser: 823, businessunit: 205, transactioncurrency: 26 },
  },
]

describe.skipIf(!isCorpusPresent)('real sources', () => {
  test('a folder of repositories lists every source in it', async () => {
    const found = await inspectSource(corpusFolder)

    const expected = [...MODELS, ...PACKAGES].map(({ path, counts }) => [
      join(corpusFolder, path === 'tbalt88+DVerse/demo-solution' ? `${path}/solutions/DVerseCore` : path),
      counts.format,
    ])
    expect(found.map(({ path, format }) => [path, format]).sort()).toEqual(
      [...expected, [join(corpusFolder, LEAD), 'xrmmockup-metadata']].sort(),
    )
  })

  test.each(MODELS)('the model of $path is read with its exact counts', async ({ path, counts, external, cascades }) => {
    const environment = new MemoryEnvironment()

    const report = await importSource(join(corpusFolder, path), {}, environment)

    expect(report.sources).toMatchObject([{ ...counts, externalTables: external, cascades, records: 0 }])
    const imported = environment.model().relationships.filter(({ origin }) => origin === 'imported')
    expect(imported.length).toBe(counts.oneToMany)
  })

  test('XrmMockup metadata is read with its exact counts', async () => {
    const environment = new MemoryEnvironment()

    const report = await importSource(join(corpusFolder, LEAD), {}, environment)

    const equal = { NoCascade: 104, Cascade: 36 }
    expect(report.sources).toMatchObject([
      {
        format: 'xrmmockup-metadata',
        tables: 1,
        columns: 312,
        oneToMany: 140,
        selfReferencing: 2,
        hierarchical: 0,
        cascades: {
          Assign: { NoCascade: 110, Cascade: 30 },
          Delete: { Cascade: 69, RemoveLink: 56, NoCascade: 14, Restrict: 1 },
          Merge: { Cascade: 86, NoCascade: 54 },
          Reparent: equal,
          Share: equal,
          Unshare: equal,
          RollupView: { NoCascade: 140 },
          Archive: { NoCascade: 121, RemoveLink: 19 },
        },
      },
    ])
    const { relationships, tables } = environment.model()
    const named = new Set(
      relationships.filter(({ origin }) => origin === 'imported').flatMap(({ referenced, referencing }) => [referenced, referencing]),
    )
    expect(named.size).toBe(120)
    expect(tables.find(({ logicalName }) => logicalName === 'lead')).toMatchObject({
      ownership: 'UserOwned',
      primaryId: 'leadid',
      primaryName: 'fullname',
      origin: 'imported',
    })
  })

  test.each(PACKAGES)(
    'the data of $path is read with its exact counts, and its rows arrive',
    async ({ path, counts, recordsByTable, linksToStubs }) => {
      const environment = new MemoryEnvironment()

      const report = await importSource(join(corpusFolder, path), {}, environment)

      expect(report.sources).toMatchObject([{ ...counts, recordsByTable, linksToStubs }])
      expect([report.recordsInserted, report.recordsUpdated]).toEqual([counts.records, 0])
      expect(environment.rows.filter(({ stub }) => !stub).length).toBe(counts.records)
      expect(environment.links.length).toBe(counts.manyToManyLinks)
      expect(report.lines.filter(({ kind }) => kind === 'unparsedValue')).toEqual([])
    },
  )

  test('the same data again updates every row and changes nothing of the model', async () => {
    const environment = new MemoryEnvironment()
    await importSource(join(corpusFolder, AUTOMATION_DATA), {}, environment)
    const rows = environment.rows.length

    const again = await importSource(join(corpusFolder, AUTOMATION_DATA), {}, environment)

    expect([again.recordsInserted, again.recordsUpdated, again.changes]).toEqual([0, 205, []])
    expect(environment.rows.length).toBe(rows)
  })

  test('a solution and its data in one call load whole, with the cascades that the solution states', async () => {
    const environment = new MemoryEnvironment()

    const report = await importSource(join(corpusFolder, AUTOMATION), {}, environment)

    expect(report.sources.map(({ format }) => format)).toEqual(['solution-packager', 'cmt-zip'])
    expect(report.recordsInserted).toBe(205)
    const autocoe = environment.model().tables.filter(({ logicalName }) => logicalName.startsWith('autocoe_'))
    expect(autocoe.every(({ origin }) => origin === 'imported')).toBe(true)
    expect(environment.model().relationships.filter(({ origin, kind }) => origin === 'imported' && kind === 'data').length).toBe(
      179 - 4 * 26,
    )
  })
})

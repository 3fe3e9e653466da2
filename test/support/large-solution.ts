const COLUMNS_PER_TABLE = 24
const FORMS_PER_TABLE = 51

/**
 * A customizations.xml like the largest real one known: 31.8 MB, 336 tables, 2,769 relationships, most of it columns, forms
 * and views. In pieces, so that a test may make it larger.
 */
export function* largeCustomizations(tables = 336, relationships = 2_769): Generator<string> {
  yield '\uFEFF<?xml version="1.0" encoding="utf-8"?>\r\n<ImportExportXml xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\r\n  <Entities>\r\n'
  for (let table = 0; table < tables; table++) yield tableXml(table)
  yield '  </Entities>\r\n  <Roles />\r\n  <EntityRelationships>\r\n'
  for (let index = 0; index < relationships; index++) yield relationshipXml(index, tables)
  yield '  </EntityRelationships>\r\n</ImportExportXml>\r\n'
}

const tableXml = (table: number): string => {
  const name = `lab_Table${table}`
  const columns = Array.from({ length: COLUMNS_PER_TABLE }, (_, index) => columnXml(name, index)).join('')
  return `    <Entity>
      <Name LocalizedName="Table ${table}" OriginalName="Table ${table}">${name}</Name>
      <EntityInfo><entity Name="${name}">
        <LocalizedNames><LocalizedName description="Table ${table}" languagecode="1033" /></LocalizedNames>
        <attributes>${columns}</attributes>
        <OwnershipTypeMask>UserOwned</OwnershipTypeMask><IsActivity>0</IsActivity>
      </entity></EntityInfo>
      <FormXml>${formXml.repeat(FORMS_PER_TABLE)}</FormXml>
      <SavedQueries><savedqueries><savedquery><fetchxml><fetch><entity name="${name}"><attribute name="${name}id" /><attribute name="trap" /></entity></fetch></fetchxml></savedquery></savedqueries></SavedQueries>
    </Entity>
`
}

const columnXml = (table: string, index: number): string => {
  const type = index === 0 ? 'primarykey' : index === 1 ? 'nvarchar' : index === 2 ? 'owner' : index < 12 ? 'lookup' : 'nvarchar'
  const name = index === 0 ? `${table}Id` : index === 1 ? 'lab_Name' : index === 2 ? 'OwnerId' : `lab_Column${index}`
  return `
          <attribute PhysicalName="${name}">
            <Type>${type}</Type><Name>${name.toLowerCase()}</Name><LogicalName>${name.toLowerCase()}</LogicalName>
            <RequiredLevel>none</RequiredLevel><DisplayMask>${index === 1 ? 'PrimaryName|' : ''}ValidForAdvancedFind|ValidForForm|ValidForGrid</DisplayMask>
            <ImeMode>auto</ImeMode><ValidForUpdateApi>1</ValidForUpdateApi><ValidForReadApi>1</ValidForReadApi><ValidForCreateApi>1</ValidForCreateApi>
            <IsCustomField>1</IsCustomField><IsAuditEnabled>1</IsAuditEnabled><IsSecured>0</IsSecured><IntroducedVersion>1.0</IntroducedVersion>
            <IsCustomizable>1</IsCustomizable><IsRenameable>1</IsRenameable><CanModifySearchSettings>1</CanModifySearchSettings>
            <CanModifyRequirementLevelSettings>1</CanModifyRequirementLevelSettings><CanModifyAdditionalSettings>1</CanModifyAdditionalSettings>
            <SourceType>0</SourceType><IsGlobalFilterEnabled>0</IsGlobalFilterEnabled><IsSortableEnabled>0</IsSortableEnabled>
            <CanModifyGlobalFilterSettings>1</CanModifyGlobalFilterSettings><CanModifyIsSortableSettings>1</CanModifyIsSortableSettings>
            <IsDataSourceSecret>0</IsDataSourceSecret><AutoNumberFormat></AutoNumberFormat><IsSearchable>1</IsSearchable><IsFilterable>0</IsFilterable>
            <IsRetrievable>1</IsRetrievable><IsLocalizable>0</IsLocalizable>
            <displaynames><displayname description="Column ${index}" languagecode="1033" /></displaynames>
            <Descriptions><Description description="What column ${index} is for, in a sentence &amp; more" languagecode="1033" /></Descriptions>
          </attribute>`
}

const formXml = `
        <forms type="main"><systemform><formid>{8d1d7f3e-0000-4000-8000-000000000001}</formid><form><tabs><tab name="general" id="{1}" IsUserDefined="0">
          <columns><column width="100%"><sections><section name="information" showlabel="false" id="{2}"><rows><row>
            <cell id="{3}"><labels><label description="Name" languagecode="1033" /></labels><control id="lab_name" classid="{4273EDBD}" datafieldname="lab_name" /></cell>
            <cell id="{4}"><labels><label description="Owner" languagecode="1033" /></labels><control id="ownerid" classid="{270BD3DB}" datafieldname="ownerid" /></cell>
            <cell id="{5}"><labels><label description="Parent" languagecode="1033" /></labels><control id="lab_column3" classid="{270BD3DB}" datafieldname="lab_column3" /></cell>
          </row></rows></section></sections></column></columns></tab></tabs></form></systemform></forms>`

const relationshipXml = (index: number, tables: number): string => {
  const child = index % tables
  const parent = (index * 7 + 1) % tables
  const parental = index % 30 === 0
  return `    <EntityRelationship Name="lab_relationship_${index}">
      <EntityRelationshipType>OneToMany</EntityRelationshipType><IsCustomizable>1</IsCustomizable><IntroducedVersion>1.0</IntroducedVersion>
      <IsHierarchical>0</IsHierarchical><ReferencingEntityName>lab_Table${child}</ReferencingEntityName><ReferencedEntityName>lab_Table${parent}</ReferencedEntityName>
      <CascadeAssign>${parental ? 'Cascade' : 'NoCascade'}</CascadeAssign><CascadeDelete>${parental ? 'Cascade' : 'RemoveLink'}</CascadeDelete><CascadeArchive>NoCascade</CascadeArchive>
      <CascadeReparent>NoCascade</CascadeReparent><CascadeShare>NoCascade</CascadeShare><CascadeUnshare>NoCascade</CascadeUnshare><CascadeRollupView>NoCascade</CascadeRollupView>
      <IsValidForAdvancedFind>1</IsValidForAdvancedFind><ReferencingAttributeName>lab_Column${3 + (Math.floor(index / tables) % 9)}</ReferencingAttributeName>
      <RelationshipDescription><Descriptions><Description description="What it is for" languagecode="1033" /></Descriptions></RelationshipDescription>
      <EntityRelationshipRoles><EntityRelationshipRole><NavPaneDisplayOption>UseCollectionName</NavPaneDisplayOption><NavPaneArea>Details</NavPaneArea>
        <NavPaneOrder>10000</NavPaneOrder><NavigationPropertyName>lab_column</NavigationPropertyName><RelationshipRoleType>1</RelationshipRoleType></EntityRelationshipRole></EntityRelationshipRoles>
    </EntityRelationship>
`
}

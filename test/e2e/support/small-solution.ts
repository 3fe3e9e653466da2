const column = (name: string, type: string, more = ''): string =>
  `<attribute PhysicalName="${name}"><Type>${type}</Type><LogicalName>${name.toLowerCase()}</LogicalName>${more}</attribute>`

const table = (name: string, lookup: string): string =>
  `<Entity><Name LocalizedName="${name}">${name}</Name><EntityInfo><entity Name="${name}"><attributes>
    ${column(`${name}Id`, 'primarykey')}${column('lab_Name', 'nvarchar', '<DisplayMask>PrimaryName|ValidForForm</DisplayMask>')}${column(lookup, 'lookup')}
  </attributes><OwnershipTypeMask>UserOwned</OwnershipTypeMask></entity></EntityInfo></Entity>`

const relationship = (name: string, parent: string, child: string, lookup: string, cascades: string): string =>
  `<EntityRelationship Name="${name}"><EntityRelationshipType>OneToMany</EntityRelationshipType><ReferencingEntityName>${child}</ReferencingEntityName>
    <ReferencedEntityName>${parent}</ReferencedEntityName>${cascades}<ReferencingAttributeName>${lookup}</ReferencingAttributeName></EntityRelationship>`

/** Sites with sensors, under depots that nobody defines. */
export const SMALL_SOLUTION = `<?xml version="1.0" encoding="utf-8"?><ImportExportXml>
  <Entities>${table('lab_Site', 'lab_depotid')}${table('lab_Sensor', 'lab_siteid')}</Entities>
  <EntityRelationships>
    ${relationship('lab_site_sensor', 'lab_Site', 'lab_Sensor', 'lab_siteid', '<CascadeAssign>Cascade</CascadeAssign><CascadeDelete>Cascade</CascadeDelete>')}
    ${relationship('lab_depot_site', 'lab_Depot', 'lab_Site', 'lab_depotid', '<CascadeDelete>RemoveLink</CascadeDelete>')}
  </EntityRelationships>
</ImportExportXml>`

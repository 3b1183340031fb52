// The records: cases, borrowers, contact ledger (Tables), evidence, large values, dropped loans files (Blobs).
// They are the truth from which everything else can be made anew, so this account is the guarded one.

@description('Name of the account.')
param name string

@description('Region.')
param location string

@description('Tags.')
param tags object

@description('Redundancy.')
param redundancy string

@description('Let only private endpoints and Azure\'s trusted services in.')
param restrictNetwork bool

@description('Years that evidence can neither be changed nor deleted.')
param retentionYears int

@description('Put the immutability policy on the evidence container; false once it has been locked.')
param manageEvidencePolicy bool

@description('Days after which dropped loans files are deleted.')
param importRetentionDays int

@description('Days that deleted blobs and containers can be brought back.')
param softDeleteDays int

@description('Forbid deleting the account.')
param lockAccount bool

@description('Object id of the app\'s identity.')
param appPrincipalId string

@description('Object id of the operators; empty: none.')
param operatorPrincipalId string

@description('What the operators are: Group, User or ServicePrincipal.')
param operatorPrincipalType string

@description('Workspace for the log of who deleted what.')
param workspaceId string

var blobDataContributor = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'ba92f5b4-2d11-453d-a403-e96b0029c9fe')
var blobDataReader = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1')
var tableDataContributor = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3')
var hasOperators = !empty(operatorPrincipalId)

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: {
    name: redundancy
  }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: 'Enabled'
    networkAcls: {
      bypass: 'AzureServices'
      defaultAction: restrictNetwork ? 'Deny' : 'Allow'
    }
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2024-01-01' = {
  parent: account
  name: 'default'
  properties: {
    isVersioningEnabled: true
    deleteRetentionPolicy: {
      enabled: true
      days: softDeleteDays
    }
    containerDeleteRetentionPolicy: {
      enabled: true
      days: softDeleteDays
    }
  }
}

resource tables 'Microsoft.Storage/storageAccounts/tableServices@2024-01-01' = {
  parent: account
  name: 'default'
}

resource evidence 'Microsoft.Storage/storageAccounts/blobServices/containers@2024-01-01' = {
  parent: blobs
  name: 'evidence'
}

// Years of 365 days: counted from each blob's creation, this ends before the retention that ApplyRetention counts in calendar
// years from the last activity, so lawful deletion never meets the policy. S15
resource evidencePolicy 'Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies@2024-01-01' = if (manageEvidencePolicy) {
  parent: evidence
  name: 'default'
  properties: {
    immutabilityPeriodSinceCreationInDays: retentionYears * 365
    allowProtectedAppendWrites: false
  }
}

resource largeValues 'Microsoft.Storage/storageAccounts/blobServices/containers@2024-01-01' = {
  parent: blobs
  name: 'large-values'
}

resource imports 'Microsoft.Storage/storageAccounts/blobServices/containers@2024-01-01' = {
  parent: blobs
  name: 'imports'
}

resource deadLetters 'Microsoft.Storage/storageAccounts/blobServices/containers@2024-01-01' = {
  parent: blobs
  name: 'dead-letters'
}

resource lifecycle 'Microsoft.Storage/storageAccounts/managementPolicies@2024-01-01' = {
  parent: account
  name: 'default'
  properties: {
    policy: {
      rules: [
        {
          // Read seldom, kept for years. Deleting is for people, after retention: a rule here would not know about a suit that still runs.
          name: 'evidence-grows-cold'
          enabled: true
          type: 'Lifecycle'
          definition: {
            filters: {
              blobTypes: ['blockBlob']
              prefixMatch: ['${evidence.name}/']
            }
            actions: {
              baseBlob: {
                tierToCool: {
                  daysAfterModificationGreaterThan: 60
                }
                tierToCold: {
                  daysAfterModificationGreaterThan: 180
                }
              }
              // What ApplyRetention has deleted lives on as a former version until this takes it.
              version: {
                delete: {
                  daysAfterCreationGreaterThan: retentionYears * 365
                }
              }
            }
          }
        }
        {
          // Names and numbers in the clear do not stay. S25
          name: 'imports-and-dead-letters-go'
          enabled: true
          type: 'Lifecycle'
          definition: {
            filters: {
              blobTypes: ['blockBlob']
              prefixMatch: ['${imports.name}/', '${deadLetters.name}/']
            }
            actions: {
              baseBlob: {
                delete: {
                  daysAfterModificationGreaterThan: importRetentionDays
                }
              }
              version: {
                delete: {
                  daysAfterCreationGreaterThan: importRetentionDays
                }
              }
            }
          }
        }
        {
          // A version is kept against mistakes, not for ever.
          name: 'old-large-values-go'
          enabled: true
          type: 'Lifecycle'
          definition: {
            filters: {
              blobTypes: ['blockBlob']
              prefixMatch: ['${largeValues.name}/']
            }
            actions: {
              version: {
                delete: {
                  daysAfterCreationGreaterThan: softDeleteDays
                }
              }
            }
          }
        }
      ]
    }
  }
}

resource lock 'Microsoft.Authorization/locks@2020-05-01' = if (lockAccount) {
  name: 'records'
  scope: account
  properties: {
    level: 'CanNotDelete'
    notes: 'Records of collection must be kept for years.'
  }
}

// The app makes its own tables, so the role is on the account; blobs are given container by container.
resource appTables 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(account.id, appPrincipalId, tableDataContributor)
  scope: account
  properties: {
    roleDefinitionId: tableDataContributor
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
  }
}

resource appEvidence 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(evidence.id, appPrincipalId, blobDataContributor)
  scope: evidence
  properties: {
    roleDefinitionId: blobDataContributor
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
  }
}

resource appLargeValues 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(largeValues.id, appPrincipalId, blobDataContributor)
  scope: largeValues
  properties: {
    roleDefinitionId: blobDataContributor
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
  }
}

resource appImports 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(imports.id, appPrincipalId, blobDataContributor)
  scope: imports
  properties: {
    roleDefinitionId: blobDataContributor
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
  }
}

resource operatorImports 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (hasOperators) {
  name: guid(imports.id, operatorPrincipalId, blobDataContributor)
  scope: imports
  properties: {
    roleDefinitionId: blobDataContributor
    principalId: operatorPrincipalId
    principalType: operatorPrincipalType
  }
}

resource operatorDeadLetters 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (hasOperators) {
  name: guid(deadLetters.id, operatorPrincipalId, blobDataReader)
  scope: deadLetters
  properties: {
    roleDefinitionId: blobDataReader
    principalId: operatorPrincipalId
    principalType: operatorPrincipalType
  }
}

resource blobAudit 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'audit'
  scope: blobs
  properties: {
    workspaceId: workspaceId
    logs: [
      {
        category: 'StorageDelete'
        enabled: true
      }
    ]
  }
}

resource tableAudit 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'audit'
  scope: tables
  properties: {
    workspaceId: workspaceId
    logs: [
      {
        category: 'StorageDelete'
        enabled: true
      }
    ]
  }
}

@description('Resource id.')
output id string = account.id

@description('Name of the account.')
output name string = account.name

@description('Tables of cases, borrowers and indices.')
output tableServiceUri string = account.properties.primaryEndpoints.table

@description('Evidence, large values, dropped files.')
output blobServiceUri string = account.properties.primaryEndpoints.blob

@description('Where loans files are dropped.')
output importsContainer string = imports.name

@description('Where Event Grid puts what it could not deliver.')
output deadLetterContainer string = deadLetters.name

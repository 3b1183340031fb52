// The app's only identity. User-assigned, so that its roles exist before the app does, and a second app (another
// region, another storage provider) can take over with the same roles.

@description('Name of the identity.')
param name string

@description('Region.')
param location string

@description('Tags.')
param tags object

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: name
  location: location
  tags: tags
}

@description('Resource id, to assign it.')
output id string = identity.id

@description('Client id, to choose it among several.')
output clientId string = identity.properties.clientId

@description('Object id, to give it roles.')
output principalId string = identity.properties.principalId

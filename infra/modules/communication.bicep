// The message provider. Numbers are bought by hand: that is a contract with a carrier. Domains of e-mails are in email.bicep.

@description('Name of the resource.')
param name string

@description('Where data is kept at rest; cannot be changed.')
param dataLocation string

@description('Tags.')
param tags object

@description('Resource ids of the verified domains e-mails are sent from.')
param linkedDomains string[]

@description('Object id of the identity that sends.')
param senderPrincipalId string

// Communication and Email Service Owner: the narrowest built-in role that lets an identity send; the provider is reported not to
// honour narrower custom ones. It can also read the resource's keys, so it is given on this one resource only.
var communicationOwner = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '09976791-48a7-449e-bb21-39d1a415f350')

resource communication 'Microsoft.Communication/communicationServices@2023-04-01' = {
  name: name
  location: 'global'
  tags: tags
  properties: {
    dataLocation: dataLocation
    linkedDomains: linkedDomains
  }
}

resource sender 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(communication.id, senderPrincipalId, communicationOwner)
  scope: communication
  properties: {
    roleDefinitionId: communicationOwner
    principalId: senderPrincipalId
    principalType: 'ServicePrincipal'
  }
}

@description('Name of the resource.')
output name string = communication.name

@description('Address that texts and e-mails are sent to.')
output endpoint string = 'https://${communication.properties.hostName}/'

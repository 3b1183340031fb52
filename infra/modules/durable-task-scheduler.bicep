// Optional: a managed engine for the alarm clocks instead of the storage account.

@description('Name of the scheduler.')
param name string

@description('Region.')
param location string

@description('Tags.')
param tags object

@description('The task hub.')
param taskHubName string

@description('Consumption or Dedicated.')
param sku string

@description('Capacity units of a dedicated one.')
param capacity int

@description('Addresses (CIDR) that may call.')
param ipAllowlist string[]

@description('Object id of the identity that works on the hub.')
param workerPrincipalId string

var durableTaskDataContributor = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '0ad04412-c4d5-4796-b79c-f76d14c8d402')

resource scheduler 'Microsoft.DurableTask/schedulers@2025-11-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    ipAllowlist: ipAllowlist
    sku: sku == 'Dedicated' ? { name: sku, capacity: capacity } : { name: sku }
  }
}

resource hub 'Microsoft.DurableTask/schedulers/taskHubs@2025-11-01' = {
  parent: scheduler
  name: taskHubName
}

resource worker 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(hub.id, workerPrincipalId, durableTaskDataContributor)
  scope: hub
  properties: {
    roleDefinitionId: durableTaskDataContributor
    principalId: workerPrincipalId
    principalType: 'ServicePrincipal'
  }
}

@description('Address of the scheduler.')
output endpoint string = scheduler.properties.endpoint

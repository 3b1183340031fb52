// Optional: storage and vault over private endpoints only.

@description('Name of the virtual network.')
param name string

@description('Region.')
param location string

@description('Tags.')
param tags object

@description('Address space; halved between the app and the private endpoints.')
param addressPrefix string

@description('Resource id of the host\'s storage account.')
param hostAccountId string

@description('Resource id of the records\' storage account.')
param recordsAccountId string

@description('Resource id of the vault.')
param vaultId string

var halfLength = int(split(addressPrefix, '/')[1]) + 1
var zones = {
  blob: 'privatelink.blob.${environment().suffixes.storage}'
  queue: 'privatelink.queue.${environment().suffixes.storage}'
  table: 'privatelink.table.${environment().suffixes.storage}'
  vault: 'privatelink.vaultcore.azure.net'
}
var privateLinks = [
  { name: 'host-blob', target: hostAccountId, part: 'blob' }
  { name: 'host-queue', target: hostAccountId, part: 'queue' }
  { name: 'host-table', target: hostAccountId, part: 'table' }
  { name: 'records-blob', target: recordsAccountId, part: 'blob' }
  { name: 'records-table', target: recordsAccountId, part: 'table' }
  { name: 'vault', target: vaultId, part: 'vault' }
]

resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    addressSpace: {
      addressPrefixes: [addressPrefix]
    }
    subnets: [
      {
        name: 'app'
        properties: {
          addressPrefix: cidrSubnet(addressPrefix, halfLength, 0)
          delegations: [
            {
              name: 'flex'
              properties: {
                serviceName: 'Microsoft.App/environments'
              }
            }
          ]
        }
      }
      {
        name: 'endpoints'
        properties: {
          addressPrefix: cidrSubnet(addressPrefix, halfLength, 1)
          privateEndpointNetworkPolicies: 'Disabled'
        }
      }
    ]
  }

  resource app 'subnets' existing = {
    name: 'app'
  }

  resource endpoints 'subnets' existing = {
    name: 'endpoints'
  }
}

resource dnsZones 'Microsoft.Network/privateDnsZones@2024-06-01' = [for zone in items(zones): {
  name: zone.value
  location: 'global'
  tags: tags
}]

resource links 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [for (zone, index) in items(zones): {
  parent: dnsZones[index]
  name: name
  location: 'global'
  properties: {
    registrationEnabled: false
    virtualNetwork: {
      id: network.id
    }
  }
}]

resource privateEndpoints 'Microsoft.Network/privateEndpoints@2024-05-01' = [for each in privateLinks: {
  name: 'pe-${each.name}-${name}'
  location: location
  tags: tags
  properties: {
    subnet: {
      id: network::endpoints.id
    }
    privateLinkServiceConnections: [
      {
        name: each.name
        properties: {
          privateLinkServiceId: each.target
          groupIds: [each.part]
        }
      }
    ]
  }
}]

resource registrations 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2024-05-01' = [for (each, index) in privateLinks: {
  parent: privateEndpoints[index]
  name: 'default'
  properties: {
    privateDnsZoneConfigs: [
      {
        name: each.part
        properties: {
          privateDnsZoneId: resourceId('Microsoft.Network/privateDnsZones', zones[each.part])
        }
      }
    ]
  }
  dependsOn: [dnsZones]
}]

@description('Subnet of the app.')
output appSubnetId string = network::app.id

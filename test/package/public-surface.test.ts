import * as library from '../../lib';

test('the package exports these values and no others', () => {
  expect(Object.keys(library).sort()).toEqual([
    'ClaimRetention',
    'Client',
    'CloneMethod',
    'ClusteredApp',
    'Connection',
    'Credentials',
    'Destination',
    'Endpoint',
    'Exposure',
    'Grant',
    'Initialize',
    'MySqlVersion',
    'Password',
    'Reads',
    'ReplicatedMySql',
    'TemporaryFiles',
    'Tls',
    'TlsVersion',
  ]);
});

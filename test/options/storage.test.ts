import { Size } from 'cdk8s';
import { ClaimRetention } from '../../lib';
import { synth } from '../support/manifests';
import { each, PropsOf, SPEC, testReach } from '../support/reach';

testReach<PropsOf<'storage'>>({
  'storage.size': {
    props: { storage: { size: Size.gibibytes(250) } },
    reaches: each([SPEC], '.volumeClaimTemplates[data].spec.resources.requests.storage', '10Gi', '250Gi'),
  },
  'storage.storageClassName': {
    props: { storage: { storageClassName: 'fast' } },
    reaches: each([SPEC], '.volumeClaimTemplates[data].spec.storageClassName', undefined, 'fast'),
  },
  'storage.accessModes': {
    props: { storage: { accessModes: ['ReadWriteOncePod'] } },
    reaches: each([SPEC], '.volumeClaimTemplates[data].spec.accessModes', ['ReadWriteOnce'], ['ReadWriteOncePod']),
  },
  'storage.claimRetention': {
    props: { storage: { claimRetention: ClaimRetention.deleteWhenUnused() } },
    reaches: each([SPEC], '.persistentVolumeClaimRetentionPolicy', undefined, {
      whenDeleted: 'Delete',
      whenScaled: 'Delete',
    }),
  },
});

test.each([
  [ClaimRetention.retain(), undefined],
  [ClaimRetention.deleteWhenScaledDown(), { whenDeleted: 'Retain', whenScaled: 'Delete' }],
  [ClaimRetention.deleteWithStatefulSet(), { whenDeleted: 'Delete', whenScaled: 'Retain' }],
])('storage.claimRetention: %j', (claimRetention, policy) => {
  expect(synth({ storage: { claimRetention } }).at(`${SPEC}.persistentVolumeClaimRetentionPolicy`)).toEqual(policy);
});

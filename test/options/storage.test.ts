import { Size } from 'cdk8s';
import { ClaimRetention, Credentials, ReplicatedMySqlProps, TemporaryFiles } from '../../lib';
import { synth } from '../support/manifests';
import { CONTAINERS, each, POD, PropsOf, SPEC, testReach } from '../support/reach';

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
  'storage.temporary': {
    props: {
      storage: { temporary: TemporaryFiles.ephemeral({ size: Size.gibibytes(50), storageClassName: 'local' }) },
    },
    reaches: {
      ...each([POD], '.volumes[temporary].ephemeral.volumeClaimTemplate.spec', undefined, {
        accessModes: ['ReadWriteOnce'],
        storageClassName: 'local',
        resources: { requests: { storage: '50Gi' } },
      }),
      ...each(
        [CONTAINERS.mysql],
        '.volumeMounts[/mnt/temporary]',
        { name: 'data', mountPath: '/mnt/temporary', subPath: '.temporary' },
        { name: 'temporary', mountPath: '/mnt/temporary' },
      ),
      ...each([CONTAINERS.init], '.volumeMounts[/mnt/temporary]', undefined, {
        name: 'temporary',
        mountPath: '/mnt/temporary',
      }),
    },
  },
});

test.each([
  [ClaimRetention.retain(), undefined],
  [ClaimRetention.deleteWhenScaledDown(), { whenDeleted: 'Retain', whenScaled: 'Delete' }],
  [ClaimRetention.deleteWithStatefulSet(), { whenDeleted: 'Delete', whenScaled: 'Retain' }],
])('storage.claimRetention: %j', (claimRetention, policy) => {
  expect(synth({ storage: { claimRetention } }).at(`${SPEC}.persistentVolumeClaimRetentionPolicy`)).toEqual(policy);
});

describe('temporary files', () => {
  const myCnf = (storage: ReplicatedMySqlProps['storage']) =>
    String(synth({ storage }).at('ConfigMap/mysql: data[primary.cnf]')).split('\n');
  const TABLESPACES = 'loose-innodb-temp-tablespaces-dir=/mnt/temporary';

  test('on the volume: sorts go to a directory beside the data, and tables of sessions into the data directory', () => {
    const options = myCnf({});
    expect(options).toContain('tmpdir=/mnt/temporary');
    expect(options).not.toContain(TABLESPACES);
  });

  test.each([
    [TemporaryFiles.emptyDir({ sizeLimit: Size.gibibytes(5) }), { emptyDir: { sizeLimit: '5Gi' } }],
    [
      TemporaryFiles.ephemeral({ size: Size.gibibytes(5) }),
      {
        ephemeral: {
          volumeClaimTemplate: {
            spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '5Gi' } } },
          },
        },
      },
    ],
  ])('elsewhere: both go to a volume, %j', (temporary, source) => {
    expect(synth({ storage: { temporary } }).at(`${POD}.volumes[temporary]`)).toEqual({ name: 'temporary', ...source });
    expect(myCnf({ temporary })).toEqual(expect.arrayContaining(['tmpdir=/mnt/temporary', TABLESPACES]));
  });

  test.each([
    [Size.gibibytes(10), '2560M'],
    [Size.mebibytes(256), '64M'],
  ])('the undo log of temporary tables takes at most a quarter of %j', (size, most) => {
    expect(myCnf({ size })).toContain(`innodb-temp-data-file-path=ibtmp1:12M:autoextend:max:${most}`);
  });
});

test('a larger volume rolls no pod', () => {
  const template = (size: Size) => synth({ storage: { size } }).get('StatefulSet/mysql').spec.template;
  expect(template(Size.gibibytes(20))).toEqual(template(Size.gibibytes(5)));
});

test('every directory on the node or in memory has a bound', () => {
  const { volumes } = synth({ credentials: Credentials.insecure() }).get('StatefulSet/mysql').spec.template.spec;
  const bounds = Object.values(volumes).flatMap(({ name, emptyDir }) => (emptyDir ? [[name, emptyDir.sizeLimit]] : []));
  expect(bounds).toEqual([
    ['conf', '1Mi'],
    ['run', '64Mi'],
    ['tmp', '1Gi'],
    ['credentials', '1Mi'],
  ]);
});

import { CloneMethod } from '../../lib';
import { synth } from '../support/manifests';
import { each, POD, PropsOf, SERVER_CONTAINERS, testReach, XTRABACKUP_CONTAINERS } from '../support/reach';

testReach<PropsOf<'images'>>({
  'images.server': {
    props: { images: { server: 'example.com/mysql:mine' } },
    reaches: each(SERVER_CONTAINERS, '.image', 'mysql:8.4', 'example.com/mysql:mine'),
  },
  'images.xtrabackup': {
    props: { images: { xtrabackup: 'example.com/xtrabackup:mine' } },
    reaches: each(XTRABACKUP_CONTAINERS, '.image', 'mysql:8.4', 'example.com/xtrabackup:mine'),
  },
  'images.registry': {
    props: { images: { registry: 'mirror.example.com/hub' } },
    reaches: each(
      [...SERVER_CONTAINERS, ...XTRABACKUP_CONTAINERS],
      '.image',
      'mysql:8.4',
      'mirror.example.com/hub/mysql:8.4',
    ),
  },
  'images.pullPolicy': {
    props: { images: { pullPolicy: 'Always' } },
    reaches: each([...SERVER_CONTAINERS, ...XTRABACKUP_CONTAINERS], '.imagePullPolicy', undefined, 'Always'),
  },
  'images.pullSecrets': {
    props: { images: { pullSecrets: ['hub', 'mirror'] } },
    reaches: each([POD], '.imagePullSecrets', undefined, [{ name: 'hub' }, { name: 'mirror' }]),
  },
});

test('images.registry is also the prefix of the image of XtraBackup', () => {
  const manifests = synth({ cloneMethod: CloneMethod.xtraBackup(), images: { registry: 'mirror.example.com/hub' } });
  for (const container of XTRABACKUP_CONTAINERS)
    expect(manifests.at(`${container}.image`)).toBe('mirror.example.com/hub/percona/percona-xtrabackup:8.4');
});
